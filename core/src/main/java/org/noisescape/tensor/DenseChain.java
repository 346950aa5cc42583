package org.noisescape.tensor;

import java.util.List;

/**
 * Dense layers one after another, y_l = a_l(W_l y_{l−1} + b_l), under ½‖y_L − t‖².
 *
 * <p>θ holds W₁ (O, I) row by row, b₁ (O), W₂, b₂, and so on.
 *
 * @param inputs features D of a sample
 * @param layers the layers
 */
public record DenseChain(int inputs, List<Link> layers) {
  /**
   * One layer.
   *
   * @param outputs O
   * @param activation a
   */
  public record Link(int outputs, Activation activation) {}

  /** Checks the sizes. */
  public DenseChain {
    layers = List.copyOf(layers);
    if (inputs < 1 || layers.isEmpty() || layers.stream().anyMatch(link -> link.outputs() < 1)) {
      throw new IllegalArgumentException(
          "a chain needs inputs and at least one layer, all of size >= 1, got %d inputs, %s"
              .formatted(inputs, layers));
    }
  }

  /** Inputs of layer l. */
  public int inputs(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).outputs();
  }

  /** Outputs K of the last layer. */
  public int outputs() {
    return layers.getLast().outputs();
  }

  /** Parameters P. */
  public int parameters() {
    int count = 0;
    for (int l = 0; l < layers.size(); l++) {
      count += layers.get(l).outputs() * (inputs(l) + 1);
    }
    return count;
  }
}
