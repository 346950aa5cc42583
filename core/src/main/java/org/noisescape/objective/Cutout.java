package org.noisescape.objective;

import org.noisescape.tensor.ViewGeometry;

/**
 * A square of zeros around a pixel drawn uniformly from the picture, cut off at its edges.
 *
 * <p>Zeros are those of the stored numbers: the mean of the channel where features are
 * standardized, black where they are not. Source: DeVries and Taylor (2017), section 3.2, who place
 * the square so in their code; of a side s that is even, rows v − s/2, …, v + s/2 − 1.
 *
 * @param side s
 */
record Cutout(int side) implements PictureRule {
  @Override
  public String text() {
    return "cutout:" + side;
  }

  @Override
  public ViewGeometry views(ViewGeometry before) {
    int smallest = Math.min(before.height(), before.width());
    if (side >= smallest) {
      throw new IllegalArgumentException(
          "%s: the square must be smaller than the pictures, which have %d×%d pixels: choose at most %d"
              .formatted(text(), before.height(), before.width(), smallest - 1));
    }
    return before.withHole(side);
  }

  /** Refuses a view of a picture that has its hole already. */
  static void requireAfter(ViewGeometry before, String text) {
    if (before.hole() > 0) {
      throw new IllegalArgumentException(
          "cutout before %s: cutout is done to what %s leaves, write it behind"
              .formatted(text, text));
    }
  }
}
