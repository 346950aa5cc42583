package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir Path run;

  @Test
  void replicasAreSeparatedAndStepsOrdered() throws IOException {
    write(
        "{\"step\":0,\"epoch\":0.0,\"replica\":0,\"train_loss\":3}",
        "{\"step\":0,\"epoch\":0.0,\"replica\":1,\"train_loss\":4}",
        "{\"step\":5,\"epoch\":1.0,\"replica\":1,\"train_loss\":2}",
        "{\"step\":5,\"epoch\":1.0,\"replica\":0,\"train_loss\":1}");

    List<Metrics> metrics = Metrics.read(run);

    assertThat(metrics).extracting(Metrics::replica).containsExactly(0, 1);
    assertThat(metrics.getFirst().column("train_loss")).containsExactly(3, 1);
    assertThat(metrics.getLast().column("train_loss")).containsExactly(4, 2);
  }

  @Test
  void laterLineOfAStepCountsAndACutLastLineIsLeftOut() throws IOException {
    write(
        "{\"step\":0,\"train_loss\":3,\"noise_strength\":7}",
        "{\"step\":5,\"train_loss\":2}",
        "{\"step\":5,\"train_loss\":1}",
        "{\"step\":9,\"train_l");

    Metrics metrics = Metrics.read(run).getFirst();

    assertThat(metrics.column("train_loss")).containsExactly(3, 1);
    assertThat(metrics.has("noise_strength")).isTrue();
    assertThat(metrics.has("test_loss")).isFalse();
    assertThat(metrics.column("noise_strength")).containsExactly(7, Double.NaN);
  }

  @Test
  void brokenLineInTheMiddleIsNamed() throws IOException {
    write("{\"step\":0}", "oops", "{\"step\":5}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.read(run))
        .withMessageContaining("metrics.jsonl: line 2 is no line of measurements");
  }

  @Test
  void runWithoutMeasurementsHasNone() {
    assertThat(Metrics.read(run)).isEmpty();
  }

  private void write(String... lines) throws IOException {
    Files.writeString(run.resolve("metrics.jsonl"), String.join("\n", lines));
  }
}
