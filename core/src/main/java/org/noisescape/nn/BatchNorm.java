package org.noisescape.nn;

import java.util.List;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.Moments.Origin;
import org.noisescape.tensor.Tensor;

/**
 * Batch normalisation y = γ (x − μ)/√(v + ε) + β of every channel.
 *
 * <p>In training mode μ and v are mean and biased variance over all samples and positions of the
 * batch, and the running statistics move by the momentum towards μ and the unbiased variance; in
 * evaluation mode they are the running statistics. {@link BatchStatistics} says which. In training
 * mode samples depend on each other: a sample then has no gradient of its own, and the rules for
 * norms and products of per-sample gradients are errors.
 *
 * <p>Shapes: x, y (R, N, H·W·C) or (R, N, C); γ, β, μ, v (R, C). Source: Ioffe and Szegedy (2015);
 * defaults as in PyTorch.
 *
 * @param epsilon ε
 * @param momentum weight of the newest batch in the running statistics
 */
public record BatchNorm(double epsilon, double momentum) implements Layer {
  /** Checks the numbers. */
  public BatchNorm {
    if (!(epsilon > 0) || !(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "BatchNorm: epsilon must be > 0 and momentum lie in 0..1, got %s and %s"
              .formatted(epsilon, momentum));
    }
  }

  /** ε = 10⁻⁵, momentum 0.1. */
  public BatchNorm() {
    this(1e-5, 0.1);
  }

  @Override
  public int[] outputShape(int[] input) {
    return input.clone();
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    int channels = input[input.length - 1];
    return List.of(
        ParameterSpec.vector("weight", channels, 1), ParameterSpec.vector("bias", channels, 0));
  }

  @Override
  public List<ParameterSpec> runningStatistics(int[] input) {
    int channels = input[input.length - 1];
    return List.of(
        ParameterSpec.vector("running_mean", channels, 0),
        ParameterSpec.vector("running_var", channels, 1));
  }

  @Override
  public boolean fuses(Activation activation) {
    return activation.isPiecewiseLinear();
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring io, Activation following) {
    Kind kind = io.statistics().kind();
    int[] shape = io.inputShape();
    int channels = shape[shape.length - 1];
    Tensor running = io.statistics().running();
    switch (kind) {
      case NONE ->
          throw new IllegalArgumentException(
              "BatchNorm: say where mean and variance come from, the batch or running statistics");
      case RUNNING -> {
        Moments given =
            new Moments(
                running.slice(0, channels), running.slice(channels, channels), Origin.FIXED);
        return BoundNormalization.fixed(io, following, channels, epsilon, given);
      }
      default -> {
        boolean tracked = kind == Kind.TRACKED;
        if (tracked && BoundNormalization.rows(io, channels) < 2) {
          throw new IllegalArgumentException(
              "BatchNorm: a batch of one value a channel has no variance: choose a batch >= 2");
        }
        return BoundNormalization.ofBatch(
            io, following, channels, epsilon, tracked ? tracking(io, channels) : null);
      }
    }
  }

  private BoundNormalization.Running tracking(Wiring io, int channels) {
    Tensor running = io.statistics().running();
    return new BoundNormalization.Running(
        running.slice(0, channels), running.slice(channels, channels), momentum);
  }
}
