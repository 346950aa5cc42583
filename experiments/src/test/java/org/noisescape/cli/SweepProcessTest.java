package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.CellState;
import org.noisescape.cells.LocalRunner;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainingSession;
import org.noisescape.runs.TrainingSession.Surroundings;
import org.noisescape.sweep.CellResult;
import org.noisescape.sweep.Sweep;
import org.noisescape.sweep.SweepFolder;

/** Sweeps and cells in real processes that are killed. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SweepProcessTest {
  /** Milliseconds after which something that should happen never will. */
  private static final int PATIENCE = 60_000;

  private static final List<Double> RATES = List.of(0.01, 0.02);

  @TempDir Path folder;

  @Test
  void killedBetweenCellsAndResumedItHasWhatSingleTrainingsHave() throws Exception {
    Path sweep = folder.resolve("sweep");
    Process process =
        start(
            "org.noisescape.cli.Main",
            "sweep",
            "train",
            "--grid",
            "lr=0.01,0.02",
            "--set",
            "dataset=digits:train=50,test=20",
            "--set",
            "model=mlp:7",
            "--set",
            "batch=10",
            "--set",
            "epochs=2",
            "--seeds",
            "2",
            "--seed",
            "3",
            "--threads",
            "1",
            "--jobs",
            "1",
            "--out",
            sweep.toString());
    try (BufferedReader lines = reader(process)) {
      assertThat(lines.readLine()).startsWith("lr=0.01: COMPLETED, ").endsWith("(1 left)");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(sweep.resolve("sweep.html")).doesNotExist();

    CapturedRun resumed =
        CapturedRun.of("sweep", "--resume", sweep.toString(), "--threads", "1", "--jobs", "1");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(cells(resumed)).hasSize(1).allMatch(line -> line.startsWith("lr=0.02: COMPLETED"));
    assertThat(resumed.out()).contains("2 cells, 2 done");
    assertThat(sweep.resolve("sweep.html")).exists();
    for (int i = 0; i < RATES.size(); i++) {
      Path cell = sweep.resolve("cells/00%d-lr=%s".formatted(i + 1, RATES.get(i)));
      assertThat(metrics(cell)).isNotEmpty().isEqualTo(metrics(alone(RATES.get(i))));
      assertThat(cell.resolve("report.html")).exists();
    }
  }

  @Test
  void killedWithinACellItTakesTheCellWithItAndBeginsItAgain() throws Exception {
    Path sweep = folder.resolve("sweep");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start(
              WaitingCell.class.getName(),
              "sweep",
              sweep.toString(),
              Integer.toString(server.getLocalPort()));
      server.setSoTimeout(PATIENCE);
      try (Socket cell = server.accept();
          BufferedReader words =
              new BufferedReader(
                  new InputStreamReader(cell.getInputStream(), StandardCharsets.UTF_8))) {
        cell.setSoTimeout(PATIENCE);
        assertThat(words.readLine()).isEqualTo("001-lr=1");

        process.destroyForcibly().waitFor();

        // the end of the cell's process, which nobody killed
        assertThat(words.readLine()).isNull();
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
    List<String> ran = new ArrayList<>();
    List<CellResult> results =
        SweepFolder.hold(
            sweep,
            WaitingCell.request(),
            List.of(),
            held ->
                new Sweep(
                        held,
                        WaitingCell.subject(""),
                        new LocalRunner(
                            (cell, slot, stop) -> {
                              ran.add(cell.name());
                              Path place = cell.folder().path();
                              Files.createDirectories(place);
                              Files.writeString(
                                  place.resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
                              Files.writeString(cell.folder().report(), "");
                              return 0;
                            },
                            1))
                    .run((result, left) -> {}, () -> false));

    assertThat(ran).containsExactly("001-lr=1", "002-lr=2");
    assertThat(results).allMatch(result -> result.state() == CellState.DONE);
  }

  @Test
  void aCellThatDivergesIsReportedAndTheOthersRun() throws IOException {
    Path sweep = folder.resolve("sweep");
    CapturedRun run =
        CapturedRun.of(
            "sweep",
            "train",
            "--grid",
            "lr=0.1,1e30",
            "--set",
            "dataset=digits:train=20,test=10",
            "--set",
            "model=linear",
            "--set",
            "batch=10",
            "--set",
            "epochs=3",
            "--threads",
            "1",
            "--jobs",
            "1",
            "--out",
            sweep.toString());

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.errors().getFirst()).startsWith("lr=0.1: COMPLETED");
    assertThat(cells(run).getLast()).startsWith("lr=1e30: DIVERGED").endsWith("(0 left)");
    assertThat(run.out()).contains("2 cells, 1 done, 1 diverged", "diverged lr=1e30: the loss of");
    assertThat(Files.readString(sweep.resolve("sweep.html"))).contains("1 DIVERGED");

    CapturedRun status = CapturedRun.of("sweep", "--status", sweep.toString());
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.out())
        .isEqualToIgnoringNewLines("sweep      train: 2 cells, 1 done, 1 diverged");

    CapturedRun again = CapturedRun.of("sweep", "--resume", sweep.toString());
    assertThat(cells(again)).as("a divergence would only come out again").isEmpty();
    assertThat(again.code()).isEqualTo(1);
  }

  private Path alone(double rate) {
    Path run = folder.resolve("alone-" + rate);
    TrainingSession.start(
        TrainConfiguration.defaults()
            .with(
                Map.of(
                    "dataset",
                    "digits:train=50,test=20",
                    "model",
                    "mlp:7",
                    "batch",
                    10,
                    "epochs",
                    2,
                    "learning_rate",
                    rate,
                    "seed",
                    3,
                    "replicas",
                    2,
                    "threads",
                    1)),
        run,
        Surroundings.quiet(DataLocation.of(Optional.empty(), Map.of())));
    return run;
  }

  private static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll(",\"(step|wall)_time_s\":[^,}]*", ""))
        .toList();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)) {
      /** The next line that is not the JVM's. */
      @Override
      public String readLine() throws IOException {
        String line = super.readLine();
        return line != null && line.startsWith("WARNING: Using incubator") ? readLine() : line;
      }
    };
  }

  private static Process start(String main, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(QuickProgram.words(main));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words).start();
  }

  /** What was said of cells, without how long the sweep took. */
  private static List<String> cells(CapturedRun run) {
    return run.errors().stream().filter(line -> !line.startsWith("sweep  ")).toList();
  }
}
