package org.noisescape.nn;

import java.util.Arrays;
import org.noisescape.tensor.Sizes;

/**
 * One parameter tensor of a layer.
 *
 * @param name PyTorch's name within the model, for example {@code 0.weight}
 * @param shape PyTorch's shape: dense (out, in), convolution (out, in, kernel height, kernel width)
 * @param fanIn inputs of one unit; 0 where the value is not drawn at random
 * @param fanOut outputs reached by one input; 0 where the value is not drawn at random
 * @param start the value before training where it is not drawn
 */
public record ParameterSpec(String name, int[] shape, int fanIn, int fanOut, double start) {
  /** Checks that the elements can be counted. */
  public ParameterSpec {
    elements(name, shape);
  }

  /** A weight, drawn at random. */
  public static ParameterSpec weight(String name, int[] shape, int fanIn, int fanOut) {
    return new ParameterSpec(name, shape, fanIn, fanOut, 0);
  }

  /** A vector that begins with one value everywhere. */
  public static ParameterSpec vector(String name, int size, double start) {
    return new ParameterSpec(name, new int[] {size}, 0, 0, start);
  }

  /** Number of elements. */
  public int size() {
    return elements(name, shape);
  }

  /** Whether this is a weight, drawn at random, as opposed to a bias or a scale. */
  public boolean isWeight() {
    return fanIn > 0;
  }

  private static int elements(String name, int... shape) {
    return Sizes.product(
        "elements of parameter '" + name + "'",
        "choose narrower layers",
        Arrays.stream(shape).asLongStream().toArray());
  }

  /** The same parameter under a prefix, for example {@code 0.} + {@code weight}. */
  ParameterSpec prefixed(String prefix) {
    return new ParameterSpec(prefix + name, shape, fanIn, fanOut, start);
  }
}
