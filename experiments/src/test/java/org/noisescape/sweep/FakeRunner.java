package org.noisescape.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellSlot;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.LocalRunner;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;

/** Does cells at once: measures η·10 + seed of each, as an experiment would write it. */
final class FakeRunner implements LocalRunner.OneCell {
  /** How the process of the sweep dies. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  final List<String> ran = Collections.synchronizedList(new ArrayList<>());
  private final int cellsTillDeath;
  private final boolean midCell;
  private final List<String> failing;

  private FakeRunner(int cellsTillDeath, boolean midCell, List<String> failing) {
    this.cellsTillDeath = cellsTillDeath;
    this.midCell = midCell;
    this.failing = failing;
  }

  static FakeRunner immortal() {
    return new FakeRunner(Integer.MAX_VALUE, false, List.of());
  }

  /**
   * Dies after some cells.
   *
   * @param midCell whether the next one has begun by then
   */
  static FakeRunner dyingAfter(int cells, boolean midCell) {
    return new FakeRunner(cells, midCell, List.of());
  }

  /** Fails in these cells, with exit code 3 and a line that says why. */
  static FakeRunner failingIn(String... names) {
    return new FakeRunner(Integer.MAX_VALUE, false, List.of(names));
  }

  @Override
  public int run(CellTask cell, CellSlot slot, BooleanSupplier stop) throws IOException {
    CellFolder folder = cell.folder();
    if (Files.exists(folder.path())) {
      throw new IllegalStateException("no run begins in a folder with leavings in it");
    }
    if (ran.size() == cellsTillDeath) {
      if (midCell) {
        Files.createDirectories(folder.path().resolve("checkpoints"));
        Files.writeString(
            folder.path().resolve(".2d1a7f60-6f0a-4a53-9b80-0e2a4a3c9d11.tmp"), "{\"ki");
      }
      throw new Killed();
    }
    ran.add(cell.name());
    if (failing.contains(cell.name())) {
      Files.writeString(
          folder.log(), "WARNING: Using incubator modules: x\nsome words\nerror: out of luck\n");
      return 3;
    }
    finish(cell);
    return 0;
  }

  /** Writes what a finished experiment leaves. */
  static void finish(CellTask cell) throws IOException {
    CellFolder folder = cell.folder();
    Files.createDirectories(folder.path());
    Files.writeString(folder.path().resolve("manifest.json"), "{\"kind\": \"experiment\"}");
    Files.writeString(folder.report(), "<html></html>");
    double rate = Double.parseDouble(cell.words().getFirst());
    long seed = Long.parseLong(cell.words().getLast());
    new ExperimentOutcome(
            "fake/experiment",
            Preset.QUICK,
            rate < 1 ? Verdict.AGREES : Verdict.DISAGREES,
            "none",
            List.of(
                new NamedMeasurement(
                    "slope, fitted", 10 * rate + seed, 0.5, 10 * rate, Optional.empty())),
            List.of(),
            false)
        .write(folder.path());
  }
}
