package org.noisescape.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** A figure as SVG, PNG and PDF: the same drawing, with the same letters, in all three. */
final class FigureOutput {
  private static final Pattern TEXT =
      Pattern.compile(
          "<text (?<attributes>[^>]*font-size: (?<size>[0-9.]+)px[^>]*)>(?<label>[^<]*)<");

  /**
   * Markup and where in it the data lie.
   *
   * @param markup an SVG
   * @param geometry in its coordinates
   */
  record Svg(String markup, PlotGeometry geometry) {}

  private FigureOutput() {}

  /** The drawing as an SVG whose text is text. */
  static Svg svg(Figure figure, PlotStyle style) {
    FigureDrawing drawing = FigureDrawing.of(figure, style);
    SVGGraphics2D graphics = new SVGGraphics2D(drawing.width(), drawing.height());
    graphics.setDefsKeyPrefix(figure.name() + "-");
    graphics.setGeomDoubleConverter(value -> String.format(Locale.ROOT, "%.2f", value));
    graphics.setFontFunction(family -> FigureFont.FAMILIES);
    PlotGeometry geometry = drawing.draw(LabelCanvas.measuring(graphics));
    String markup =
        graphics.getSVGElement(
            null,
            true,
            new ViewBox(0, 0, drawing.width(), drawing.height()),
            PreserveAspectRatio.XMID_YMID,
            MeetOrSlice.MEET);
    return new Svg(withLabels(markup), geometry);
  }

  /** The drawing as a PNG. */
  static byte[] png(Figure figure, PlotStyle style) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image(figure, style), "png", out);
    }
    return bytes.toByteArray();
  }

  /** The drawing as pixels. */
  static BufferedImage image(Figure figure, PlotStyle style) {
    FigureDrawing drawing = FigureDrawing.of(figure, style);
    BufferedImage image =
        new BufferedImage(
            (int) (style.dots() * drawing.width()),
            (int) (style.dots() * drawing.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(style.dots(), style.dots());
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    drawing.draw(LabelCanvas.drawing(graphics));
    graphics.dispose();
    return image;
  }

  /** The drawing as a PDF of its size, the letters of its font in it. */
  static byte[] pdf(Figure figure, PlotStyle style) throws IOException {
    FigureDrawing drawing = FigureDrawing.of(figure, style);
    try (PDDocument document = new PDDocument();
        InputStream font = FigureFont.file()) {
      // the same bytes for the same figure
      document.setDocumentId(0L);
      PDPage page = new PDPage(new PDRectangle(drawing.width(), drawing.height()));
      document.addPage(page);
      document.getDocumentInformation().setTitle(figure.title());
      PdfBoxGraphics2DFontTextDrawer letters = new PdfBoxGraphics2DFontTextDrawer();
      letters.registerFont(FigureFont.of(1).getName(), font);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, drawing.width(), drawing.height());
      graphics.setFontTextDrawer(letters);
      drawing.draw(LabelCanvas.drawing(graphics));
      graphics.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  /** Texts in the notation of labels become runs, as wide as they were laid out. */
  private static String withLabels(String markup) {
    return TEXT.matcher(markup)
        .replaceAll(
            text -> {
              double size = Double.parseDouble(text.group("size"));
              Label label = Label.of(text.group("label"));
              return Matcher.quoteReplacement(
                  "<text %s>%s<".formatted(text.group("attributes"), label.svg(size)));
            });
  }
}
