package org.noisescape.runs;

import java.util.List;
import java.util.stream.Stream;
import org.noisescape.registry.KnownName;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;

/** Names of engines, checked before anything slow begins. */
public final class EngineNames {
  private EngineNames() {}

  /** All names users may write. */
  public static List<String> all() {
    return Stream.concat(
            Stream.of(TrainDefaults.ENGINE), Engines.providers().stream().map(EngineProvider::name))
        .toList();
  }

  /**
   * Requires an engine that there is, here or on another machine.
   *
   * @throws IllegalArgumentException in one line with the nearest one
   */
  public static void requireKnown(String name) {
    KnownName.require("engine", name, all());
  }

  /**
   * Requires an engine that is there, can run here and has the precision.
   *
   * @throws IllegalArgumentException in one line where it is not
   */
  public static void require(String name, Precision precision) {
    requireKnown(name);
    Engines.provider(name, precision);
  }
}
