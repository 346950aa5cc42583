package org.noisescape.datasets.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a picture gets other extents: every new pixel is a weighted mean of the old ones around its
 * centre. Shrinking widens the weights by the factor of shrinking (antialiasing).
 *
 * <p>Pixel for pixel that of Pillow's {@code Image.resize} on 8 bits a channel: weights in float64,
 * then in multiples of 2⁻²², sums rounded to bytes after the rows and again after the columns.
 * Source: Pillow 9.4, {@code src/libImaging/Resample.c}.
 */
public enum PictureFilter {
  /** The mean over the new pixel's area, its ends rounded to whole pixels. */
  BOX(0.5),
  /** Linear interpolation, {@code 1 − |x|}. */
  BILINEAR(1),
  /** Cubic interpolation with a = −1/2 (Keys 1981). */
  BICUBIC(2);

  private static final int PRECISION = 22;
  private static final double CUBIC = -0.5;
  private static final int WHITE = 255;

  private final double support;

  PictureFilter(double support) {
    this.support = support;
  }

  /** The name users write. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names users may write. */
  public static List<String> options() {
    return Arrays.stream(values()).map(PictureFilter::option).toList();
  }

  /** The filter of a name among {@link #options()}. */
  public static PictureFilter named(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT));
  }

  private double weight(double signed) {
    double x = Math.abs(signed);
    return switch (this) {
      case BOX -> signed > -support && signed <= support ? 1 : 0;
      case BILINEAR -> x < 1 ? 1 - x : 0;
      case BICUBIC ->
          x < 1
              ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
              : x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    };
  }

  /** The picture with other extents. */
  Picture resize(Picture picture, int width, int height) {
    Picture wide = picture;
    if (width != picture.width()) {
      byte[] rgb = new byte[Picture.CHANNELS * width * picture.height()];
      int from = Picture.CHANNELS * picture.width();
      int to = Picture.CHANNELS * width;
      new Line(picture.width(), width)
          .apply(
              picture.rgb(),
              from,
              Picture.CHANNELS,
              rgb,
              to,
              Picture.CHANNELS,
              picture.height(),
              Picture.CHANNELS);
      wide = new Picture(width, picture.height(), rgb);
    }
    if (height == wide.height()) {
      return wide;
    }
    int row = Picture.CHANNELS * width;
    byte[] rgb = new byte[row * height];
    new Line(wide.height(), height).apply(wide.rgb(), 0, row, rgb, 0, row, 1, row);
    return new Picture(width, height, rgb);
  }

  /** The weights of one axis. */
  private final class Line {
    private final int outputs;
    private final int[] first;
    private final int[][] weights;

    Line(int inputs, int outputs) {
      this.outputs = outputs;
      this.first = new int[outputs];
      this.weights = new int[outputs][];
      double scale = (double) inputs / outputs;
      double stretch = Math.max(1, scale);
      double reach = support * stretch;
      double unit = 1 / stretch;
      for (int i = 0; i < outputs; i++) {
        double centre = (i + 0.5) * scale;
        int begin = Math.max(0, (int) (centre - reach + 0.5));
        int end = Math.min(inputs, (int) (centre + reach + 0.5));
        double[] exact = new double[end - begin];
        double sum = 0;
        for (int j = 0; j < exact.length; j++) {
          exact[j] = weight((j + begin - centre + 0.5) * unit);
          sum += exact[j];
        }
        first[i] = begin;
        weights[i] = new int[exact.length];
        for (int j = 0; j < exact.length; j++) {
          double share = sum == 0 ? exact[j] : exact[j] / sum;
          double steps = share * (1 << PRECISION);
          weights[i][j] = (int) (steps < 0 ? steps - 0.5 : steps + 0.5);
        }
      }
    }

    /**
     * Filters lines.
     *
     * @param lineFrom distance of lines of the input
     * @param stepFrom distance of neighbours on a line of the input
     * @param lineTo distance of lines of the output
     * @param stepTo distance of neighbours on a line of the output
     * @param lines number of lines
     * @param values that lie side by side at each place of a line
     */
    void apply(
        byte[] from,
        int lineFrom,
        int stepFrom,
        byte[] to,
        int lineTo,
        int stepTo,
        int lines,
        int values) {
      for (int line = 0; line < lines; line++) {
        for (int i = 0; i < outputs; i++) {
          int[] shares = weights[i];
          int begin = line * lineFrom + first[i] * stepFrom;
          int at = line * lineTo + i * stepTo;
          for (int value = 0; value < values; value++) {
            int sum = 1 << (PRECISION - 1);
            for (int j = 0; j < shares.length; j++) {
              sum += (from[begin + j * stepFrom + value] & 0xff) * shares[j];
            }
            to[at + value] = (byte) Math.clamp(sum >> PRECISION, 0, WHITE);
          }
        }
      }
    }
  }
}
