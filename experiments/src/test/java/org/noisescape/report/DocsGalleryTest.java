package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The images of the documentation, and what they are of. */
class DocsGalleryTest {
  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

  /** An image of the documentation and the paragraph below it. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "!\\[[^]]*]\\((?:docs/)?images/(?<name>[a-z0-9-]+)\\.png\\)\\s+(?<below>\\S.?)");

  /** Of the pixels; letters are drawn a little differently by another Java. */
  private static final double DIFFERENT = 0.002;

  private static final int VISIBLE = 64;

  private DocsGallery gallery;

  @BeforeEach
  void read() throws IOException {
    gallery = new DocsGallery(DOCS);
  }

  @Test
  void everyImageIsInTheTableAndShownWithACaption() throws IOException {
    List<String> shown = new ArrayList<>();
    List<String> bare = new ArrayList<>();
    for (Path page : pages()) {
      Matcher image = SHOWN.matcher(Files.readString(page));
      while (image.find()) {
        shown.add(image.group("name"));
        if (!image.group("below").matches("\\*[^*]")) {
          bare.add(image.group("name"));
        }
      }
    }
    List<String> listed = gallery.images().stream().map(DocsGallery.Image::name).toList();

    assertThat(shown).containsExactlyInAnyOrderElementsOf(listed);
    assertThat(files(".png")).containsExactlyInAnyOrderElementsOf(listed);
    assertThat(bare).as("images without a caption below").isEmpty();
  }

  @Test
  void everyImageHasItsDataOrSaysWhyNot() throws IOException {
    List<String> runs = gallery.runs().stream().map(DocsGallery.Run::name).toList();
    for (DocsGallery.Image image : gallery.images()) {
      assertThat(runs).as(image.name()).contains(image.run());
      assertThat(Files.exists(gallery.data(image)))
          .as(image.name())
          .isEqualTo(image.owed().isEmpty());
      if (image.owed().isEmpty()) {
        assertThat(StoredFigure.read(gallery.data(image)).figure().name())
            .as(image.name())
            .isEqualTo(image.figure());
      }
    }
    assertThat(files(".json"))
        .containsExactlyInAnyOrderElementsOf(
            gallery.images().stream()
                .filter(image -> image.owed().isEmpty())
                .map(DocsGallery.Image::name)
                .toList());
  }

  @Test
  void noImageIsStale() throws IOException {
    List<String> stale = new ArrayList<>();
    for (DocsGallery.Image image : gallery.images()) {
      if (image.owed().isEmpty()
          && different(ImageIO.read(gallery.picture(image).toFile()), gallery.drawn(image))
              > DIFFERENT) {
        stale.add(image.name());
      }
    }

    assertThat(stale).as("images to draw again with bin/figures").isEmpty();
  }

  @Test
  void linesOfOneFigureThatNamesTellApartLookDifferent() {
    for (DocsGallery.Image image : gallery.images()) {
      if (image.owed().isEmpty()) {
        Figure figure = StoredFigure.read(gallery.data(image)).figure();
        FigureKeys keys = new FigureKeys(figure, PlotStyle.SCREEN);
        List<Object> looks = new ArrayList<>();
        for (Figure.Mark mark : figure.marks()) {
          if (mark instanceof Figure.Line line && !line.name().isEmpty()) {
            boolean symbols = FigureKeys.hasSymbols(figure, line);
            looks.add(List.of(keys.stroke(line), symbols ? line.colour() : Figure.INK));
          }
        }
        assertThat(looks).as(image.name()).doesNotHaveDuplicates();
      }
    }
  }

  private static double different(BufferedImage a, BufferedImage b) {
    if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
      return 1;
    }
    long count = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        int one = a.getRGB(x, y);
        int other = b.getRGB(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          if (Math.abs((one >> shift & 255) - (other >> shift & 255)) > VISIBLE) {
            count++;
            break;
          }
        }
      }
    }
    return (double) count / a.getWidth() / a.getHeight();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      return Stream.concat(
              files.filter(file -> file.toString().endsWith(".md")),
              Stream.of(DOCS.resolveSibling("README.md")))
          .toList();
    }
  }

  private static List<String> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("images"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .toList();
    }
  }
}
