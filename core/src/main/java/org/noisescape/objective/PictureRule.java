package org.noisescape.objective;

import org.noisescape.tensor.ViewGeometry;

/**
 * Something that is done to the pictures of every mini-batch, anew in each epoch: another view of
 * them, or a change of their numbers.
 *
 * <p>Views of a chain are taken together, in one pass, while the mini-batch is gathered; what
 * changes numbers comes after them.
 */
public interface PictureRule {
  /** How users write it. */
  String text();

  /**
   * The views that this and what stands before it take; the views before, unless it takes any.
   *
   * @throws IllegalArgumentException in one line where it does not suit pictures of that size, or
   *     what stands before it
   */
  default ViewGeometry views(ViewGeometry before) {
    return before;
  }

  /**
   * Prepares a change of numbers; none unless overridden.
   *
   * @return the change as an action of a recorded program that allocates nothing
   */
  default Runnable bind(PictureBatch batch) {
    return () -> {};
  }
}
