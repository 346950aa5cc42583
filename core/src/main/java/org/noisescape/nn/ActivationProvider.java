package org.noisescape.nn;

import org.noisescape.registry.Named;

/**
 * An activation that users can name, as in {@code mlp:100,100:activation=NAME}; found by
 * ServiceLoader. It takes no arguments.
 */
public interface ActivationProvider extends Named {
  /** A layer that applies it: {@link Activate}, or one extending {@link ElementwiseLayer}. */
  Layer layer();
}
