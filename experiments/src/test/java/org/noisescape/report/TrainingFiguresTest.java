package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Cells;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;

/** Everything in {@code metrics.jsonl} is in a figure, with its error. */
class TrainingFiguresTest {
  @TempDir Path folder;

  /** A replica whose columns are given by functions of the row. */
  private static Metrics metrics(int replica, int rows, Map<String, Double> columns) {
    List<Map<String, Double>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("step", 10.0 * i);
      row.put("epoch", (double) i);
      int at = i;
      columns.forEach((name, value) -> row.put(name, value + at));
      all.add(row);
    }
    return new Metrics(replica, all);
  }

  private static Figure figure(List<Figure> figures, String name) {
    return figures.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyQuantityIsInOneFigureAndErrorsAndFlagsAreNone() {
    Map<String, Double> columns = new LinkedHashMap<>();
    for (String name :
        List.of(
            "train_loss",
            "train_loss_standard_error",
            "validation_accuracy",
            "gsnr@fc1.weight",
            "gsnr_standard_error@fc1.weight",
            "hessian_top_1",
            "hessian_top_1_residual",
            "hessian_top_2",
            "hessian_top_converged",
            "alignment",
            "alignment_degrees_of_freedom",
            "negative_sum_converged",
            "own_thing",
            "own_thing_error",
            "lonely_error",
            "list_1",
            "list_2",
            "gradient_noise_scale",
            "average_train_loss")) {
      columns.put(name, 1.0);
    }
    MeasuredColumns measured = new MeasuredColumns(List.of(metrics(0, 3, columns)));
    List<String> drawn =
        measured.families().stream().flatMap(family -> family.columns().stream()).toList();
    assertThat(drawn)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrder(
            "train_loss",
            "validation_accuracy",
            "gsnr@fc1.weight",
            "hessian_top_1",
            "hessian_top_2",
            "alignment",
            "own_thing",
            "lonely_error",
            "list_1",
            "list_2",
            "gradient_noise_scale",
            "average_train_loss",
            "negative_sum_converged");
    assertThat(measured.error("own_thing")).contains("own_thing_error");
    assertThat(measured.error("hessian_top_1")).contains("hessian_top_1_residual");
    assertThat(measured.error("gsnr@fc1.weight")).contains("gsnr_standard_error@fc1.weight");
    assertThat(measured.converged("hessian_top_2")).contains("hessian_top_converged");
    assertThat(measured.freedom("alignment")).contains("alignment_degrees_of_freedom");
    assertThat(measured.families())
        .filteredOn(family -> family.columns().contains("list_1"))
        .singleElement()
        .satisfies(family -> assertThat(family.columns()).containsExactly("list_1", "list_2"));
    assertThat(measured.families().getFirst().series())
        .containsExactly("training", "training at the mean of θ");
  }

  @Test
  void errorsAreBandsAndFewMeasurementsHaveSymbols() {
    List<Figure> figures =
        TrainingFigures.of(List.of(metrics(0, 3, Map.of("own", 5.0, "own_standard_error", 0.5))));
    Figure own = figure(figures, "own-own");
    Band band = (Band) own.marks().getFirst();
    assertThat(band.lower()).containsExactly(4.5, 4.5, 4.5);
    assertThat(band.upper()).containsExactly(5.5, 7.5, 9.5);
    assertThat(own.marks()).hasAtLeastOneElementOfType(Line.class);
    assertThat(own.marks()).hasAtLeastOneElementOfType(Points.class);
    assertThat(own.caption()).contains("Bands: ± standard error.");
    Figure one =
        figure(
            TrainingFigures.of(
                List.of(metrics(0, 1, Map.of("own", 5.0, "own_standard_error", 0.5)))),
            "own-own");
    assertThat(((Points) one.marks().getFirst()).error()).containsExactly(0.5);
  }

  /** 3, 5, 7 around 5: s = 2, so the error of the mean of three is 2/√3. */
  @Test
  void replicasAreTheirMeanWithItsError() {
    List<Metrics> replicas =
        IntStream.range(0, 3).mapToObj(r -> metrics(r, 2, Map.of("own", 3.0 + 2 * r))).toList();
    Figure own = figure(TrainingFigures.of(replicas), "own-own");
    Band band =
        own.marks().stream()
            .filter(Band.class::isInstance)
            .map(Band.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(band.upper()[0] - 5)
        .isCloseTo(2 / Math.sqrt(3), org.assertj.core.data.Offset.offset(1e-12));
    assertThat(own.marks()).filteredOn(Line.class::isInstance).hasSize(4);
    assertThat(own.caption()).contains("each replica");
  }

  @Test
  void manyLayersAreAMapAndFewAreLines() {
    Map<String, Double> columns = new LinkedHashMap<>();
    IntStream.range(0, 12).forEach(i -> columns.put("update_norm@layer" + i, 1.0 + i));
    columns.put("gsnr@a", 1.0);
    columns.put("gsnr@b", 2.0);
    List<Figure> figures = TrainingFigures.of(List.of(metrics(0, 100, columns)));
    Figure map = figure(figures, "update-norm-by-layer");
    Cells cells = (Cells) map.marks().getFirst();
    assertThat(map.y().categories()).hasSize(12).startsWith("layer11").endsWith("layer0");
    assertThat(cells.values()[0]).hasSizeLessThanOrEqualTo(FamilyFigure.MAP_WIDTH);
    assertThat(cells.values()[0][0]).isEqualTo(12.0);
    assertThat(figure(figures, "gsnr-by-layer").marks())
        .filteredOn(Line.class::isInstance)
        .hasSize(2);
  }

  @Test
  void whatDidNotConvergeIsSaid() {
    Map<String, Double> columns = new LinkedHashMap<>();
    columns.put("hessian_trace", 7.0);
    columns.put("hessian_trace_converged", 0.0);
    Figure traces = figure(TrainingFigures.of(List.of(metrics(0, 1, columns))), "traces");
    assertThat(traces.caption()).contains("Not converged in 1 measurement.");
  }

  @Test
  void eigenvaluesOfTheLastMeasurementAreDrawnByRankWithTheirResiduals() {
    Map<String, Double> columns = new LinkedHashMap<>();
    for (int k = 1; k <= 3; k++) {
      columns.put("hessian_top_" + k, 10.0 - k);
      columns.put("hessian_top_" + k + "_residual", 0.1);
    }
    Figure ranks =
        figure(TrainingFigures.of(List.of(metrics(0, 2, columns))), "hessian-top-spectrum");
    Points points = (Points) ranks.marks().get(1);
    assertThat(points.y()).containsExactly(10, 9, 8);
    assertThat(points.error()).containsExactly(1.1, 1.1, 1.1);
    assertThat(ranks.y().scale()).isEqualTo(Scale.LOG);
  }

  @Test
  void histogramsOfALineAreStepsAndAMapOverTheEpochs() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"step":0,"epoch":0,"h":{"edges":[0,0.5,2],"counts":[4,0]},"n":{"a":1,"b":2}}
        {"step":9,"epoch":1,"h":{"edges":[0,1,2],"counts":[1,3]},"n":{"a":3,"b":4},"g":{"x_edges":[0,1,2],"y_edges":[0,1,2,3],"counts":[[1,2,3],[4,5,0]]}}
        """);
    List<Metrics> read = Metrics.read(run);
    assertThat(read.getFirst().rows().getLast()).containsEntry("n@b", 4.0);
    List<Figure> figures = TrainingFigures.of(read);
    Line steps = (Line) figure(figures, "h").marks().getFirst();
    assertThat(steps.x()).containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(steps.y()).containsExactly(0, 1, 1, 3, 3, 0);
    Cells course = (Cells) figure(figures, "h-course").marks().getFirst();
    assertThat(course.values()).hasDimensions(40, 2);
    // 4 in the lower quarter of 40 intervals are 0.4 each
    assertThat(course.values()[0][0]).isCloseTo(0.4, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(course.values()[39][0]).isNaN();
    Cells both = (Cells) figure(figures, "g").marks().getFirst();
    assertThat(both.values()).hasDimensions(3, 2);
    assertThat(both.values()[0]).containsExactly(1, 4);
    assertThat(both.values()[2][1]).isNaN();
  }

  @Test
  void whatIsNoHistogramIsNone() throws IOException {
    for (String wrong :
        List.of(
            "{\"edges\":[0,1],\"counts\":[1,2]}",
            "{\"edges\":[1,0],\"counts\":[1]}",
            "{\"edges\":[0,null],\"counts\":[1]}",
            "{\"x_edges\":[0,1],\"y_edges\":[0,1],\"counts\":[[1,2]]}",
            "[1,2]")) {
      JsonNode node = new ObjectMapper().readTree(wrong);
      assertThat(BinnedCounts.of(node)).as(wrong).isEqualTo(Optional.empty());
    }
  }
}
