package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;

/**
 * The parameters of one layer within θ, weights and biases.
 *
 * @param name {@code conv1}, {@code conv2}, …, {@code fc1}, {@code fc2}, … in the order of the
 *     network where its layers have numbers only, else the layer's own, {@code layer1.0.conv1}
 * @param offset of its first parameter
 * @param size number of its parameters
 */
record LayerSlice(String name, int offset, int size) {
  private static final int KERNEL_RANK = 4;

  /** All layers with parameters. */
  static List<LayerSlice> of(Network network) {
    List<LayerSlice> layers = new ArrayList<>();
    String last = "";
    int offset = 0;
    int convolutions = 0;
    int dense = 0;
    for (ParameterSpec parameter : network.parameters()) {
      String layer = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
      int size = parameter.size();
      if (layer.equals(last)) {
        LayerSlice begun = layers.removeLast();
        layers.add(new LayerSlice(begun.name, begun.offset, begun.size + size));
      } else {
        boolean kernel = parameter.shape().length == KERNEL_RANK;
        boolean numbered = layer.matches("[0-9.]+");
        String name = !numbered ? layer : kernel ? "conv" + ++convolutions : "fc" + ++dense;
        layers.add(new LayerSlice(name, offset, size));
        last = layer;
      }
      offset += size;
    }
    return layers;
  }

  /** θ with a number added to every parameter of this layer. */
  double[] shifted(double[] theta, double shift) {
    double[] moved = theta.clone();
    for (int i = offset; i < offset + size; i++) {
      moved[i] += shift;
    }
    return moved;
  }
}
