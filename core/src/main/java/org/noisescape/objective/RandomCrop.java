package org.noisescape.objective;

import org.noisescape.tensor.ViewGeometry;

/**
 * A window of the picture's size at a random place of the picture with a black border, as {@code
 * torchvision.transforms.RandomCrop(size, padding)}: both offsets uniform on 0, …, 2p.
 *
 * @param padding p, pixels of the border on each side
 */
record RandomCrop(int padding) implements PictureRule {
  @Override
  public String text() {
    return "crop:" + padding;
  }

  @Override
  public ViewGeometry views(ViewGeometry before) {
    Cutout.requireAfter(before, text());
    int smallest = Math.min(before.height(), before.width());
    if (padding >= smallest) {
      throw new IllegalArgumentException(
          "%s: the border must be narrower than the pictures, which have %d×%d pixels: choose at most %d"
              .formatted(text(), before.height(), before.width(), smallest - 1));
    }
    return before.withPadding(padding);
  }
}
