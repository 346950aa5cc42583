package org.noisescape.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.download.Digest;
import org.noisescape.datasets.synthetic.Digits;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * How many of the procedural digits to draw, and from which seed.
 *
 * @param train training images
 * @param test test images, 0 for none
 * @param seed of the drawings
 */
record DigitsSpec(int train, int test, long seed) {
  static final int DEFAULT_TRAIN = 10_000;
  static final int DEFAULT_TEST = 2_000;

  private static final int MOST = 1_000_000;

  static DigitsSpec parse(String options) {
    SpecOptions parsed = new SpecOptions("digits", options, known());
    return new DigitsSpec(
        parsed.integer("train", DEFAULT_TRAIN, 1, MOST),
        parsed.integer("test", DEFAULT_TEST, 0, MOST),
        parsed.seed("seed"));
  }

  /** Its own options, and for messages those of every set of images. */
  private static List<String> known() {
    List<String> known = new ArrayList<>(List.of("train", "test", "seed"));
    known.addAll(DataSpec.TRANSFORMS);
    return known;
  }

  DatasetPair load(String name) {
    return new DatasetPair(
        draw(name, Split.TRAIN, train),
        test == 0 ? Optional.empty() : Optional.of(draw(name, Split.TEST, test)));
  }

  private Dataset draw(String name, Split split, int count) {
    Digits digits = new Digits(seed, split == Split.TRAIN ? 0 : 1);
    int size = Sizes.product("pixels of digits", "choose fewer images", count, Digits.PIXELS);
    JavaHeap.require(size + (long) Integer.BYTES * count, name, "choose fewer images");
    byte[] pixels = new byte[size];
    int[] labels = new int[count];
    digits.draw(0, count, pixels, labels);
    return Dataset.ofClasses(
            name,
            split,
            new int[] {1, Digits.EXTENT, Digits.EXTENT},
            new PixelFeatures(pixels, count, Digits.PIXELS),
            labels,
            ClassNames.DIGITS)
        .withDigests(
            Map.of(
                "digits-" + (split == Split.TRAIN ? "train" : "test"),
                Digest.sha256(pixels).toString()));
  }
}
