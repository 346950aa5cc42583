package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.report.Figure.Cells;

/** Confusion matrices of a run, drawn and told class by class. */
class ClassMatrixTest {
  @TempDir Path folder;

  private static Map<String, Double> row(double epoch, String samples, double... counts) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("epoch", epoch);
    int classes = (int) Math.sqrt(counts.length);
    for (int i = 0; i < counts.length; i++) {
      row.put(samples + "_confusion_" + i / classes + "_" + i % classes, counts[i]);
    }
    return row;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void theLastMatrixIsDrawnWithTheFirstClassOnTop() {
    Metrics metrics =
        new Metrics(
            0,
            List.of(
                row(0, "test", 1, 1, 1, 1),
                row(1, "test", 8, 2, 0, 5),
                Map.of("epoch", 2.0, "test_loss", 1.0)));
    List<ClassMatrix> found = ClassMatrix.of(List.of(metrics), Map.of());
    assertThat(found).hasSize(1);
    Figure figure = found.getFirst().figure();
    assertThat(figure.name()).isEqualTo("confusion-test");
    assertThat(figure.title()).isEqualTo("Confusion matrix, test samples, epoch 1");
    assertThat(figure.y().categories()).containsExactly("1", "0");
    Cells cells = (Cells) figure.marks().getFirst();
    assertThat(cells.labels()).isDeepEqualTo(new String[][] {{"0", "5"}, {"8", "2"}});
    assertThat(cells.values()).isDeepEqualTo(new double[][] {{0, 1}, {0.8, 0.2}});
  }

  @Test
  void trainingSamplesAreShownBehindOthers() throws IOException {
    Map<String, Double> both = row(1, "train", 3, 0, 0, 3);
    Metrics train = new Metrics(0, List.of(Map.copyOf(both)));
    assertThat(ClassMatrix.of(List.of(train), Map.of()))
        .extracting(ClassMatrix::name)
        .containsExactly("train");
    both.putAll(row(1, "validation", 2, 1, 1, 2));
    assertThat(ClassMatrix.of(List.of(new Metrics(0, List.of(both))), Map.of()))
        .extracting(ClassMatrix::name)
        .containsExactly("validation", "train");
    assertThat(
            ClassMatrix.of(
                List.of(),
                Map.of(
                    "probe",
                    json("{\"test_confusion\": {\"value\": [4, 1, 0, 7]}, \"accuracy\": {}}"))))
        .extracting(ClassMatrix::title)
        .containsExactly("test samples, probe");
  }

  @Test
  void whatIsNoMatrixIsLeftOut() throws IOException {
    Map<String, Double> holes = row(1, "test", 1, 2, 3, 4);
    holes.remove("test_confusion_0_1");
    assertThat(ClassMatrix.of(List.of(new Metrics(0, List.of(holes))), Map.of())).isEmpty();
    for (String wrong : List.of("[1,2,3]", "[1,2,3,-4]", "[1,2,3,4.5]", "[1,2,3,\"x\"]", "7")) {
      assertThat(
              ClassMatrix.of(
                  List.of(), Map.of("probe", json("{\"confusion\": {\"value\": " + wrong + "}}"))))
          .as(wrong)
          .isEmpty();
    }
  }

  /** Wilson's definition: the shares p with |p̂ − p| = z √(p(1 − p)/n). */
  @Test
  void intervalsAreWilsons() {
    for (double end : ClassMatrix.wilson(8, 10)) {
      assertThat(Math.abs(0.8 - end))
          .isCloseTo(1.959963984540054 * Math.sqrt(end * (1 - end) / 10), within(1e-12));
    }
    assertThat(ClassMatrix.wilson(8, 10)).isSorted();
    assertThat(ClassMatrix.wilson(10, 10)[1]).isCloseTo(1, within(1e-12));
    assertThat(ClassMatrix.wilson(10, 10)[0])
        .isCloseTo(10 / (10 + 3.841458820694124), within(1e-12));
    assertThat(ClassMatrix.wilson(0, 10)[0]).isZero();
  }

  @Test
  void aReportHasTheMatrixAndATableOfItsClasses() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        run.resolve("manifest.json"),
        "{\"kind\": \"train\", \"configuration\": {\"model\": \"mlp:5\", \"dataset\": \"digits\"}}");
    Files.writeString(run.resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"step":9,"epoch":1,"test_confusion_0_0":8,"test_confusion_0_1":2,"test_confusion_1_0":0,"test_confusion_1_1":5}
        """);
    RunReport.write(List.of(run), run.resolve("report.html"));
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains("Classes, test samples, epoch 1")
        .contains("0.4902 – 0.9433")
        .contains("Confusion matrix, test samples, epoch 1");
    assertThat(run.resolve("figures/confusion-test.svg")).exists();
  }
}
