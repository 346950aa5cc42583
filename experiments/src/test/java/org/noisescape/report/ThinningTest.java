package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;

class ThinningTest {
  @Test
  void aLongCurveKeepsItsEndsAndItsExtremes() {
    int n = 100_003;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = Math.sin(0.001 * i);
    }
    values[31_415] = 9;
    values[31_416] = Double.NaN;
    values[92_653] = -9;
    int[] kept = Thinning.kept(values, values);

    assertThat(kept).hasSizeLessThan(Thinning.MOST).isSorted().doesNotHaveDuplicates();
    assertThat(kept).contains(0, 31_415, 92_653, n - 1).doesNotContain(31_416);
    assertThat(Thinning.kept(new double[Thinning.MOST], new double[Thinning.MOST]))
        .hasSize(Thinning.MOST);
  }

  @Test
  void symbolsAreFewAndBeginWithTheFirst() {
    for (int points : new int[] {0, 1, 999, 1000, 1001, 12_345}) {
      double[] values = IntStream.range(0, points).asDoubleStream().toArray();
      int stride = Thinning.stride(points, 1);
      double[] kept = Thinning.every(stride, values);
      assertThat(kept).hasSizeLessThanOrEqualTo(1000).isSorted();
      assertThat(stride == 1).isEqualTo(points <= 1000);
      assertThat(points == 0 || kept[0] == 0).isTrue();
    }
    assertThat(Thinning.stride(100, 300)).as("20 symbols a series at least").isEqualTo(5);
  }

  /** Circles of one look become one path; none is lost, nor are those of another look joined. */
  @Test
  void symbolsThatAreJoinedAreAllThere() {
    double[] x = IntStream.range(0, 37).asDoubleStream().toArray();
    double[] y = IntStream.range(0, 37).mapToDouble(i -> i * i).toArray();
    Axis axis = new Axis("x", Scale.LINEAR);
    FigureFiles.Drawn drawn =
        FigureFiles.draw(
            new Figure(
                "f",
                "",
                "",
                axis,
                axis,
                List.of(
                    new Points("", 0, x, y, new double[0]),
                    new Points("", 4, y, x, new double[0]))));
    String page = InlineSvg.of(drawn, "p-");

    assertThat(filledPaths(page)).isEqualTo(filledPaths(drawn.svg()) - 2 * 36);
    assertThat(moves(page)).isEqualTo(moves(drawn.svg()));
  }

  private static long filledPaths(String svg) {
    return java.util.regex.Pattern.compile("stroke:none'[^>]*><path d='")
        .matcher(svg)
        .results()
        .count();
  }

  private static long moves(String svg) {
    return svg.chars().filter(c -> c == 'M').count();
  }
}
