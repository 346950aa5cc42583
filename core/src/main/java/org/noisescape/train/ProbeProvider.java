package org.noisescape.train;

import java.util.Optional;
import org.noisescape.registry.Named;

/**
 * A probe that users can name; found by ServiceLoader.
 *
 * <p>One with an argument K has the preset of K behind the colon of its usage: {@code fdr-top:1}.
 * One may have variants with a number of their own, {@code noise:augmented=8}.
 */
public interface ProbeProvider extends Named {
  /**
   * Makes the probe.
   *
   * @param k its argument, at least 1; 0 for a probe without one
   */
  Probe.Factory probe(int k);

  /**
   * Makes a variant of the probe; there is none unless overridden.
   *
   * @param key its name, such as augmented
   * @param k its number, at least 1
   * @throws IllegalArgumentException in one line where the number makes no sense
   */
  default Optional<Probe.Factory> variant(String key, int k) {
    return Optional.empty();
  }
}
