package org.noisescape.datasets.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The contents of a PNG or JPEG file; its extents are known before anything is decoded.
 *
 * <p>Numbers are taken as they are stored, as by Pillow's {@code convert("RGB")}: colour profiles
 * and gamma are not applied, transparency is left out, a palette is looked up, grey makes three
 * equal channels, and a camera's note about orientation is not followed. More than 8 bits a channel
 * and four inks (CMYK) are refused.
 */
public final class PictureFile implements AutoCloseable {
  /** The most pixels of a picture; what claims more is refused before it is decoded. */
  public static final long MOST_PIXELS = 1L << 26;

  /** The most bytes of a file. */
  public static final int MOST_BYTES = 1 << 26;

  private static final int RGB = 3;

  private final ImageReader reader;
  private final List<String> warnings = new ArrayList<>();
  private final int width;
  private final int height;

  /** Reads the header. */
  public PictureFile(byte[] contents) throws PictureException {
    PictureFormat format = PictureFormat.of(contents);
    byte[] checked = format.checked(contents);
    this.reader =
        ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT)).next();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    try {
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(checked)), true, true);
      this.width = reader.getWidth(0);
      this.height = reader.getHeight(0);
    } catch (IOException | RuntimeException e) {
      reader.dispose();
      throw damaged(e);
    }
    if ((long) width * height > MOST_PIXELS) {
      reader.dispose();
      throw new PictureException(
          "claims %d x %d pixels, at most %d are decoded".formatted(height, width, MOST_PIXELS));
    }
  }

  /** Columns of pixels. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /**
   * Decodes the picture.
   *
   * @throws PictureException where it is damaged, truncated, or of a kind that is refused
   */
  public Picture decode() throws PictureException {
    BufferedImage image;
    try {
      if (reader.getImageTypes(0).next().getColorModel().getNumColorComponents() > RGB) {
        throw new PictureException("has four inks (CMYK): convert it to RGB");
      }
      image = reader.read(0);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    if (!warnings.isEmpty()) {
      throw new PictureException("is damaged: " + warnings.getFirst());
    }
    return new Picture(width, height, rgb(image));
  }

  private byte[] rgb(BufferedImage image) throws PictureException {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    IndexColorModel palette = colours instanceof IndexColorModel indexed ? indexed : null;
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE) {
      throw new PictureException(
          "has 16 bits a channel: convert it to 8, or give the numbers as an npz");
    }
    int bands = raster.getNumBands();
    byte[] rgb = new byte[RGB * width * height];
    int[] row = new int[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = RGB * (y * width + x);
        int first = row[bands * x];
        for (int channel = 0; channel < RGB; channel++) {
          int value = bands < RGB ? first : row[bands * x + channel];
          rgb[at + channel] = (byte) (palette == null ? value : entry(palette, channel, first));
        }
      }
    }
    return rgb;
  }

  private static int entry(IndexColorModel palette, int channel, int index)
      throws PictureException {
    if (index >= palette.getMapSize()) {
      throw new PictureException("is damaged: colour %d is not in its palette".formatted(index));
    }
    return switch (channel) {
      case 0 -> palette.getRed(index);
      case 1 -> palette.getGreen(index);
      default -> palette.getBlue(index);
    };
  }

  private static PictureException damaged(Exception e) {
    if (e instanceof PictureException known) {
      return known;
    }
    String said =
        e.getMessage() == null ? "" : e.getMessage().strip().replaceFirst("(?s)\\R.*", "");
    return new PictureException(said.isEmpty() ? "is damaged" : "is damaged: " + said);
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
