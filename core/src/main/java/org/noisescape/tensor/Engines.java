package org.noisescape.tensor;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;

/** The engines on the class path. */
public final class Engines {
  private Engines() {}

  /** Providers, the preferred one first. */
  public static List<EngineProvider> providers() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(EngineProvider::priority).reversed())
        .toList();
  }

  /**
   * Opens an engine by name, or the preferred available one for {@code auto}, without TF32.
   *
   * @param name {@code auto} or a provider's name
   * @param threads CPU threads, at least 1
   * @throws IllegalArgumentException where there is no such engine or it cannot run here
   */
  public static Engine open(String name, int threads) {
    return open(name, EngineOptions.of(threads));
  }

  /**
   * Opens an engine by name, or the preferred available one that has the precision for {@code
   * auto}.
   *
   * @param name {@code auto} or a provider's name
   * @param options threads and precision
   * @throws IllegalArgumentException where there is no such engine, it cannot run here, or it does
   *     not have the precision
   */
  public static Engine open(String name, EngineOptions options) {
    EngineProvider chosen = provider(name, options.precision());
    LoggerFactory.getLogger(Engines.class)
        .info("engine {}: {}", chosen.name(), chosen.description());
    return chosen.open(options);
  }

  /**
   * The provider that {@link #open(String, EngineOptions)} opens.
   *
   * @throws IllegalArgumentException in one line, as there
   */
  public static EngineProvider provider(String name, Precision precision) {
    return new EngineChoice(providers()).provider(name, precision);
  }
}
