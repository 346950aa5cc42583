package org.noisescape.objective;

import org.noisescape.tensor.ViewGeometry;

/** Left and right exchanged with probability ½, as {@code RandomHorizontalFlip()}. */
record RandomFlip() implements PictureRule {
  @Override
  public String text() {
    return "flip";
  }

  @Override
  public ViewGeometry views(ViewGeometry before) {
    Cutout.requireAfter(before, text());
    return before.withMirror();
  }
}
