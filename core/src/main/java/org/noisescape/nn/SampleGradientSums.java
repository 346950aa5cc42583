package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Tensor;

/**
 * Inner products of per-sample gradients summed over layers.
 *
 * @param layers those with parameters and those without
 */
record SampleGradientSums(List<SampleGradients> layers) implements SampleGradients {
  @Override
  public void gather() {
    layers.forEach(SampleGradients::gather);
  }

  @Override
  public void addProducts(SampleGradients other, Scratch scratch, Tensor gram) {
    List<SampleGradients> those = ((SampleGradientSums) other).layers;
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).addProducts(those.get(i), scratch, gram);
    }
  }
}
