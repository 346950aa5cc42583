package org.noisescape.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.LibraryRatio;
import org.noisescape.benchmarks.records.PeerRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.datasets.DataRequest;
import org.noisescape.objective.SampleSource;

/**
 * Whole processes, from the command to their end: help, and a training of one step on digits with
 * its files, beside a Python script that does the same with PyTorch.
 *
 * <p>Ours draws the digits, writes a checkpoint, a record and a report; the script reads them from
 * a file and writes its state dictionary.
 */
final class StartBenchmark {
  private static final int WARM_UP = 1;
  private static final String TABLE = "Commands, from start to end";
  private static final int DIGITS = 1000;

  private final BenchSession session;
  private final BenchSettings settings;
  private final Path launcher;

  private StartBenchmark(BenchSession session) {
    this.session = session;
    this.settings = session.settings();
    this.launcher = settings.home().resolve("../noisescape").normalize();
  }

  static void run(BenchSession session) {
    StartBenchmark benchmark = new StartBenchmark(session);
    benchmark.help();
    benchmark.firstStep();
  }

  private void help() {
    Spread seconds = new Spread();
    for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
      double time = seconds(List.of(launcher.toString(), "--help"));
      if (round >= WARM_UP) {
        seconds.add(time);
      }
    }
    session.add(BenchmarkRow.alone(TABLE, "--help", "s", seconds, Map.of()));
  }

  private void firstStep() {
    SampleSource digits =
        DataRequest.of("digits:train=%d,test=100".formatted(DIGITS)).load().train();
    Spread ours = new Spread();
    Map<String, Spread> theirs = new TreeMap<>();
    Map<String, Spread> ratios = new TreeMap<>();
    try (SharedArrays shared = new SharedArrays().data(digits)) {
      for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
        double mine = seconds(training(shared.folder().resolve("run" + round)));
        if (round >= WARM_UP) {
          ours.add(mine);
        }
        for (String python : settings.pythons()) {
          double time = script(python, shared.folder());
          if (round >= WARM_UP && Double.isFinite(time)) {
            theirs.computeIfAbsent(python, key -> new Spread()).add(time);
            ratios.computeIfAbsent(python, key -> new Spread()).add(mine / time);
          }
        }
      }
    }
    List<PeerRow> peers = new ArrayList<>();
    List<LibraryRatio> fastest = new ArrayList<>();
    theirs.forEach(
        (python, time) -> {
          String library = "PyTorch of " + python;
          peers.add(
              new PeerRow(
                  library,
                  "torch_start.py",
                  time.count(),
                  time.range(),
                  ratios.get(python).range(),
                  Map.of()));
          fastest.add(new LibraryRatio(library, ratios.get(python).range()));
        });
    session.add(
        new BenchmarkRow(
            TABLE,
            "train mlp:100,100 on %d digits for one step".formatted(DIGITS),
            "s",
            ours.count(),
            ours.range(),
            Map.of(),
            peers,
            fastest));
  }

  private List<String> training(Path run) {
    return List.of(
        launcher.toString(),
        "train",
        "--dataset=digits:train=%d,test=100".formatted(DIGITS),
        "--model=mlp:100,100",
        "--batch=100",
        "--epochs=0.1",
        "--threads=" + settings.threads(),
        "--no-progress",
        "--quiet",
        "--out=" + run);
  }

  private double script(String python, Path folder) {
    Path script = settings.home().resolve("src/main/python/torch_start.py");
    try {
      return seconds(List.of(python, script.toString(), folder.toString()));
    } catch (IllegalStateException e) {
      System.err.println("not beside us: " + e.getMessage());
      return Double.NaN;
    }
  }

  /** Wall-clock seconds of a process that ends well. */
  private static double seconds(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long begin = System.nanoTime();
    try {
      int code = builder.start().waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "%s ended with code %d".formatted(String.join(" ", command), code));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command ran", e);
    }
    return (System.nanoTime() - begin) * 1e-9;
  }
}
