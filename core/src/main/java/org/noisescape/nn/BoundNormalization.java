package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.Moments.Origin;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/** A normalisation with γ and β over fixed memory, whoever shares mean and variance. */
final class BoundNormalization implements BoundLayer {
  /**
   * Running moments that follow those of the forward passes.
   *
   * @param mean (R, C) float64
   * @param variance (R, C) float64, unbiased
   * @param momentum how far they move
   */
  record Running(Tensor mean, Tensor variance, double momentum) {}

  private final Wiring io;
  private final Activation activation;
  private final NormalizationPlan plan;
  private final Moments moments;
  private final Running running;
  private final Tensor x;
  private final Tensor y;
  private final Tensor xBar;
  private final Tensor yBar;
  private final Tensor sampleRows;
  private final Tensor sampleNorms;

  private BoundNormalization(
      Wiring io,
      Activation activation,
      NormalizationPlan plan,
      Moments moments,
      Running running,
      boolean apart) {
    this.io = io;
    this.activation = activation;
    this.plan = plan;
    this.moments = moments;
    this.running = running;
    this.x = rows(io.x());
    this.y = rows(io.y());
    this.xBar = rows(io.xBar());
    this.yBar = rows(io.yBar());
    boolean samples = apart && yBar != null;
    this.sampleRows =
        samples
            ? io.arena().reserve(io.dtype(), io.replicas(), io.samples(), 2 * plan.channels())
            : null;
    this.sampleNorms =
        samples ? io.arena().reserve(DType.FLOAT64, io.replicas(), io.samples()) : null;
  }

  /** With moments that are given. */
  static BoundNormalization fixed(
      Wiring io, Activation activation, int channels, double epsilon, Moments moments) {
    NormalizationPlan plan = plan(io, channels, Sharing.ofBatch(channels), epsilon);
    return new BoundNormalization(io, activation, plan, moments, null, true);
  }

  /**
   * With moments of the batch's own.
   *
   * @param running follow them, or null
   */
  static BoundNormalization ofBatch(
      Wiring io, Activation activation, int channels, double epsilon, Running running) {
    NormalizationPlan plan = plan(io, channels, Sharing.ofBatch(channels), epsilon);
    return new BoundNormalization(io, activation, plan, own(io, plan), running, false);
  }

  /** With moments of each sample's own. */
  static BoundNormalization ofSamples(
      Wiring io, Activation activation, int channels, int groups, double epsilon) {
    NormalizationPlan plan = plan(io, channels, Sharing.ofSamples(io.samples(), groups), epsilon);
    return new BoundNormalization(io, activation, plan, own(io, plan), null, true);
  }

  private static NormalizationPlan plan(Wiring io, int channels, Sharing sharing, double epsilon) {
    int rows = rows(io, channels);
    return io.engine()
        .normalization()
        .plan(io.dtype(), io.replicas(), rows, channels, sharing, epsilon, io.arena());
  }

  /** Positions of all samples. */
  static int rows(Wiring io, int channels) {
    return Math.toIntExact(io.x().rowSize() / channels);
  }

  private static Moments own(Wiring io, NormalizationPlan plan) {
    int size = Math.multiplyExact(plan.sets(), plan.channels());
    return new Moments(
        io.arena().reserve(DType.FLOAT64, io.replicas(), size),
        io.arena().reserve(DType.FLOAT64, io.replicas(), size),
        Origin.ROWS);
  }

  private Tensor rows(Tensor tensor) {
    return tensor == null ? null : tensor.reshape(io.replicas(), plan.rows(), plan.channels());
  }

  @Override
  public void forward(Tensor[] theta) {
    if (moments.origin() == Origin.ROWS) {
      if (running == null) {
        plan.moments(x, moments.mean(), moments.variance());
      } else {
        plan.trackedMoments(
            x,
            moments.mean(),
            moments.variance(),
            running.mean(),
            running.variance(),
            running.momentum());
      }
    }
    plan.forward(activation, x, moments, theta[0], theta[1], y);
  }

  @Override
  public void backward(Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
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
    if (sampleRows == null) {
      throw new IllegalArgumentException(
          "BatchNorm: in training mode a sample has no gradient of its own:"
              + " measure norms and products of per-sample gradients in evaluation mode");
    }
  }

  @Override
  public LinearizedLayer linearize(TangentWiring wiring) {
    return new LinearizedNormalization(plan, moments, activation, x, y, yBar, wiring);
  }

  @Override
  public SampleGradients sampleGradients(Arena arena) {
    requireOwnGradients();
    Tensor rows = arena.reserve(io.dtype(), sampleRows.shape());
    return new SampleGradientRows(() -> plan.sampleGradients(x, moments, yBar, rows), rows);
  }
}
