package org.noisescape.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Requests of tests: of an experiment that is not there, from seed 5 on. */
final class Requests {
  /** Cells whose words are their learning rate and their seed. */
  static final CellSubject SUBJECT =
      new CellSubject() {
        @Override
        public void requireOwn(Cell cell, Path folder) {}

        @Override
        public void check(List<Cell> cells) {}

        @Override
        public boolean usesEngine() {
          return true;
        }

        @Override
        public List<String> commandLine(Cell cell, Path run, boolean begun) {
          return List.of(cell.settings().get("lr"), Long.toString(cell.seed()));
        }
      };

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
