package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.junit.jupiter.api.Test;
import org.noisescape.report.Figure.Stroke;

class FigureKeysTest {
  private static final double[] X = {1, 2, 3};
  private static final double[] NONE = {Double.NaN, Double.NaN, Double.NaN};

  @Test
  void theLegendNamesWhatIsDrawnAndNothingElse() {
    Figure figure =
        Figure.titled("f", "")
            .logY("y")
            .points("measured", 0, X, X)
            .points("all missing", 1, X, NONE)
            .band("below zero", 1, X, new double[] {-3, -3, -3}, new double[] {-1, -1, -1})
            .line("", 2, Stroke.THIN, X, X)
            .entry("rivals", Stroke.THIN)
            .entry("no such line", Stroke.DOTTED)
            .captioned("");

    assertThat(items(figure))
        .extracting(LegendItem::getLabel)
        .containsExactly("measured", "rivals");
  }

  @Test
  void theKeyOfATheoryForSeveralSeriesHasTheColourOfNone() {
    Figure figure =
        Figure.titled("f", "")
            .dashed("theory", 0, X, X)
            .dashed("", 1, X, X)
            .dotted("second theory", 2, X, X)
            .captioned("");
    List<LegendItem> items = items(figure);

    assertThat(items.get(0).getLinePaint()).isEqualTo(PlotStyle.INK);
    assertThat(items.get(1).getLinePaint()).isEqualTo(PlotStyle.colour(2));
  }

  @Test
  void linesToldApartByColourDifferInDashesOrSymbolsToo() {
    for (Stroke stroke : List.of(Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED, Stroke.THIN)) {
      Figure figure =
          Figure.titled("f", "")
              .line("a", 0, stroke, X, X)
              .line("b", 2, stroke, X, X)
              .captioned("");
      List<LegendItem> items = items(figure);
      boolean dashes = !items.get(0).getLineStroke().equals(items.get(1).getLineStroke());
      boolean symbols =
          items.get(0).isShapeVisible() && !items.get(0).getShape().equals(items.get(1).getShape());
      assertThat(dashes || symbols).as(stroke.name()).isTrue();
    }
  }

  @Test
  void aLongEntryIsBrokenWithinAColumn() {
    String entry =
        "the exact mean first-passage time of the text's own equation, by quadrature, d = 2";
    Figure figure = Figure.titled("f", "").points(entry, 0, X, X).captioned("");

    assertThat(new FigureKeys(figure, PlotStyle.COLUMN).items().get(0).getLabel())
        .contains("\n")
        .isEqualToNormalizingWhitespace(entry);
    assertThat(items(figure).getFirst().getLabel()).contains("\n");
  }

  private static List<LegendItem> items(Figure figure) {
    LegendItemCollection items = new FigureKeys(figure, PlotStyle.SCREEN).items();
    return IntStream.range(0, items.getItemCount()).mapToObj(items::get).toList();
  }
}
