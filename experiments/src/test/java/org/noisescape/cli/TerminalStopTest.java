package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a real terminal, with the progress bar drawn, by the launcher. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TerminalStopTest {
  private static final String STOPPING = "stopping (a second Ctrl-C ends at once)";
  private static final String DATA = "digits:train=200,test=10";
  private static final int INTERRUPTED = 130;

  /** A bar that has begun to move. */
  private static final String BAR = "\\d % \\[[=>]";

  @TempDir Path folder;

  @Test
  void trainingKeepsACheckpointAndSaysHowToGoOn() throws Throwable {
    Path run = folder.resolve("run");
    try (Pseudoterminal terminal = train(run, "--probe", "loss:every=log1.1")) {
      terminal.await("epoch +0/1000000  loss \\d");
      terminal.await("% \\[");
      terminal.interrupt();
      assertThat(terminal.rest())
          .contains(STOPPING)
          .containsPattern("epoch +0/1000000  loss [^\n]*  lr 0.01  0:\\d\\d\n")
          .containsPattern("stopped at step \\d+ of \\d+; continue with: .* train --resume " + run);
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
    JsonNode result = json(run.resolve("result.json"));
    assertThat(result.path("outcome").asText()).isEqualTo("STOPPED");
    assertThat(run.resolve("metrics.csv")).exists();
    assertThat(json(run.resolve("checkpoints/last.json")).path("step").asLong())
        .isEqualTo(result.path("step").asLong());
  }

  @Test
  void aProbeOfATrainingIsLeftAtOnceAndMadeUpForLater() throws Throwable {
    Path run = folder.resolve("run");
    // some 10^5 products, hours, at step 0
    try (Pseudoterminal terminal =
        train(run, "--verbose", "--probe", "loss:every=1", "--probe", "hessian-top:300")) {
      terminal.await("memory: ");
      terminal.interrupt();
      assertThat(terminal.rest()).contains(STOPPING, "stopped at step 0 of");
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
    assertThat(json(run.resolve("result.json")).path("outcome").asText()).isEqualTo("STOPPED");
    assertThat(run.resolve("checkpoints/last.safetensors")).exists();
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).isEmpty();
  }

  @Test
  void probingShowsWhatIsMeasured() throws Throwable {
    Path run = folder.resolve("run");
    CapturedRun.of(words(run, "train", "--epochs", "0").toArray(String[]::new));
    try (Pseudoterminal terminal =
        start("probe", run.toString(), "--quantities", "loss,hessian-top:300", "--verbose")) {
      terminal.await("curvature: [^\n]*\n");
      terminal.interrupt();
      assertThat(terminal.rest())
          .contains(STOPPING, "stopped: ")
          .containsPattern("stopped: [01] of 2 quantities");
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
  }

  @Test
  void anEnsembleKeepsWhatItHas() throws Throwable {
    Path run = folder.resolve("run");
    // its loop is one for the optimising compiler
    Map<String, String> environment = QuickProgram.environment(QuickProgram.options());
    try (Pseudoterminal terminal =
        start(
            environment,
            "run",
            "mori/first-passage-linear",
            "--set=d=2",
            "--set=samples=300",
            // the second is never reached
            "--set=c=1.2,40",
            "--set=data-sets=100",
            "--set=replicas=2",
            "--set=steps=1000000",
            "--threads",
            "1",
            "--out",
            run.toString())) {
      terminal.await(BAR);
      terminal.interrupt();
      assertThat(terminal.rest())
          .contains(STOPPING)
          .containsPattern("stopped; continue with: .*--out " + run);
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
    assertThat(run.resolve("outcome.partial.json")).exists();
    assertThat(run.resolve("report.html")).exists();
  }

  @Test
  void aSweepStopsItsCellAndCanBeResumed() throws Throwable {
    Path sweep = folder.resolve("sweep");
    try (Pseudoterminal terminal =
        start(
            "sweep",
            "train",
            "--grid",
            "epochs=1,1000000",
            "--set",
            "dataset=" + DATA,
            "--set",
            "model=linear",
            "--threads",
            "1",
            "--out",
            sweep.toString())) {
      terminal.await("epochs=1: COMPLETED[^\n]*\n");
      terminal.interrupt();
      assertThat(terminal.rest())
          .contains(STOPPING, "2 cells, 1 done, 1 open")
          .containsPattern("stopped; continue with: .* sweep --resume " + sweep);
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
  }

  @Test
  void theSecondTimeEndsAtOnce() throws Throwable {
    try (Pseudoterminal terminal =
        new Pseudoterminal(
            Map.of(), folder, java(NeverStopping.class.getName()).toArray(String[]::new))) {
      terminal.await("ready");
      terminal.interrupt();
      terminal.await("stopping ");
      terminal.interrupt();
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
  }

  @Test
  void whatDoesNotEvenLookIsCutOff() throws Throwable {
    try (Pseudoterminal terminal =
        new Pseudoterminal(
            Map.of(), folder, java(NeverStopping.class.getName()).toArray(String[]::new))) {
      terminal.await("ready");
      terminal.interrupt();
      assertThat(terminal.rest()).contains(STOPPING, "cut off here");
      assertThat(terminal.code()).isEqualTo(INTERRUPTED);
    }
  }

  /** Something that hears of a stop and goes on, as a call into a native library does. */
  static final class NeverStopping {
    private NeverStopping() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
      Console console = new Console(System.out, System.err, Map.of(), true);
      try (StopSignal stop = new StopSignal(console)) {
        stop.heed(() -> System.out.println("cut off here"));
        System.out.println("ready");
        new java.util.concurrent.CountDownLatch(1).await();
      }
    }
  }

  private Pseudoterminal train(Path run, String... more) throws Throwable {
    List<String> words = words(run, "train", "--epochs", "1000000");
    words.addAll(List.of(more));
    return start(words.toArray(String[]::new));
  }

  private static List<String> words(Path run, String... first) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(
        List.of(
            "--dataset", DATA, "--model", "mlp:70,70", "--threads", "1", "--out", run.toString()));
    return words;
  }

  private Pseudoterminal start(String... words) throws Throwable {
    return start(QuickProgram.environment(), words);
  }

  private Pseudoterminal start(Map<String, String> environment, String... words) throws Throwable {
    List<String> all = new ArrayList<>(List.of(QuickProgram.launcher().toString()));
    all.addAll(List.of(words));
    return new Pseudoterminal(environment, folder, all.toArray(String[]::new));
  }

  private static List<String> java(String main) {
    return QuickProgram.words(main);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
