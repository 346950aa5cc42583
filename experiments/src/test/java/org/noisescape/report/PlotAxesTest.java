package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    return PlotAxes.horizontal(figure).getRange();
  }
}
