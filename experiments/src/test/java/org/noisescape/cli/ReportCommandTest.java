package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.tensorboard.EventFileReader;

class ReportCommandTest {
  @TempDir Path folder;

  @Test
  void aFolderOfRunsIsReportedAndExported() throws IOException {
    for (String seed : new String[] {"1", "2"}) {
      CapturedRun run =
          CapturedRun.of(
              "train",
              "--dataset",
              "digits:train=100,test=50",
              "--model",
              "linear",
              "--epochs",
              "2",
              "--seed",
              seed,
              "--tensorboard",
              "--out",
              folder.resolve("runs/seed" + seed).toString());
      assertThat(run.code()).isZero();
    }
    Files.createDirectories(folder.resolve("runs/notes"));
    String runs = folder.resolve("runs").toString();
    Path events = folder.resolve("events");
    CapturedRun report =
        CapturedRun.of("report", runs, "--title", "Two seeds", "--tensorboard", events.toString());

    assertThat(report.code()).isZero();
    assertThat(report.errors())
        .containsExactly(folder.resolve("runs/notes") + " holds no run: left out");
    Path page = folder.resolve("runs/report-2-runs.html");
    assertThat(report.out())
        .isEqualTo(
            "report %s%nevents %s%nevents %s%n"
                .formatted(page, events.resolve("seed1"), events.resolve("seed2")));
    assertThat(page).content().contains("Two seeds").contains("(n = 2)");
    assertThat(EventFileReader.onlyFileOf(events.resolve("seed2/replica-0")))
        .isEqualTo(EventFileReader.onlyFileOf(folder.resolve("runs/seed2/tensorboard/replica-0")))
        .hasSize(6);
  }

  @Test
  void whatIsNoPageIsNotReplaced() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path manifest = Files.writeString(run.resolve("manifest.json"), "{\"kind\": \"train\"}");
    CapturedRun report = CapturedRun.of("report", run.toString(), "--out", manifest.toString());
    assertThat(report.code()).isEqualTo(2);
    assertThat(report.errors()).hasSize(1);
    assertThat(report.err()).contains("--out must name a page, FILE.html, got");
    assertThat(manifest).content().isEqualTo("{\"kind\": \"train\"}");
  }
}
