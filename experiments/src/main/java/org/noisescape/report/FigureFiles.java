package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;

/** Draws figures into a folder as {@code NAME.svg} and {@code NAME.png}, with an index. */
public final class FigureFiles {
  /** Folder of the figures within a run folder. */
  public static final String FOLDER = "figures";

  static final String INDEX = "figures.json";

  private static final String NO_FONTS =
      "Not drawn: Java finds no fonts here. Install fontconfig and a TrueType font, such as the"
          + " packages fontconfig and fonts-dejavu-core, and write the report again.";
  private static final double PNG_SCALE = 2;

  private static final boolean FONTS;

  /** A figure that was drawn. */
  record Drawn(String name, String title, String caption, String svg) {}

  static {
    // no screen is needed, nor looked for; must be set before the first AWT class loads
    System.setProperty("java.awt.headless", "true");
    FONTS = fonts();
  }

  private FigureFiles() {}

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
      if (!drawn.svg().isEmpty()) {
        WholeFile.write(
            folder.resolve(figure.name() + ".png"), encoded(png(FigureDrawing.chart(figure))));
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
      return new Drawn(figure.name(), figure.title(), NO_FONTS, "");
    }
    String svg = svg(FigureDrawing.chart(figure), figure.name());
    return new Drawn(figure.name(), figure.title(), figure.caption(), svg);
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
      Path file = InputFile.within(run, FOLDER + "/" + name + ".svg");
      drawn.add(new Drawn(name, fields.text("title"), fields.text("caption"), PlainSvg.read(file)));
    }
    return drawn;
  }

  private static byte[] encoded(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return bytes.toByteArray();
  }

  private static String svg(JFreeChart chart, String name) {
    int width = PlotStyle.WIDTH;
    int height = PlotStyle.HEIGHT;
    SVGGraphics2D graphics = new SVGGraphics2D(width, height);
    graphics.setDefsKeyPrefix(name + "-");
    graphics.setGeomDoubleConverter(value -> String.format(Locale.ROOT, "%.2f", value));
    chart.setElementHinting(false);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    return graphics.getSVGElement(
        null,
        true,
        new ViewBox(0, 0, width, height),
        PreserveAspectRatio.XMID_YMID,
        MeetOrSlice.MEET);
  }

  private static BufferedImage png(JFreeChart chart) {
    int width = (int) (PNG_SCALE * PlotStyle.WIDTH);
    int height = (int) (PNG_SCALE * PlotStyle.HEIGHT);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, PlotStyle.WIDTH, PlotStyle.HEIGHT));
    graphics.dispose();
    return image;
  }
}
