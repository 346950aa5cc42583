package org.noisescape.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;

/**
 * An engine on the class path that can run here, opened once with one thread.
 *
 * @param name as users write it
 */
public record EngineUnderTest(String name) {
  /** The fast CPU engine, whose bits are reproducible. */
  public static final EngineUnderTest HOST = new EngineUnderTest("host");

  private static final Map<String, Engine> OPEN = new ConcurrentHashMap<>();

  /** All of them. */
  public static Stream<EngineUnderTest> all() {
    return Engines.providers().stream()
        .filter(provider -> provider.unavailable().isEmpty())
        .map(EngineProvider::name)
        .map(EngineUnderTest::new);
  }

  /** The engine. */
  public Engine engine() {
    return OPEN.computeIfAbsent(name, n -> Engines.open(n, 1));
  }

  @Override
  public String toString() {
    return name;
  }
}
