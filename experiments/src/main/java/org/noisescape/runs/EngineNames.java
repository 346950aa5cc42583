package org.noisescape.runs;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;

/** Names of engines, checked before anything slow begins. */
public final class EngineNames {
  private EngineNames() {}

  /** All names users may write. */
  public static List<String> all() {
    List<String> names = new ArrayList<>();
    names.add(TrainDefaults.ENGINE);
    Engines.providers().stream().map(EngineProvider::name).forEach(names::add);
    return names;
  }

  /**
   * Requires an engine that is there and can run here.
   *
   * @throws IllegalArgumentException in one line where it is not
   */
  public static void require(String name) {
    KnownName.require("engine", name, all());
    for (EngineProvider provider : Engines.providers()) {
      if (provider.name().equals(name) && provider.unavailable().isPresent()) {
        throw new IllegalArgumentException(
            "engine '%s' cannot run here: %s".formatted(name, provider.unavailable().get()));
      }
    }
  }
}
