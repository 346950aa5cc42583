package org.noisescape.report;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.font.GlyphVector;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator;

/**
 * A canvas on which every text is a {@link Label}, measured and drawn as one, whatever file is
 * drawn into.
 */
final class LabelCanvas extends ForwardingCanvas {
  /** Whether texts are handed on as they are written, for {@link FigureSvg} to set. */
  private final boolean verbatim;

  private LabelCanvas(Graphics2D target, boolean verbatim) {
    super(target);
    this.verbatim = verbatim;
  }

  /** Draws the runs of each label. */
  static LabelCanvas drawing(Graphics2D target) {
    return new LabelCanvas(target, false);
  }

  /** Measures labels, and hands them on in their notation. */
  static LabelCanvas measuring(Graphics2D target) {
    return new LabelCanvas(target, true);
  }

  @Override
  public Graphics create() {
    return new LabelCanvas((Graphics2D) target.create(), verbatim);
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (!Float.isFinite(x) || !Float.isFinite(y)) {
      // beside a logarithmic axis: there is no such place
      return;
    }
    if (verbatim) {
      target.drawString(text, x, y);
    } else {
      Label.of(text).draw(target, getFont(), x, y);
    }
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    throw new UnsupportedOperationException("a label is a text");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    throw new UnsupportedOperationException("a label is written in one notation");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw new UnsupportedOperationException("a label is written in one notation");
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return new Metrics(font, target.getFontMetrics(font));
  }

  /** Widths of labels; heights of their lines. */
  private final class Metrics extends FontMetrics {
    private static final long serialVersionUID = 1;

    private final transient FontMetrics line;

    Metrics(Font font, FontMetrics line) {
      super(font);
      this.line = line;
    }

    @Override
    public int stringWidth(String text) {
      return (int) Math.ceil(Label.of(text).width(font, getFontRenderContext()));
    }

    @Override
    public Rectangle2D getStringBounds(String text, Graphics context) {
      double width = Label.of(text).width(font, LabelCanvas.this.getFontRenderContext());
      return new Rectangle2D.Double(0, -getAscent(), width, getHeight());
    }

    @Override
    public int getAscent() {
      return line.getAscent();
    }

    @Override
    public int getDescent() {
      return line.getDescent();
    }

    @Override
    public int getLeading() {
      return line.getLeading();
    }

    @Override
    public int getHeight() {
      return line.getHeight();
    }
  }
}
