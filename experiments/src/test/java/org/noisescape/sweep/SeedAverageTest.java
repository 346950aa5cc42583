package org.noisescape.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.CellState;
import org.noisescape.report.Metrics;

class SeedAverageTest {
  private static final double ROUNDING = 1e-15;

  @Test
  void ofSeveralSeedsIsTheMeanWithItsStandardError() {
    // (1 + 2 + 6)/3 = 3; squares 4 + 1 + 9 = 14; s^2 = 14/2 = 7; s/sqrt(3)
    SeedAverage.Mean mean = of(reading(1, 9), reading(2, 9), reading(6, 9)).mean("x");

    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.error()).isCloseTo(Math.sqrt(7.0 / 3), within(ROUNDING));
    assertThat(mean.seeds()).isEqualTo(3);
    assertThat(mean.runs()).isEqualTo(3);
  }

  @Test
  void ofOneSeedHasTheErrorOfTheRunItself() {
    SeedAverage.Mean mean = of(reading(4, 0.25)).mean("x");

    assertThat(mean).isEqualTo(new SeedAverage.Mean(4, 0.25, 1, 1, 7));
  }

  @Test
  void seedsWithoutTheNumberAreCountedAndLeftOut() {
    SeedAverage.Mean mean =
        of(reading(1, 9), Map.of(), reading(Double.NaN, 9), reading(3, 9)).mean("x");

    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.error()).isCloseTo(1, within(ROUNDING));
    assertThat(mean.seeds()).isEqualTo(2);
    assertThat(mean.runs()).isEqualTo(4);
  }

  @Test
  void noSeedsHaveNoNumber() {
    SeedAverage.Mean mean = of(Map.of()).mean("x");

    assertThat(mean.value()).isNaN();
    assertThat(mean.error()).isNaN();
    assertThat(mean.seeds()).isZero();
  }

  @Test
  void cellsThatDifferBySeedOnlyAreOnePoint() {
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : Requests.of(Seeds.CELLS, 3, "lr=0.1,0.2").cells()) {
      results.add(
          new CellResult(
              cell,
              CellState.DONE,
              "AGREES",
              List.of(Map.of("x", new Reading(cell.seed(), 1, 1))),
              Optional.empty(),
              ""));
    }

    List<SeedAverage> points = SeedAverage.of(results);

    assertThat(points.stream().map(SeedAverage::settings))
        .containsExactly(Map.of("lr", "0.1"), Map.of("lr", "0.2"));
    assertThat(points).allMatch(point -> point.mean("x").value() == 6);
  }

  @Test
  void aTrainingIsJudgedByWhatWasMeasuredLast(@TempDir Path run) throws IOException {
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"step":0,"epoch":0,"train_loss":3,"test_loss":4,"noise_strength":7,"step_time_s":1}
        {"step":9,"epoch":1,"train_loss":1,"train_loss_standard_error":0.1,"test_loss":1.5,\
        "train_accuracy":0.75,"test_accuracy":0.5}
        """);

    Map<String, Reading> readings = TrainingReadings.of(Metrics.read(run).getFirst());

    assertThat(readings.keySet())
        .containsExactly(
            "train_loss",
            "test_loss",
            "loss_gap",
            "train_accuracy",
            "test_accuracy",
            "accuracy_gap",
            "noise_strength");
    assertThat(readings.values().stream().map(Reading::value))
        .containsExactly(1.0, 1.5, 0.5, 0.75, 0.5, 0.25, 7.0);
  }

  @SafeVarargs
  private static SeedAverage of(Map<String, Reading>... runs) {
    return new SeedAverage(
        Map.of(),
        Arrays.stream(runs)
            .map(
                run ->
                    new CellResult(
                        new Cell(1, Map.of(), 1, false),
                        CellState.DONE,
                        "AGREES",
                        List.of(run),
                        Optional.empty(),
                        ""))
            .toList());
  }

  private static Map<String, Reading> reading(double value, double error) {
    return Map.of("x", new Reading(value, error, 7));
  }
}
