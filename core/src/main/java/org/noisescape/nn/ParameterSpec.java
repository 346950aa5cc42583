package org.noisescape.nn;

/**
 * One parameter tensor of a layer.
 *
 * @param name PyTorch's name within the model, for example {@code 0.weight}
 * @param shape PyTorch's shape: dense (out, in), convolution (out, in, kernel height, kernel width)
 * @param fanIn inputs of one unit; 0 for a bias
 * @param fanOut outputs reached by one input; 0 for a bias
 */
public record ParameterSpec(String name, int[] shape, int fanIn, int fanOut) {
  /** Number of elements. */
  public long size() {
    long size = 1;
    for (int dim : shape) {
      size *= dim;
    }
    return size;
  }

  /** Whether this is a weight, as opposed to a bias. */
  public boolean isWeight() {
    return fanIn > 0;
  }

  /** The same parameter under a prefix, for example {@code 0.} + {@code weight}. */
  ParameterSpec prefixed(String prefix) {
    return new ParameterSpec(prefix + name, shape, fanIn, fanOut);
  }
}
