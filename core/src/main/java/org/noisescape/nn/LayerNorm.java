package org.noisescape.nn;

import java.util.List;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/**
 * Layer normalisation y = γ (x − μ)/√(v + ε) + β: mean and biased variance of all features of a
 * sample; γ and β a feature, as in PyTorch's LayerNorm over the sample's whole shape.
 *
 * <p>Samples do not depend on each other, so that every rule holds in training as in evaluation. Of
 * images γ and β are in the order of the features, channels last. Shapes: x, y (R, N, D); γ, β (R,
 * D). Source: Ba, Kiros and Hinton (2016), Eq. 3.
 *
 * @param epsilon ε
 */
public record LayerNorm(double epsilon) implements Layer {
  /** Checks ε. */
  public LayerNorm {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("LayerNorm: epsilon must be > 0, got " + epsilon);
    }
  }

  /** ε = 10⁻⁵. */
  public LayerNorm() {
    this(1e-5);
  }

  @Override
  public int[] outputShape(int[] input) {
    return input.clone();
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    return List.of(
        new ParameterSpec("weight", input, 0, 0, 1), new ParameterSpec("bias", input, 0, 0, 0));
  }

  @Override
  public boolean fuses(Activation activation) {
    return activation.isPiecewiseLinear();
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    int features = Math.toIntExact(Tensor.elements(wiring.inputShape()));
    return BoundNormalization.ofSamples(wiring, following, features, 1, epsilon);
  }
}
