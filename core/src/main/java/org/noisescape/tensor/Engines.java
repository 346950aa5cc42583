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
   * Opens an engine by name, or the preferred available one for {@code auto}.
   *
   * @param name {@code auto} or a provider's name
   * @param threads CPU threads, at least 1
   * @throws IllegalArgumentException where there is no such engine or it cannot run here
   */
  public static Engine open(String name, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, got " + threads);
    }
    List<EngineProvider> providers = providers();
    EngineProvider chosen =
        providers.stream()
            .filter(p -> name.equals("auto") ? p.unavailable().isEmpty() : p.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no engine '"
                            + name
                            + "': choose one of "
                            + providers.stream().map(EngineProvider::name).toList()));
    chosen
        .unavailable()
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(
                  "engine '" + name + "' cannot run here: " + reason);
            });
    LoggerFactory.getLogger(Engines.class)
        .info("engine {}: {}", chosen.name(), chosen.description());
    return chosen.open(threads);
  }
}
