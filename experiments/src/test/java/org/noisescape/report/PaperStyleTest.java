package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures for print, drawn from what a folder keeps. */
class PaperStyleTest {
  private static final double[] X = {1, 2, 3};

  @TempDir Path run;

  @Test
  void aColumnIs86MillimetresWideWithLettersOfEightPoints() throws IOException {
    Figure figure =
        Figure.titled("curve", "").x("Learning rate η_c").y("y").points("a", 0, X, X).captioned("");
    FigureFiles.write(run, List.of(figure));

    Path folder = FigureFiles.restyle(run, FigureFiles.read(run), PlotStyle.COLUMN);

    assertThat(folder).isEqualTo(run.resolve("figures/paper"));
    assertThat(folder.resolve("curve.png")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("curve.svg")))
        .contains("font-size: 8px", "font-size: 5.76px")
        .doesNotContain("font-size: 13");
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("curve.pdf").toFile())) {
      PDRectangle page = pdf.getPage(0).getMediaBox();
      assertThat(page.getWidth() / 72 * 25.4).isCloseTo(86.4, within(0.1));
    }
  }

  @Test
  void aFolderWithoutDataIsRefusedInOneLine() throws IOException {
    FigureFiles.write(run, List.of(Figure.titled("curve", "").captioned("")));
    Files.delete(run.resolve("figures/curve.json"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FigureFiles.restyle(run, FigureFiles.read(run), PlotStyle.COLUMN))
        .withMessageContaining("has no data of figures");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlotStyle.named("poster"))
        .withMessage("style must be paper, got 'poster'");
  }

  @Test
  void theSameFigureIsTheSameFile() throws IOException {
    Figure figure = Figure.titled("curve", "").x("x").y("y").points("a", 0, X, X).captioned("");

    assertThat(FigureOutput.pdf(figure, PlotStyle.COLUMN))
        .isEqualTo(FigureOutput.pdf(figure, PlotStyle.COLUMN));
  }
}
