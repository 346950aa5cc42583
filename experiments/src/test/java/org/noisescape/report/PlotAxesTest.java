package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;

class PlotAxesTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 0.3, 1000})
  void aSingleValueHasRoomOnALogarithmicAxis(double value) {
    Range range = horizontal(new Axis("x", Scale.LOG), value);

    assertThat(range.getLength()).isPositive();
    assertThat(range.contains(value)).isTrue();
  }

  @Test
  void namesHaveAPlaceEach() {
    Range range = horizontal(Axis.of("x", List.of("a", "b", "c")), 1);

    assertThat(range).isEqualTo(new Range(-0.5, 2.5));
  }

  private static Range horizontal(Axis axis, double value) {
    double[] one = {value};
    Points points = new Points("", 0, one, one, new double[0]);
    Figure figure = new Figure("one", "", "", axis, new Axis("y", Scale.LINEAR), List.of(points));
    return PlotAxes.horizontal(figure, PlotStyle.SCREEN).getRange();
  }

  @ParameterizedTest
  @EnumSource(Scale.class)
  void theLargestNumbersHaveNoPlace(Scale scale) {
    double[] x = {1, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 2};
    Axis axis = new Axis("x", scale);
    Figure figure = new Figure("one", "", "", axis, axis, List.of(new Points("", 0, x, x)));

    assertThat(FigureOutput.svg(figure, PlotStyle.SCREEN).geometry().x().high()).isLessThan(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0.42, 0.05 0.1 0.2",
    "0.002, 3, 0.01 0.1 1",
    "15, 18, 15 16 17 18",
    "0.00011, 0.00075, 0.0002 0.0003 0.0004 0.0005 0.0006 0.0007",
    "1e-20, 1, 1e-18 1e-15 1e-12 1e-9 1e-6 0.001 1",
    "1.9, 2.1, 1.9 1.95 2 2.05 2.1",
  })
  void aLogarithmicAxisHasThreeToNineLabels(double low, double high, String labels) {
    List<Double> expected = Stream.of(labels.split(" ")).map(Double::valueOf).toList();
    assertThat(new DecadeAxis(low, high, false).labels())
        .usingElementComparator((a, b) -> Math.abs(a / b - 1) < 1e-9 ? 0 : Double.compare(a, b))
        .isEqualTo(expected);
  }

  @Test
  void whereAllNumbersAreWholeSoAreTheLabels() {
    assertThat(new DecadeAxis(0.97, 5, true).labels()).containsExactly(1.0, 2.0, 5.0);
    assertThat(LinearAxis.unit(3, 6, true)).isEqualTo(1);
    assertThat(LinearAxis.unit(3, 6, false)).isEqualTo(0.5);
  }

  /** One notation an axis: all plain, or all with powers of ten. */
  @Test
  void ticksOfAnAxisAreWrittenAlike() {
    assertThat(TickText.even(0.005, 0.04).of(0.02)).isEqualTo("0.020");
    assertThat(TickText.even(0.5, 2).of(-1)).isEqualTo("−1.0");
    assertThat(TickText.even(0.2, 1).of(-1e-17)).isEqualTo("0");
    assertThat(TickText.even(1e5, 4e5).of(2e5)).isEqualTo("2·10^{5}");
    assertThat(TickText.between(1e-4, 5e-3).of(0.005)).isEqualTo("5·10^{−3}");
    assertThat(TickText.between(0.02, 5).of(0.02)).isEqualTo("0.02");
    assertThat(TickText.powers().of(1)).isEqualTo("10^{0}");
  }

  @Test
  void aUnitIsAsLongOnBothAxesOfGeometry() {
    double[] x = {0, 1};
    Figure figure =
        Figure.titled("g", "")
            .x("x")
            .y("y")
            .line("", 0, x, new double[] {0, 5})
            .geometric()
            .captioned("");
    PlotGeometry plot = FigureOutput.svg(figure, PlotStyle.SCREEN).geometry();
    double across = plot.width() / (plot.x().high() - plot.x().low());
    double up = plot.height() / (plot.y().high() - plot.y().low());

    assertThat(across).isCloseTo(up, within(0.02 * up));
  }
}
