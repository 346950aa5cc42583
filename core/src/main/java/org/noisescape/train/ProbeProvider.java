package org.noisescape.train;

import org.noisescape.registry.Named;

/**
 * A probe that users can name; found by ServiceLoader.
 *
 * <p>One with an argument K has the preset of K behind the colon of its usage: {@code fdr-top:1}.
 */
public interface ProbeProvider extends Named {
  /**
   * Makes the probe.
   *
   * @param k its argument, at least 1; 0 for a probe without one
   */
  Probe.Factory probe(int k);
}
