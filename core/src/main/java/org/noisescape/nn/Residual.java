package org.noisescape.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * A block with a shortcut: y = act(f(x) + s(x)), s the identity or a projection.
 *
 * <p>Parameters: those of f under their own names, then those of s under the shortcut's. Source:
 * He, Zhang, Ren and Sun (2016).
 *
 * @param main f
 * @param shortcut s, or null for the identity
 * @param name prefix of the shortcut's parameters
 */
public record Residual(Layer main, Layer shortcut, String name) implements Layer {
  /** y = act(f(x) + x). */
  public static Residual identity(Layer main) {
    return new Residual(main, null, "");
  }

  /** y = act(f(x) + s(x)). */
  public static Residual projected(Layer main, String name, Layer shortcut) {
    return new Residual(main, shortcut, name);
  }

  @Override
  public int[] outputShape(int[] input) {
    int[] shape = main.outputShape(input);
    int[] around = shortcut == null ? input : shortcut.outputShape(input);
    if (!Arrays.equals(shape, around)) {
      throw new IllegalArgumentException(
          "Residual: the branches must have the same shape, got %s and %s"
              .formatted(Tensor.describe(shape), Tensor.describe(around)));
    }
    return shape;
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return joined(main.parameters(input), shortcut == null ? null : shortcut.parameters(input));
  }

  @Override
  public List<ParameterSpec> runningStatistics(int[] input) {
    return joined(
        main.runningStatistics(input), shortcut == null ? null : shortcut.runningStatistics(input));
  }

  private List<ParameterSpec> joined(List<ParameterSpec> first, List<ParameterSpec> second) {
    List<ParameterSpec> all = new ArrayList<>(first);
    if (second != null) {
      all.addAll(new Sequential.Child(name, shortcut).prefixed(second));
    }
    return all;
  }

  @Override
  public long activationSize(int[] input) {
    return main.activationSize(input) + (shortcut == null ? 0 : shortcut.activationSize(input));
  }

  @Override
  public boolean fuses(Activation activation) {
    return activation.isPiecewiseLinear();
  }

  @Override
  public boolean isPiecewiseLinear() {
    return main.isPiecewiseLinear() && (shortcut == null || shortcut.isPiecewiseLinear());
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new BoundResidual(this, wiring, following);
  }
}
