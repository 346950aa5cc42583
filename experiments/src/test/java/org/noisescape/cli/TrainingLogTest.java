package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.runs.TrainingPoint;

/** The lines of a training. */
class TrainingLogTest {
  private static final int STEPS_AN_EPOCH = 100;
  private static final int EPOCHS = 100;

  /**
   * Lines of 100 epochs, each of so many seconds, measured at its end, in stretches of 20 steps.
   */
  private static List<String> lines(String every, double secondsAnEpoch) {
    List<String> lines = new ArrayList<>();
    TrainingLog log = new TrainingLog(LogEvery.parse(every), lines::add, 200);
    log.take(point(0, Double.NaN, measured()), 0, OptionalDouble.empty());
    for (int step = 20; step <= STEPS_AN_EPOCH * EPOCHS; step += 20) {
      double now = step * secondsAnEpoch / STEPS_AN_EPOCH;
      log.take(point(step, 0.5, Map.of()), now, OptionalDouble.of(90));
      if (step % STEPS_AN_EPOCH == 0) {
        log.take(point(step, Double.NaN, measured()), now, OptionalDouble.of(90));
      }
    }
    log.flush();
    return lines;
  }

  private static TrainingPoint point(long step, double loss, Map<String, Double> measured) {
    return new TrainingPoint(
        step,
        STEPS_AN_EPOCH * EPOCHS,
        step / (double) STEPS_AN_EPOCH,
        EPOCHS,
        loss,
        0.01,
        measured);
  }

  private static Map<String, Double> measured() {
    Map<String, Double> found = new LinkedHashMap<>();
    found.put("train_loss", 0.12345);
    found.put("train_loss_standard_error", 0.00123);
    found.put("train_accuracy", 0.97);
    found.put("test_loss", 0.21312);
    found.put("test_accuracy", 0.9541);
    found.put("noise_strength", 12.345);
    return found;
  }

  @Test
  void anEpochIsALineWithLossAccuracyNoiseRateAndTime() {
    List<String> lines = lines(null, 2);
    assertThat(lines).hasSize(EPOCHS + 1);
    assertThat(lines.get(3))
        .isEqualTo(
            "epoch   3/100  loss 0.1235 ± 0.0012  test 0.2131  acc 0.954  noise 12.3  lr 0.01"
                + "  0:06, 90 s left");
    assertThat(lines.getLast()).startsWith("epoch 100/100").endsWith("  3:20");
  }

  @ParameterizedTest
  @CsvSource({"0.5, 2", "0.11, 10", "0.0999, 20", "0.004, 100"})
  void aLineComesASecondAtMostAtRoundEpochs(double secondsAnEpoch, int stride) {
    List<String> lines = lines(null, secondsAnEpoch);
    assertThat(lines).hasSize(EPOCHS / stride + 1);
    assertThat(lines.get(1)).startsWith("epoch %3d/100".formatted(stride));
  }

  @ParameterizedTest
  @CsvSource({"50epoch, 3", "1000, 11", "30s, 8", "log10, 5", "1epoch, 101"})
  void whoAsksForOtherPointsGetsThem(String every, int count) {
    assertThat(lines(every, 2)).hasSize(count);
  }

  @Test
  void whereNothingIsMeasuredTheMiniBatchesSpeak() {
    assertThat(lines("50", 2).get(1))
        .as("the first look after 50 steps")
        .isEqualTo("epoch 0.6/100  batch loss 0.5000  lr 0.01  0:01, 90 s left");
  }

  @Test
  void whatIsTooLongForATerminalLeavesOutTheErrorAndNeverTheRest() {
    List<String> lines = new ArrayList<>();
    TrainingLog log = new TrainingLog(LogEvery.parse(null), lines::add, 79);
    log.take(point(0, Double.NaN, measured()), 0, OptionalDouble.of(90));
    assertThat(lines)
        .containsExactly(
            "epoch   0/100  loss 0.1235  test 0.2131  acc 0.954  noise 12.3  lr 0.01  0:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "0s", "-3s", "often", "0", "log1"})
  void whatSaysNothingIsRefusedByName(String every) {
    assertThatThrownBy(() -> LogEvery.parse(every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--log-every " + every);
  }
}
