package org.noisescape.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.noisescape.tensor.Engine;

/**
 * An engine that tests run on, opened once with one thread.
 *
 * @param name as users write it
 */
public record EngineUnderTest(String name) {
  /** The fast CPU engine, whose bits are reproducible. */
  public static final EngineUnderTest HOST = new EngineUnderTest("host");

  private static final Map<String, Engine> OPEN = new ConcurrentHashMap<>();

  /** All that are tested. */
  public static Stream<EngineUnderTest> all() {
    return TestedEngines.names().map(EngineUnderTest::new);
  }

  /** The engine; aborts the test where it cannot run here. */
  public Engine engine() {
    return OPEN.computeIfAbsent(name, n -> TestedEngines.open(n, 1));
  }

  @Override
  public String toString() {
    return name;
  }
}
