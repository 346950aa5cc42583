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
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
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
  private static final double PNG_SCALE = 2;

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
      return new Drawn(
          figure.name(), figure.title(), NO_FONTS, "", Optional.of(figure), Optional.empty());
    }
    ChartRenderingInfo areas = new ChartRenderingInfo();
    JFreeChart chart = FigureDrawing.chart(figure);
    String svg = svg(chart, figure.name(), areas);
    return new Drawn(
        figure.name(),
        figure.title(),
        figure.caption(),
        svg,
        Optional.of(figure),
        Optional.of(geometry(figure, chart.getXYPlot(), areas)));
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

  private static PlotGeometry geometry(Figure figure, XYPlot plot, ChartRenderingInfo areas) {
    Rectangle2D area = areas.getPlotInfo().getDataArea();
    return new PlotGeometry(
        area.getX(),
        area.getY(),
        area.getWidth(),
        area.getHeight(),
        reach(figure.x(), plot.getDomainAxis()),
        reach(figure.y(), plot.getRangeAxis()));
  }

  private static PlotGeometry.Reach reach(Figure.Axis axis, ValueAxis drawn) {
    return new PlotGeometry.Reach(drawn.getLowerBound(), drawn.getUpperBound(), axis.scale());
  }

  private static byte[] encoded(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return bytes.toByteArray();
  }

  private static String svg(JFreeChart chart, String name, ChartRenderingInfo areas) {
    int width = PlotStyle.WIDTH;
    int height = PlotStyle.HEIGHT;
    SVGGraphics2D graphics = new SVGGraphics2D(width, height);
    graphics.setDefsKeyPrefix(name + "-");
    graphics.setGeomDoubleConverter(value -> String.format(Locale.ROOT, "%.2f", value));
    chart.setElementHinting(false);
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height), areas);
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
