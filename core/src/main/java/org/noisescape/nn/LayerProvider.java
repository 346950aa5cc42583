package org.noisescape.nn;

import org.noisescape.registry.Named;

/** A word for a layer in a description of a network; found by ServiceLoader. */
public interface LayerProvider extends Named {
  /** The word alone; its usage may show values behind a blank, as {@code conv 32 3x3}. */
  @Override
  default String name() {
    return usage().split(" ", 2)[0];
  }

  /**
   * Makes the layer.
   *
   * @param arguments what follows the word; what is not read is refused
   * @throws IllegalArgumentException in one line where they make no sense
   */
  Layer build(LayerArguments arguments);
}
