package org.noisescape.loss;

import org.noisescape.registry.Named;

/** A loss that users can name; found by ServiceLoader. */
public interface LossProvider extends Named {
  /**
   * The loss.
   *
   * @param specification as users wrote it: the name, with what follows after a colon
   * @throws IllegalArgumentException in one line where the arguments make no sense
   */
  Loss loss(String specification);
}
