package org.noisescape.nn;

import java.util.function.Supplier;
import org.noisescape.tensor.Activation;

/**
 * What an architecture puts between its weights.
 *
 * @param norm a normalisation of channels
 * @param activation a non-linearity
 */
record LayerStyle(Supplier<Layer> norm, Supplier<Layer> activation) {
  /** Groups of group normalisation as published; fewer where the channels are fewer. */
  static final int GROUPS = 32;

  /** Batch normalisation and ReLU. */
  static final LayerStyle USUAL =
      new LayerStyle(BatchNorm::new, () -> new Activate(Activation.RELU));
}
