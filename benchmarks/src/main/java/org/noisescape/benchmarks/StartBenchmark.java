package org.noisescape.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
      Map<String, String> libraries = libraries(shared.folder());
      for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
        double mine = seconds(training(shared.folder().resolve("run" + round)));
        if (round >= WARM_UP) {
          ours.add(mine);
        }
        for (Map.Entry<String, String> peer : libraries.entrySet()) {
          double time = seconds(script(peer.getValue(), shared.folder()));
          if (round >= WARM_UP) {
            theirs.computeIfAbsent(peer.getKey(), key -> new Spread()).add(time);
            ratios.computeIfAbsent(peer.getKey(), key -> new Spread()).add(mine / time);
          }
        }
      }
    }
    List<PeerRow> peers = new ArrayList<>();
    List<LibraryRatio> fastest = new ArrayList<>();
    theirs.forEach(
        (library, time) -> {
          peers.add(
              new PeerRow(
                  library,
                  "torch_start.py",
                  time.count(),
                  time.range(),
                  ratios.get(library).range(),
                  Map.of()));
          fastest.add(new LibraryRatio(library, ratios.get(library).range()));
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

  /** Interpreters by the library that their script says it has; without those that have none. */
  private Map<String, String> libraries(Path folder) {
    Map<String, String> libraries = new TreeMap<>();
    for (String python : settings.pythons()) {
      Path said = folder.resolve("said");
      try {
        seconds(script(python, folder), ProcessBuilder.Redirect.to(said.toFile()));
        libraries.put(Files.readAllLines(said).getLast(), python);
      } catch (IOException | IllegalStateException e) {
        System.err.println("not beside us: " + e.getMessage());
      }
    }
    return libraries;
  }

  private List<String> script(String python, Path folder) {
    Path script = settings.home().resolve("src/main/python/torch_start.py");
    return List.of(python, script.toString(), folder.toString());
  }

  private static double seconds(List<String> command) {
    return seconds(command, ProcessBuilder.Redirect.DISCARD);
  }

  /** Wall-clock seconds of a process that ends well. */
  private static double seconds(List<String> command, ProcessBuilder.Redirect output) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    builder.redirectOutput(output);
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
