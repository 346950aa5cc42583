package org.noisescape.sweep;

import java.util.List;
import java.util.Map;

/** Requests of tests: of an experiment that is not there, from seed 5 on. */
final class Requests {
  private Requests() {}

  static SweepRequest of(Seeds seeds, int count, String... grid) {
    return new SweepRequest(
        "fake/experiment",
        "quick",
        Grid.parse(List.of(grid)),
        Map.of(),
        "",
        5,
        count,
        seeds,
        "auto",
        "float32",
        1);
  }
}
