package org.noisescape.runs;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;

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
   * Requires an engine that is there, can run here and has the precision.
   *
   * @throws IllegalArgumentException in one line where it is not
   */
  public static void require(String name, Precision precision) {
    KnownName.require("engine", name, all());
    Engines.provider(name, precision);
  }
}
