package org.noisescape.nn;

import java.util.List;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.Moments.Origin;
import org.noisescape.tensor.NormalizationPlan;
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
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(this, wiring, following);
  }

  private static final class Bound implements BoundLayer {
    private final BatchNorm layer;
    private final Wiring io;
    private final Activation activation;
    private final NormalizationPlan plan;
    private final Moments moments;
    private final Tensor x;
    private final Tensor y;
    private final Tensor xBar;
    private final Tensor yBar;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Tensor sampleRows;
    private final Tensor sampleNorms;

    Bound(BatchNorm layer, Wiring io, Activation activation) {
      this.layer = layer;
      this.io = io;
      this.activation = activation;
      Kind kind = io.statistics().kind();
      if (kind == Kind.NONE) {
        throw new IllegalArgumentException(
            "BatchNorm: say where mean and variance come from, the batch or running statistics");
      }
      int[] shape = io.inputShape();
      int channels = shape[shape.length - 1];
      int rows = Math.toIntExact(io.x().rowSize() / channels);
      if (kind == Kind.TRACKED && rows < 2) {
        throw new IllegalArgumentException(
            "BatchNorm: a batch of one value a channel has no variance: choose a batch >= 2");
      }
      this.plan =
          io.engine()
              .normalization()
              .plan(io.dtype(), io.replicas(), rows, channels, layer.epsilon, io.arena());
      this.x = rows(io.x(), rows, channels);
      this.y = rows(io.y(), rows, channels);
      this.xBar = rows(io.xBar(), rows, channels);
      this.yBar = rows(io.yBar(), rows, channels);
      Tensor running = io.statistics().running();
      this.runningMean = running == null ? null : running.slice(0, channels);
      this.runningVariance = running == null ? null : running.slice(channels, channels);
      boolean fixed = kind == Kind.RUNNING;
      this.moments =
          fixed
              ? new Moments(runningMean, runningVariance, Origin.FIXED)
              : new Moments(
                  io.arena().reserve(DType.FLOAT64, io.replicas(), channels),
                  io.arena().reserve(DType.FLOAT64, io.replicas(), channels),
                  Origin.ROWS);
      boolean samples = fixed && yBar != null;
      this.sampleRows =
          samples
              ? io.arena().reserve(io.dtype(), io.replicas(), io.samples(), 2 * channels)
              : null;
      this.sampleNorms =
          samples ? io.arena().reserve(DType.FLOAT64, io.replicas(), io.samples()) : null;
    }

    private Tensor rows(Tensor tensor, int rows, int channels) {
      return tensor == null ? null : tensor.reshape(io.replicas(), rows, channels);
    }

    @Override
    public void forward(Tensor[] theta) {
      if (moments.origin() == Origin.ROWS) {
        plan.moments(x, moments.mean(), moments.variance());
        if (runningMean != null) {
          follow(moments.mean(), 1, runningMean);
          follow(moments.variance(), plan.rows() / (plan.rows() - 1.0), runningVariance);
        }
      }
      plan.forward(activation, x, moments, theta[0], theta[1], y);
    }

    private void follow(Tensor newest, double factor, Tensor running) {
      double weight = layer.momentum;
      io.engine().linearAlgebra().axpby(weight * factor, newest, 1 - weight, running);
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      io.engine().pointwise().activationBackward(activation, y, yBar, null, Accumulation.OVERWRITE);
      if (norms != null) {
        requireOwnGradients();
        plan.sampleGradients(x, moments, yBar, sampleRows);
        io.engine().reduction().sampleDots(sampleRows, sampleRows, sampleNorms);
        io.engine().linearAlgebra().axpby(1, sampleNorms, 1, norms);
      }
      plan.backward(
          x,
          moments,
          theta[0],
          yBar,
          xBar,
          thetaBar == null ? null : thetaBar[0],
          thetaBar == null ? null : thetaBar[1],
          accumulation);
    }

    private void requireOwnGradients() {
      if (moments.origin() == Origin.ROWS) {
        throw new IllegalArgumentException(
            "BatchNorm: in training mode a sample has no gradient of its own:"
                + " measure norms and products of per-sample gradients in evaluation mode");
      }
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      return new LinearizedBatchNorm(plan, moments, activation, x, y, yBar, wiring);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      requireOwnGradients();
      Tensor rows = arena.reserve(io.dtype(), sampleRows.shape());
      return new SampleGradientRows(() -> plan.sampleGradients(x, moments, yBar, rows), rows);
    }
  }
}
