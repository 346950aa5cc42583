package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.IntervalXYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Span;
import org.noisescape.report.Figure.Stroke;

class FigureFilesTest {
  @TempDir Path run;

  @Test
  void svgPngAndPdfAreDrawnWithTheLegend() throws IOException {
    FigureFiles.write(run, List.of(figure(Scale.LOG, marks())));

    String svg = Files.readString(run.resolve("figures/some-figure.svg"));
    assertThat(svg).startsWith("<svg").contains(">measured<", ">theory: N ∝ L<", ">window<");
    assertThat(svg.split("<text", -1)).as("labels as texts").hasSizeGreaterThan(10);
    assertThat(svg).contains("font-family: Noisescape Sans,");
    try (PDDocument pdf = Loader.loadPDF(run.resolve("figures/some-figure.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("measured", "theory: N ∝ L", "10−2");
    }
    BufferedImage png = ImageIO.read(run.resolve("figures/some-figure.png").toFile());
    assertThat(png.getWidth()).isEqualTo(2 * PlotStyle.WIDTH);
    assertThat(png.getHeight()).isGreaterThan(2 * PlotStyle.SCREEN.height());
    assertThat(colours(png)).contains(PlotStyle.colour(0).getRGB());
    assertThat(FigureFiles.read(run))
        .extracting(FigureFiles.Drawn::svg)
        .containsExactly(svg.strip());
  }

  @Test
  void axesHoldAllThatIsDrawn() {
    for (Scale scale : Scale.values()) {
      JFreeChart chart = chart(figure(scale, marks()));
      ValueAxis x = chart.getXYPlot().getDomainAxis();
      ValueAxis y = chart.getXYPlot().getRangeAxis();

      assertThat(x.getLowerBound()).isLessThanOrEqualTo(0.002);
      assertThat(x.getUpperBound()).isGreaterThanOrEqualTo(3);
      assertThat(y.getLowerBound()).isLessThanOrEqualTo(0.01);
      assertThat(y.getUpperBound()).isGreaterThanOrEqualTo(450);
    }
  }

  @Test
  void limitsAreThoseOfTheNumbersWithALittleRoom() {
    Mark narrow = new Points("a", 0, new double[] {15, 18}, new double[] {0.05, 0.42});
    XYPlot plot = chart(figure(Scale.LOG, List.of(narrow))).getXYPlot();

    assertThat(plot.getDomainAxis().getLowerBound()).isBetween(14.5, 15.0);
    assertThat(plot.getDomainAxis().getUpperBound()).isBetween(18.0, 18.5);
    assertThat(plot.getRangeAxis().getLowerBound()).isBetween(0.045, 0.05);
    assertThat(plot.getRangeAxis().getUpperBound()).isBetween(0.42, 0.47);
  }

  @Test
  void whatALogarithmCannotShowIsLeftOutAndABarThroughItsFloorIsAnUpperLimit() {
    double[] x = {1, 2, 3, 4, -5, 6, 7};
    double[] y = {0, -1, Double.NaN, 10, 7, 20, -1};
    Points bad = new Points("a", 0, x, y, new double[] {0, 1, 1, 20, 1, 5, 3});

    XYPlot plot = chart(figure(Scale.LOG, List.of(bad))).getXYPlot();

    IntervalXYDataset drawn = (IntervalXYDataset) plot.getDataset();
    assertThat(plot.getRangeAxis().getLowerBound()).isPositive();
    assertThat(drawn.getItemCount(0)).isEqualTo(3);
    assertThat(point(drawn, 0)).containsExactly(4, 10, 10, 30);
    assertThat(point(drawn, 1)).containsExactly(6, 20, 15, 25);
    assertThat(point(drawn, 2)).as("below zero, but not its upper end").containsExactly(7, 2, 2, 2);
    assertThat(ErrorBar.of(bad, 3, Scale.LOG).limit()).isTrue();
    assertThat(ErrorBar.of(bad, 5, Scale.LOG).limit()).isFalse();
    assertThat(ErrorBar.of(bad, 3, Scale.LINEAR)).isEqualTo(new ErrorBar(10, -10, 30, false));
    IntervalXYDataset linear =
        (IntervalXYDataset) chart(figure(Scale.LINEAR, List.of(bad))).getXYPlot().getDataset();
    assertThat(linear.getItemCount(0)).as("all but NaN").isEqualTo(6);
  }

  private static double[] point(IntervalXYDataset drawn, int i) {
    return new double[] {
      drawn.getXValue(0, i),
      drawn.getYValue(0, i),
      drawn.getStartYValue(0, i),
      drawn.getEndYValue(0, i)
    };
  }

  @Test
  void figureWithoutDataHasAxesAndNoMark() throws IOException {
    FigureFiles.write(run, List.of(figure(Scale.LOG, List.of())));

    String svg = Files.readString(run.resolve("figures/some-figure.svg"));
    assertThat(svg).contains(">L<").doesNotContain(">measured<");
    BufferedImage png = ImageIO.read(run.resolve("figures/some-figure.png").toFile());
    assertThat(colours(png)).doesNotContain(PlotStyle.colour(0).getRGB());
    XYPlot plot = chart(figure(Scale.LOG, List.of())).getXYPlot();
    assertThat(plot.getDatasetCount()).isZero();
    assertThat(plot.getRangeAxis().getRange().contains(1)).isTrue();
  }

  @Test
  void nameThatIsNoFileNameIsRefused() {
    Axis axis = new Axis("x", Scale.LINEAR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Figure("../evil", "", "", axis, axis, List.of()))
        .withMessageContaining("'../evil'");
  }

  private static JFreeChart chart(Figure figure) {
    return FigureDrawing.of(figure, PlotStyle.SCREEN).chart();
  }

  private static Figure figure(Scale scale, List<Mark> marks) {
    return new Figure(
        "some-figure", "Title", "Caption.", new Axis("L", scale), new Axis("N", scale), marks);
  }

  private static List<Mark> marks() {
    return List.of(
        new Span("window", 2, 0.002, 0.2),
        new Band("", 1, new double[] {0.01, 1}, new double[] {0.01, 2}, new double[] {3, 4}),
        new Points("measured", 0, new double[] {0.01, 0.3, 3}, new double[] {1, 20, 300}, errors()),
        new Line(
            "theory: N ∝ L",
            Figure.INK,
            Stroke.DASHED,
            new double[] {0.01, 3},
            new double[] {0.8, 320}));
  }

  private static double[] errors() {
    return new double[] {0.5, 5, 150};
  }

  private static List<Integer> colours(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(pixels).distinct().boxed().toList();
  }
}
