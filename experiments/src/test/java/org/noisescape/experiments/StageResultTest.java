package org.noisescape.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageResultTest {
  /** Numbers that lose digits in short notations. */
  record Numbers(double third, double tiny, double missing, List<Double> all) {}

  private static final Numbers MEASURED =
      new Numbers(1.0 / 3, 5e-324, Double.NaN, List.of(Math.PI, -0.0));

  @TempDir Path folder;

  @Test
  void whatIsReadBackIsWhatWasMeasuredAndIsNotMeasuredAgain() {
    Path file = folder.resolve("stage/result.json");

    assertThat(StageResult.of(file, Numbers.class, () -> MEASURED)).isEqualTo(MEASURED);
    assertThat(
            StageResult.of(
                file,
                Numbers.class,
                () -> {
                  throw new AssertionError("measured twice");
                }))
        .isEqualTo(MEASURED);
  }

  @Test
  void tableHasACellForEveryColumnAndNoneForNaN() throws IOException {
    new CsvTable("t", "a", "b").row(1, Double.NaN).row("x", 0.5).write(folder);

    assertThat(Files.readAllLines(folder.resolve("tables/t.csv")))
        .containsExactly("a,b", "1,", "x,0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CsvTable("t", "a", "b").row(1))
        .withMessageContaining("2 columns, got 1");
  }

  @Test
  void listsOfNumbersAreReadAndCheckedByTheirSettings() {
    Settings settings =
        Settings.of("e", Map.of("x", "1, 0.5", "y", "0,2", "z", "1,1"), Map.of(), Map.of());

    assertThat(settings.positives("x")).containsExactly(1.0, 0.5);
    assertThat(settings.notNegatives("y")).containsExactly(0.0, 2.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.positives("y"))
        .withMessageContaining("--set y=0,2: must be different numbers > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.notNegatives("z"))
        .withMessageContaining("--set z=1,1");
  }
}
