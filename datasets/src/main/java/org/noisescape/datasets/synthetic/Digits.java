package org.noisescape.datasets.synthetic;

import java.util.Objects;
import java.util.stream.IntStream;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Digits drawn by code: 28×28 grey, ten classes of about equal frequency, no fonts, no files.
 *
 * <p>A sample draws its digit and one of the ways to write it ({@link DigitStyles}); bends the
 * strokes by a smooth random displacement; stretches, shears, rotates and shifts them; inks them
 * with a pen of random width; and adds noise to every pixel. Equation of a stroke point p in
 * pixels: 14 + t + R(φ) · Shear(s) · diag(a, b) · (p + u(p) − ½), u(p) a sum of two plane sine
 * waves.
 *
 * <p>Shapes: pixels (n, 1, 28, 28) bytes, labels (n). Sample i of (seed, part) is the same on every
 * platform, thread count and range drawn.
 */
public final class Digits {
  /** Height and width in pixels. */
  public static final int EXTENT = 28;

  /** Pixels an image. */
  public static final int PIXELS = EXTENT * EXTENT;

  private static final int CLASSES = 10;
  private static final int STEPS_A_PIECE = 5;

  // Each is the largest departure; all are uniform. Chosen so that a linear classifier gets about
  // nine in ten right and a small network nearly all.
  private static final double ROTATION = 0.3;
  private static final double SHEAR = 0.34;
  private static final double SHIFT = 2.0;
  private static final double SCALE = 22.0;
  private static final double SCALE_SPREAD = 0.15;
  private static final double ASPECT_SPREAD = 0.16;
  private static final double BEND = 0.03;
  private static final double LEAST_RADIUS = 1.0;
  private static final double RADIUS_SPREAD = 0.7;
  private static final double LEAST_DARKNESS = 190;
  private static final double NOISE = 8;

  private final RandomKey key;

  /**
   * The digits of a seed.
   *
   * @param part 0 for training, 1 for test: different parts share no draws
   */
  public Digits(long seed, int part) {
    this.key = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, part);
  }

  /**
   * Draws samples first, …, first + count − 1.
   *
   * @param pixels receives (count, 28, 28) unsigned bytes
   * @param labels receives (count) digits
   */
  public void draw(int first, int count, byte[] pixels, int[] labels) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, PIXELS), pixels.length);
    Objects.checkFromIndexSize(0, count, labels.length);
    int chunk = 256;
    IntStream.range(0, Math.ceilDiv(count, chunk))
        .parallel()
        .forEach(
            index -> {
              Canvas canvas = new Canvas(EXTENT);
              int end = Math.min(count, (index + 1) * chunk);
              for (int i = index * chunk; i < end; i++) {
                labels[i] = draw(first + i, canvas, pixels, i * PIXELS);
              }
            });
  }

  private int draw(int sample, Canvas canvas, byte[] pixels, int offset) {
    RandomStream random = key.stream(sample);
    int digit = random.nextInt(CLASSES);
    int style = random.nextInt(DigitStyles.count(digit));
    Pen pen = new Pen(random);
    canvas.clear();
    for (DigitStyles.Stroke stroke : DigitStyles.strokes(digit, style)) {
      pen.draw(stroke, canvas);
    }
    double darkness = LEAST_DARKNESS + (255 - LEAST_DARKNESS) * random.nextDouble();
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      double value = darkness * canvas.ink(pixel) + NOISE * bellShaped(random.nextInt());
      pixels[offset + pixel] = (byte) (int) Math.clamp(value + 0.5, 0.0, 255.0);
    }
    return digit;
  }

  /** The sum of four bytes, brought to mean 0 and variance 1: nearly normal, and exact. */
  private static double bellShaped(int word) {
    int sum = (word & 0xFF) + (word >>> 8 & 0xFF) + (word >>> 16 & 0xFF) + (word >>> 24);
    return (sum - 510) / 147.8;
  }

  /** Uniform on (−largest, largest). */
  private static double around(RandomStream random, double largest) {
    return largest * (2 * random.nextDouble() - 1);
  }

  /** One person's hand: where points of the styles land, and how thick. */
  private static final class Pen {
    private final double[] bends = new double[2 * 5];
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;
    private final double shiftX;
    private final double shiftY;
    private final double radius;

    Pen(RandomStream random) {
      for (int wave = 0; wave < bends.length; wave += 5) {
        double angle = 2 * Math.PI * random.nextDouble();
        double waves = 2 * Math.PI * (0.5 + 0.8 * random.nextDouble());
        bends[wave] = around(random, 2 * BEND);
        bends[wave + 1] = around(random, 2 * BEND);
        bends[wave + 2] = waves * StrictMath.cos(angle);
        bends[wave + 3] = waves * StrictMath.sin(angle);
        bends[wave + 4] = 2 * Math.PI * random.nextDouble();
      }
      double scale = SCALE * (1 + around(random, SCALE_SPREAD));
      double aspect = around(random, ASPECT_SPREAD);
      double width = scale * (1 + aspect);
      double height = scale * (1 - aspect / 2);
      double angle = around(random, ROTATION);
      double shear = around(random, SHEAR);
      double cosine = StrictMath.cos(angle);
      double sine = StrictMath.sin(angle);
      xx = cosine * width;
      xy = (cosine * -shear - sine) * height;
      yx = sine * width;
      yy = (sine * -shear + cosine) * height;
      shiftX = EXTENT / 2.0 + around(random, SHIFT);
      shiftY = EXTENT / 2.0 + around(random, SHIFT);
      radius = LEAST_RADIUS + RADIUS_SPREAD * random.nextDouble();
    }

    void draw(DigitStyles.Stroke stroke, Canvas canvas) {
      int steps = stroke.smooth() ? STEPS_A_PIECE : 3;
      double[] from = land(stroke.x(0), stroke.y(0));
      for (int piece = 0; piece + 1 < stroke.size(); piece++) {
        for (int step = 1; step <= steps; step++) {
          double[] to = point(stroke, piece, (double) step / steps);
          canvas.segment(from[0], from[1], to[0], to[1], radius);
          from = to;
        }
      }
    }

    /** The point a fraction of the way from one point of a stroke to the next, in pixels. */
    private double[] point(DigitStyles.Stroke stroke, int piece, double t) {
      int last = stroke.size() - 1;
      int before = stroke.smooth() ? Math.max(0, piece - 1) : piece;
      int after = Math.min(last, piece + 2);
      if (!stroke.smooth()) {
        return land(
            stroke.x(piece) + t * (stroke.x(piece + 1) - stroke.x(piece)),
            stroke.y(piece) + t * (stroke.y(piece + 1) - stroke.y(piece)));
      }
      return land(
          catmullRom(stroke.x(before), stroke.x(piece), stroke.x(piece + 1), stroke.x(after), t),
          catmullRom(stroke.y(before), stroke.y(piece), stroke.y(piece + 1), stroke.y(after), t));
    }

    private double[] land(double x, double y) {
      double u = x - 0.5;
      double v = y - 0.5;
      for (int wave = 0; wave < bends.length; wave += 5) {
        double sine = StrictMath.sin(bends[wave + 2] * x + bends[wave + 3] * y + bends[wave + 4]);
        u += bends[wave] * sine;
        v += bends[wave + 1] * sine;
      }
      return new double[] {xx * u + xy * v + shiftX, yx * u + yy * v + shiftY};
    }

    /** Source: Catmull and Rom (1974), uniform, tension ½. */
    private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
      double slope = (p2 - p0) / 2;
      double curvature = p0 - 2.5 * p1 + 2 * p2 - 0.5 * p3;
      double third = (3 * (p1 - p2) + p3 - p0) / 2;
      return p1 + t * (slope + t * (curvature + t * third));
    }
  }
}
