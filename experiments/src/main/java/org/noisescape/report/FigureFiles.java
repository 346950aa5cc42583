package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;

/**
 * Draws figures into a folder as {@code NAME.svg} and {@code NAME.png} beside their data, {@code
 * NAME.json}, with an index.
 */
public final class FigureFiles {
  /** Folder of the figures within a run folder. */
  public static final String FOLDER = "figures";

  static final String INDEX = "figures.json";

  private static final String NO_FONTS =
      "Not drawn: Java finds no fonts here. Install fontconfig and a TrueType font, such as the"
          + " packages fontconfig and fonts-dejavu-core, and write the report again.";

  private static final boolean FONTS;

  /**
   * A figure that was drawn.
   *
   * @param name file name without ending
   * @param title short title
   * @param caption what is seen
   * @param svg the drawing; empty where there were no fonts
   * @param figure what was drawn, where its data are there
   * @param geometry where in the drawing the data lie, where that is known
   */
  record Drawn(
      String name,
      String title,
      String caption,
      String svg,
      Optional<Figure> figure,
      Optional<PlotGeometry> geometry) {
    /** A drawing alone, as versions before 0.3 left it. */
    Drawn(String name, String title, String caption, String svg) {
      this(name, title, caption, svg, Optional.empty(), Optional.empty());
    }

    /** The same under another title. */
    Drawn titled(String other) {
      return new Drawn(name, other, caption, svg, figure, geometry);
    }
  }

  static {
    // no screen is needed, nor looked for; must be set before the first AWT class loads
    System.setProperty("java.awt.headless", "true");
    FONTS = fonts();
  }

  private FigureFiles() {}

  /**
   * Loads, beside other work, what drawing takes: Java cannot load a font any more while it shuts
   * down, when what a stopped run has is drawn.
   */
  public static void prepare() {
    Thread loader =
        new Thread(
            () -> {
              if (FONTS) {
                FigureFont.of(1);
              }
            },
            "fonts");
    loader.setDaemon(true);
    loader.start();
  }

  /**
   * Draws figures into {@code run/figures}, replacing those of the same names.
   *
   * <p>Where Java finds no fonts nothing is drawn, and the report says so.
   *
   * @throws IOException where the folder cannot be written
   */
  public static void write(Path run, List<Figure> figures) throws IOException {
    Path folder = WholeFile.folder(InputFile.within(run, FOLDER));
    ArrayNode index = JsonFile.MAPPER.createArrayNode();
    for (Figure figure : figures) {
      Drawn drawn = draw(figure);
      ObjectNode entry = index.addObject();
      entry.put("name", drawn.name());
      entry.put("title", drawn.title());
      entry.put("caption", drawn.caption());
      WholeFile.write(folder.resolve(figure.name() + ".svg"), drawn.svg() + "\n");
      JsonFile.write(
          folder.resolve(figure.name() + FigureData.ENDING),
          FigureData.of(figure, drawn.geometry()));
      if (!drawn.svg().isEmpty()) {
        pictures(folder, figure, PlotStyle.SCREEN);
      }
    }
    WholeFile.write(folder.resolve(INDEX), index.toPrettyString() + "\n");
  }

  /** Draws the figures of a training and keeps them in its folder where that can be written. */
  static List<Drawn> drawTraining(Path run, List<Figure> figures) throws IOException {
    if (Files.isWritable(run)) {
      write(run, figures);
      return read(run);
    }
    return figures.stream().map(FigureFiles::draw).toList();
  }

  /** Draws a figure and keeps nothing. */
  static Drawn draw(Figure figure) {
    if (!FONTS) {
      return new Drawn(
          figure.name(), figure.title(), NO_FONTS, "", Optional.of(figure), Optional.empty());
    }
    FigureOutput.Svg svg = FigureOutput.svg(figure, PlotStyle.SCREEN);
    return new Drawn(
        figure.name(),
        figure.title(),
        figure.caption(),
        svg.markup(),
        Optional.of(figure),
        Optional.of(svg.geometry()));
  }

  /**
   * Draws figures once more in another style, into {@code figures/STYLE} of their run folder.
   *
   * @return that folder
   * @throws IllegalArgumentException in one line where there are no data to draw
   */
  static Path restyle(Path run, List<Drawn> drawn, PlotStyle style) throws IOException {
    List<Figure> figures = drawn.stream().flatMap(each -> each.figure().stream()).toList();
    if (figures.isEmpty()) {
      throw new IllegalArgumentException(
          run
              + " has no data of figures, "
              + FOLDER
              + "/NAME"
              + FigureData.ENDING
              + ": a program before 0.3 wrote it, or nothing is drawn of it");
    }
    if (!FONTS) {
      throw new IllegalArgumentException(NO_FONTS);
    }
    Path folder = WholeFile.folder(InputFile.within(run, FOLDER + "/" + style.name()));
    for (Figure figure : figures) {
      WholeFile.write(
          folder.resolve(figure.name() + ".svg"), FigureOutput.svg(figure, style).markup() + "\n");
      pictures(folder, figure, style);
    }
    return folder;
  }

  /** A drawing as PNG and PDF. */
  private static void pictures(Path folder, Figure figure, PlotStyle style) throws IOException {
    WholeFile.write(folder.resolve(figure.name() + ".png"), FigureOutput.png(figure, style));
    WholeFile.write(folder.resolve(figure.name() + ".pdf"), FigureOutput.pdf(figure, style));
  }

  /** AWT without fontconfig or without fonts fails in several ways, errors among them. */
  private static boolean fonts() {
    try {
      return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  /** The figures of a run folder in their order; none where none were drawn. */
  static List<Drawn> read(Path run) throws IOException {
    List<Drawn> drawn = new ArrayList<>();
    Path index = InputFile.within(run, FOLDER + "/" + INDEX);
    if (!Files.exists(index)) {
      return drawn;
    }
    JsonNode entries = JsonFile.read(index);
    if (!entries.isArray()) {
      throw new WrongFile(index, "must hold a JSON list, [...]");
    }
    for (JsonNode entry : entries) {
      Fields fields = Fields.of(index, entry);
      String name = fields.text("name");
      if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
        throw fields.wrong("name", "letters, digits, '-', '_' and '.'");
      }
      String svg = PlainSvg.read(InputFile.within(run, FOLDER + "/" + name + ".svg"));
      Path data = InputFile.within(run, FOLDER + "/" + name + FigureData.ENDING);
      Optional<StoredFigure> stored = Optional.empty();
      if (Files.exists(data)) {
        stored = Optional.of(StoredFigure.read(data));
        if (!stored.get().figure().name().equals(name)) {
          throw Fields.read(data).wrong("name", "the file's own, '" + name + "'");
        }
      }
      drawn.add(
          new Drawn(
              name,
              fields.text("title"),
              fields.text("caption"),
              svg,
              stored.map(StoredFigure::figure),
              stored.flatMap(StoredFigure::geometry)));
    }
    return drawn;
  }
}
