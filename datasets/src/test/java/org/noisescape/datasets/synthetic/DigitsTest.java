package org.noisescape.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DigitsTest {
  private static final int N = 4_000;

  /** Images and labels of one drawing. */
  private static final class Drawn {
    private final byte[] pixels;
    private final int[] labels;

    Drawn(Digits digits, int first, int count) {
      pixels = new byte[count * Digits.PIXELS];
      labels = new int[count];
      digits.draw(first, count, pixels, labels);
    }

    double pixel(int sample, int pixel) {
      return (pixels[sample * Digits.PIXELS + pixel] & 0xFF) / 255.0;
    }
  }

  @Test
  void sampleDoesNotDependOnTheRangeDrawn() {
    Digits digits = new Digits(3, 0);
    Drawn many = new Drawn(digits, 0, 600);
    Drawn some = new Drawn(digits, 517, 20);

    assertThat(some.labels).isEqualTo(Arrays.copyOfRange(many.labels, 517, 537));
    assertThat(some.pixels)
        .isEqualTo(Arrays.copyOfRange(many.pixels, 517 * Digits.PIXELS, 537 * Digits.PIXELS));
  }

  @Test
  void partsAndSeedsDiffer() {
    Drawn train = new Drawn(new Digits(3, 0), 0, 1);
    assertThat(new Drawn(new Digits(3, 1), 0, 1).pixels).isNotEqualTo(train.pixels);
    assertThat(new Drawn(new Digits(4, 0), 0, 1).pixels).isNotEqualTo(train.pixels);
  }

  @Test
  void classesAreAboutEquallyFrequent() {
    int[] counts = new int[10];
    for (int label : new Drawn(new Digits(0, 0), 0, N).labels) {
      counts[label]++;
    }
    double deviation = Math.sqrt(N * 0.1 * 0.9);
    for (int count : counts) {
      assertThat((double) count).isCloseTo(N / 10.0, within(5 * deviation));
    }
  }

  @Test
  void everyImageHasInkAndItsRimIsNearlyEmpty() {
    Drawn drawn = new Drawn(new Digits(0, 0), 0, N);
    double rim = 0;
    for (int i = 0; i < N; i++) {
      double ink = 0;
      for (int pixel = 0; pixel < Digits.PIXELS; pixel++) {
        ink += drawn.pixel(i, pixel);
      }
      for (int column = 0; column < Digits.EXTENT; column++) {
        rim += drawn.pixel(i, column) / (N * Digits.EXTENT);
      }
      assertThat(ink / Digits.PIXELS).isBetween(0.03, 0.4);
    }
    assertThat(rim).isLessThan(0.05);
  }

  /**
   * The nearest class mean, a classifier without parameters, is right far more often than by chance
   * (0.1) and far from always: the classes differ and the problem is not trivial.
   */
  @Test
  void classMeansTellMostDigitsApartButNotAll() {
    Drawn train = new Drawn(new Digits(0, 0), 0, N);
    Drawn test = new Drawn(new Digits(0, 1), 0, 1_000);
    double[][] means = new double[10][Digits.PIXELS];
    int[] counts = new int[10];
    for (int i = 0; i < N; i++) {
      counts[train.labels[i]]++;
      for (int pixel = 0; pixel < Digits.PIXELS; pixel++) {
        means[train.labels[i]][pixel] += train.pixel(i, pixel);
      }
    }
    int right = 0;
    for (int i = 0; i < 1_000; i++) {
      int best = -1;
      double nearest = Double.MAX_VALUE;
      for (int digit = 0; digit < 10; digit++) {
        double distance = 0;
        for (int pixel = 0; pixel < Digits.PIXELS; pixel++) {
          double difference = test.pixel(i, pixel) - means[digit][pixel] / counts[digit];
          distance += difference * difference;
        }
        if (distance < nearest) {
          nearest = distance;
          best = digit;
        }
      }
      right += best == test.labels[i] ? 1 : 0;
    }
    assertThat(right / 1_000.0).isBetween(0.6, 0.92);
  }

  @Test
  void tooSmallDestinationIsRefused() {
    assertThatThrownBy(
            () -> new Digits(0, 0).draw(0, 2, new byte[2 * Digits.PIXELS - 1], new int[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void penCoversAPixelByTheDistanceOfItsEdge() {
    Canvas canvas = new Canvas(7);

    canvas.segment(1.5, 3.5, 5.5, 3.5, 1.2);

    assertThat(canvas.ink(3 * 7 + 3)).isEqualTo(1);
    assertThat(canvas.ink(2 * 7 + 3)).isCloseTo(0.7, within(1e-12));
    assertThat(canvas.ink(7 + 3)).isZero();
    assertThat(canvas.ink(3 * 7)).isCloseTo(0.7, within(1e-12));
    assertThat(canvas.ink(2 * 7 + 6)).isCloseTo(1.7 - Math.sqrt(2), within(1e-12));
  }
}
