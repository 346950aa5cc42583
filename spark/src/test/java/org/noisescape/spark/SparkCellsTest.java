package org.noisescape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.CellTask;
import org.noisescape.runs.RunFailure;

/** Cells on a cluster of two workers, whatever happens to them. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparkCellsTest {
  @TempDir private Path sweep;
  private final HeardWatch watch = new HeardWatch();

  private static String master() throws IOException {
    return SparkBed.shared().master();
  }

  private CompletableFuture<Void> running(List<CellTask> tasks, String... options) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            SparkStart.run(master(), sweep, tasks, watch, options);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void foldersLogsAndExitCodesComeBackAndTasksSeeTheirDevices() throws IOException {
    try (StandInCells cells = new StandInCells()) {
      List<CellTask> tasks = StandInCells.tasks(sweep, cells.port(), "done", "bad", "there");
      CompletableFuture<Void> run =
          running(
              tasks, "spark.task.resource.gpu.amount=1", "spark.executor.resource.gpu.amount=1");
      StandInCells.Voice done = cells.await("done");
      assertThat(done.begun()).isFalse();
      StandInCells.Voice bad = cells.await("bad");
      assertThat(List.of(done.devices(), bad.devices())).containsExactlyInAnyOrder("3", "5");
      done.tell("write stages/one/part.json 1");
      done.tell("finish");
      bad.tell("say error: out of luck");
      bad.tell("exit 1");
      StandInCells.Voice there = cells.await("there");
      there.tell("say error: no such data");
      there.tell("exit 2");
      run.join();
      assertThat(watch.rest())
          .containsExactlyInAnyOrder(
              "begins done",
              "begins bad",
              "begins there",
              "ended done 0 DONE",
              "ended bad 1 OPEN",
              "failed there 2 error: no such data (on 127.0.0.1)");
      assertThat(tasks.get(0).folder().path().resolve("stages/one/part.json")).hasContent("1");
      assertThat(tasks.get(1).folder().logged()).containsExactly("error: out of luck");
      assertThat(sweep.resolve("spark/incoming")).doesNotExist();
    }
  }

  @Test
  void anExecutorKilledInMidCellCostsNoMoreThanWhatCameAfterItsCheckpoint()
      throws IOException, InterruptedException {
    try (StandInCells cells = new StandInCells()) {
      List<CellTask> tasks = StandInCells.tasks(sweep, cells.port(), "a", "b");
      CompletableFuture<Void> run = running(tasks, "spark.noisescape.keep=0s");
      StandInCells.Voice a = cells.await("a");
      StandInCells.Voice b = cells.await("b");
      a.tell("write manifest.json {}");
      a.tell("write checkpoints/one 1");
      Arrivals.await(sweep.resolve("cells/a/checkpoints/one"));
      a.executor().destroyForcibly();
      StandInCells.Voice again = cells.await("a");
      assertThat(again.begun()).isTrue();
      assertThat(again.tell("read checkpoints/one")).isEqualTo("1");
      again.tell("finish");
      b.tell("finish");
      run.join();
      assertThat(watch.rest())
          .filteredOn(line -> !line.startsWith("told"))
          .containsExactlyInAnyOrder(
              "begins a", "begins b", "begins a", "ended a 0 DONE", "ended b 0 DONE");
      assertThat(watch.rest())
          .filteredOn(line -> line.startsWith("told"))
          .singleElement()
          .asString()
          .startsWith("told cell a: cut off on 127.0.0.1 (")
          .contains("137");
    }
  }

  @Test
  void onCtrlCCellsKeepWhatTheyHaveAndItComesBack() throws IOException {
    try (StandInCells cells = new StandInCells()) {
      List<CellTask> tasks = StandInCells.tasks(sweep, cells.port(), "a", "b", "c");
      CompletableFuture<Void> run = running(tasks);
      cells.await("a");
      cells.await("b");
      watch.stop();
      run.join();
      // by SIGTERM, or by the end of its standard input that comes with it
      assertThat(watch.rest())
          .extracting(line -> line.replaceFirst("130|143", "STOPPED"))
          .containsExactlyInAnyOrder(
              "begins a", "begins b", "ended a STOPPED OPEN", "ended b STOPPED OPEN");
      assertThat(sweep.resolve("cells/a/kept")).hasContent("kept");
      assertThat(sweep.resolve("cells/b/kept")).hasContent("kept");
    }
  }

  @Test
  void aDriverThatIsKilledLosesNothingThatCameBack() throws Exception {
    try (StandInCells cells = new StandInCells()) {
      Process driver = SparkStart.process(master(), sweep, cells.port(), "a", "b");
      StandInCells.Voice a = cells.await("a");
      StandInCells.Voice b = cells.await("b");
      b.tell("finish");
      a.tell("write manifest.json {}");
      a.tell("write checkpoints/one 1");
      Arrivals.await(sweep.resolve("cells/b/result.json"));
      Arrivals.await(sweep.resolve("cells/a/checkpoints/one"));
      driver.destroyForcibly();
      // the cell hears of it: its executor has lost its driver, and it its executor
      assertThat(a.tell("read checkpoints/two")).isNull();
      CompletableFuture<Void> run =
          running(StandInCells.tasks(sweep, cells.port(), "a").subList(0, 1));
      StandInCells.Voice again = cells.await("a");
      assertThat(again.begun()).isTrue();
      assertThat(again.tell("read checkpoints/one")).isEqualTo("1");
      again.tell("finish");
      run.join();
      assertThat(watch.rest()).containsExactly("begins a", "ended a 0 DONE");
    }
  }

  @Test
  void moreMemoryThanAnyWorkerHasIsSaid() throws IOException {
    CompletableFuture<Void> run =
        running(
            StandInCells.tasks(sweep, 0, "a"),
            "spark.executor.memory=100g",
            "spark.starvation.timeout=1s");
    assertThat(watch.next())
        .isEqualTo(
            "told %s: no worker has 1 core and 100g of memory free (spark.executor.memory) for an executor; waiting"
                .formatted(master()));
    watch.stop();
    run.join();
  }

  @Test
  void executorsOfAnOlderJavaAreRefused() throws IOException {
    Optional<Path> older = olderJava();
    assumeThat(older).as("a JDK 17 to 24").isPresent();
    assertThatThrownBy(
            () ->
                running(
                        StandInCells.tasks(sweep, 0, "a"),
                        "spark.executorEnv.JAVA_HOME=" + older.orElseThrow())
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RunFailure.class)
        .hasMessageMatching(
            "(?s).*Spark's executor on 127\\.0\\.0\\.1 runs Java \\d+, cells need 25: start its workers with a newer JDK, or name one there with spark\\.executorEnv\\.JAVA_HOME=DIR");
    assertThat(watch.rest()).isEmpty();
  }

  private static Optional<Path> olderJava() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes.filter(SparkCellsTest::isOlder).findFirst();
    }
  }

  private static boolean isOlder(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      return false;
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ProcessBuilder(home.resolve("bin/java").toString(), "-version")
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream(),
                StandardCharsets.UTF_8))) {
      return lines.readLine().matches(".*\"(1[7-9]|2[0-4])\\..*");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aMasterThatIsNotThereIsSaidAtOnce() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String nobody = "spark://127.0.0.1:" + free;
    assertThatThrownBy(
            () -> SparkStart.run(nobody, sweep, StandInCells.tasks(sweep, 0, "a"), watch))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(
            "no master of Spark answers at " + nobody + " (Connection refused)");
  }

  @Test
  void whatIsNoMasterIsSaidInGoodTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  SparkStart.run(
                      "spark://127.0.0.1:" + silent.getLocalPort(),
                      sweep,
                      StandInCells.tasks(sweep, 0, "a"),
                      watch,
                      "spark.noisescape.patience=2s"))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("does not answer as a master of Spark 4.2.0 within 2 s");
    }
  }

  @Test
  void mastersOfOtherKindsAreSparksToRefuse() {
    assertThatThrownBy(
            () -> SparkStart.run("yarn", sweep, StandInCells.tasks(sweep, 0, "a"), watch))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("yarn: ")
        .hasMessageContaining("Could not parse Master URL")
        .message()
        .hasLineCount(1);
  }
}
