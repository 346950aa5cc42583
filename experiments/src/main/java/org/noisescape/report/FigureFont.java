package org.noisescape.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The one font of all figures, which comes with the program: DejaVu Sans with a script capital N.
 *
 * <p>In an SVG the text stays text. Its families are those that look alike, then any without
 * serifs; where none of them is there, the text keeps the width it was laid out with.
 */
final class FigureFont {
  /** Families of a drawing's text, by preference; all of one width but the last. */
  static final String FAMILIES = "Noisescape Sans, DejaVu Sans, Verdana, sans-serif";

  private static final String FILE = "figures.ttf";

  /** Of users' own names in scripts that the font has not. */
  private static final Font OTHER = new Font(Font.SANS_SERIF, Font.PLAIN, 1);

  private static final Font FONT = load();

  private FigureFont() {}

  /** The font of a size, in points. */
  static Font of(double size) {
    return FONT.deriveFont((float) size);
  }

  /** The font a text is drawn with: the given one, or Java's own where a letter is not in it. */
  static Font holding(String text, Font font) {
    return font.canDisplayUpTo(text) < 0 ? font : OTHER.deriveFont(font.getSize2D());
  }

  /** Its file. */
  static InputStream file() {
    return FigureFont.class.getResourceAsStream(FILE);
  }

  private static Font load() {
    try (InputStream in = file()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(FILE, e);
    }
  }
}
