package org.noisescape.objective;

import org.noisescape.registry.Named;

/** A picture rule that users can name; found by ServiceLoader. */
public interface AugmentationProvider extends Named {
  /**
   * The rule of a specification.
   *
   * @param specification the name, with what follows its colon
   * @throws IllegalArgumentException in one line where that makes no sense
   */
  PictureRule rule(String specification);
}
