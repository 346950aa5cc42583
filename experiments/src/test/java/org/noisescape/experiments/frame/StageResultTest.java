package org.noisescape.experiments.frame;

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
  void aResultOfAnotherRunOrPlaceIsRefused() throws IOException {
    Path manifest = Files.writeString(folder.resolve("manifest.json"), manifest("b=1"));
    Path file = folder.resolve("points/case-000.json");
    assertThat(StageResult.of(file, Numbers.class, () -> MEASURED)).isEqualTo(MEASURED);
    Path other = folder.resolve("points/case-001.json");
    Files.copy(file, other);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StageResult.of(other, Numbers.class, () -> MEASURED))
        .withMessageStartingWith(
            other + ": is 'points/case-000.json' of x/y, not 'points/case-001");
    Files.writeString(manifest, manifest("b=2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StageResult.of(file, Numbers.class, () -> MEASURED))
        .withMessageContaining("is of a run with another preset, seed, setting or data");
    Files.writeString(manifest, manifest("b=1"));
    String good = Files.readString(file);
    for (String[] change :
        new String[][] {
          {good, "", "it is empty"},
          {"\"third\":0", "\"third\":null,\"x\":0", "field 'third' is missing or no number"},
          {"\"result\"", "\"results\"", "result: there is no object"},
          {"\"belongs_to\"", "\"belongs\"", "field 'belongs_to' must be an object, got nothing"},
          {"[3.14", "[\"x\",3.14", "field 'all[0]' is missing or no number"}
        }) {
      Files.writeString(file, good.replace(change[0], change[1]));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StageResult.of(file, Numbers.class, () -> MEASURED))
          .withMessageStartingWith(file + ": ")
          .withMessageContaining(change[2]);
    }
  }

  private static String manifest(String setting) {
    return """
        {"kind": "experiment", "id": "x/y", "preset": "quick", "seed": 1, "engine": "host",
         "settings": {"s": "%s"}, "data": {}}
        """
        .formatted(setting);
  }

  @Test
  void tableHasACellForEveryColumnAndAnEmptyOneForNothing() throws IOException {
    Csv.of("t", List.of(0.5, Double.NaN))
        .column("a", p -> p)
        .column("b", p -> p > 0 ? "x" : null)
        .write(folder);

    assertThat(Files.readAllLines(folder.resolve("tables/t.csv")))
        .containsExactly("a,b", "0.5,x", ",");
  }

  @Test
  void cellsWithCommasAndQuotesAreQuoted() {
    assertThat(
            Csv.of("t", List.of("n = 2, h = 1", "the \"same\"", "two\nlines", "plain"))
                .column("a, b", p -> p)
                .column("c", p -> 1)
                .text())
        .isEqualTo(
            "\"a, b\",c\n\"n = 2, h = 1\",1\n\"the \"\"same\"\"\",1\n\"two\nlines\",1\nplain,1\n");
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
