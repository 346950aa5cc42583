package org.noisescape.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;

/**
 * The engines that tests run on: those named in the system property {@code noisescape.test.engines}
 * (with commas between them), else all that can run here.
 *
 * <p>A test on a named engine that cannot run here is aborted, so that it shows as skipped.
 */
public final class TestedEngines {
  /** Marks the test classes that run on every engine, for modules that run them on another. */
  public static final String TAG = "engines";

  /**
   * Marks those of them whose subject is made of the operations that the contract tests prove. An
   * engine with programs of its own runs them too; one of the operations alone need not.
   */
  public static final String ALGORITHMS = "algorithms";

  /** Name of the system property. */
  static final String PROPERTY = "noisescape.test.engines";

  private TestedEngines() {}

  /** Names of the engines. */
  public static Stream<String> names() {
    return names(Optional.ofNullable(System.getProperty(PROPERTY)), Engines.providers()).stream();
  }

  /** Names of the engines given the property's value. */
  static List<String> names(Optional<String> named, List<EngineProvider> providers) {
    if (named.isEmpty()) {
      return providers.stream()
          .filter(provider -> provider.unavailable().isEmpty())
          .map(EngineProvider::name)
          .toList();
    }
    List<String> known = providers.stream().map(EngineProvider::name).toList();
    List<String> names = Stream.of(named.get().split(",", -1)).map(String::strip).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s: no engine '%s' on the class path, only %s".formatted(PROPERTY, name, known));
      }
    }
    return names;
  }

  /** Opens an engine, or aborts the test where it cannot run here. */
  public static Engine open(String name, int threads) {
    Engines.providers().stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .ifPresent(TestedEngines::require);
    return Engines.open(name, threads);
  }

  /** Aborts the test where an engine cannot run here. */
  static void require(EngineProvider provider) {
    provider
        .unavailable()
        .ifPresent(reason -> Assumptions.abort("engine " + provider.name() + ": " + reason));
  }
}
