package org.noisescape.testing;

import java.util.Arrays;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Forward and backward passes of (1/N) Σ ℓ_n for R parameter vectors, each on N samples of its own.
 *
 * <p>Shapes: θ and gradients (R, P), x (R, N, D), outputs and targets (R, N, K), losses and norms
 * (R, N).
 */
public final class LossPass implements AutoCloseable {
  /**
   * A gradient and the squared norms of the per-sample gradients.
   *
   * @param gradient of the mean loss
   * @param norms ‖∂ℓ_n/∂θ‖²
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Gradient(double[] gradient, double[] norms) {}

  private final Engine engine;
  private final Loss loss;
  private final Arena arena;
  private final BoundNetwork bound;
  private final Tensor theta;
  private final Tensor[] thetaViews;
  private final Tensor gradient;
  private final Tensor[] gradientViews;
  private final Tensor target;
  private final Tensor scale;
  private final Tensor losses;
  private final Tensor norms;
  private final int samples;

  /** Of a network without batch normalisation; takes the memory. */
  public LossPass(
      Engine engine, Network network, Loss loss, DType dtype, int replicas, int samples) {
    this(engine, network, loss, dtype, replicas, samples, Kind.NONE);
  }

  /** Takes the memory. */
  public LossPass(
      Engine engine,
      Network network,
      Loss loss,
      DType dtype,
      int replicas,
      int samples,
      Kind kind) {
    this.engine = engine;
    this.loss = loss;
    this.samples = samples;
    this.arena = engine.arena();
    this.theta = arena.reserve(dtype, replicas, network.parameterCount());
    this.gradient = arena.reserve(dtype, replicas, network.parameterCount());
    BatchStatistics statistics = FixedStatistics.of(kind, network, arena, replicas);
    this.bound = network.bind(arena, dtype, replicas, samples, Backward.YES, statistics);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.scale = arena.reserve(DType.FLOAT64, replicas);
    this.losses = arena.reserve(DType.FLOAT64, replicas, samples);
    this.norms = arena.reserve(DType.FLOAT64, replicas, samples);
    this.thetaViews = network.view(theta);
    this.gradientViews = network.view(gradient);
    arena.commit();
    FixedStatistics.write(statistics);
    scale(1.0 / samples);
  }

  /** Sets the factor of the summed losses, 1/N at first. */
  public LossPass scale(double factor) {
    double[] factors = new double[scale.dim(0)];
    Arrays.fill(factors, factor);
    engine.memory().write(scale, factors);
    return this;
  }

  /** Sets inputs and targets; the loss prepares the targets. */
  public LossPass samples(double[] x, double[] targets) {
    double[] prepared = targets.clone();
    loss.prepareTargets(prepared, target.dim(2));
    engine.memory().write(bound.input(), x);
    engine.memory().write(target, prepared);
    return this;
  }

  /** Sets θ. */
  public LossPass parameters(double... values) {
    engine.memory().write(theta, values);
    return this;
  }

  /** ℓ_n. */
  public double[] losses() {
    forward();
    return engine.memory().readDoubles(losses);
  }

  /** (1/N) Σ ℓ_n of each replica. */
  public double[] meanLosses() {
    double[] all = losses();
    double[] means = new double[scale.dim(0)];
    for (int i = 0; i < all.length; i++) {
      means[i / samples] += all[i] / samples;
    }
    return means;
  }

  /** Outputs of the network. */
  public double[] outputs() {
    forward();
    return engine.memory().readDoubles(bound.output());
  }

  /** ∇ of the scaled loss. */
  public double[] gradient() {
    engine.memory().fill(gradient, Double.NaN);
    forward();
    bound.layer().backward(thetaViews, gradientViews, Accumulation.OVERWRITE, null);
    return engine.memory().readDoubles(gradient);
  }

  /** start + ∇ of the scaled loss, added by the backward pass. */
  public double[] gradientAddedTo(double[] start) {
    engine.memory().write(gradient, start);
    forward();
    bound.layer().backward(thetaViews, gradientViews, Accumulation.ADD, null);
    return engine.memory().readDoubles(gradient);
  }

  /** θ + ∇ of the scaled loss, added by the backward pass to θ itself. */
  public double[] gradientAddedToParameters() {
    forward();
    bound.layer().backward(thetaViews, thetaViews, Accumulation.ADD, null);
    return engine.memory().readDoubles(theta);
  }

  /** ∇ of the scaled loss with the norms, which are freed of the 1/N of the mean. */
  public Gradient gradientAndNorms() {
    engine.memory().fill(gradient, Double.NaN);
    engine.memory().fill(norms, 0);
    forward();
    bound.layer().backward(thetaViews, gradientViews, Accumulation.OVERWRITE, norms);
    double[] squared = engine.memory().readDoubles(norms);
    for (int i = 0; i < squared.length; i++) {
      squared[i] *= (double) samples * samples;
    }
    return new Gradient(engine.memory().readDoubles(gradient), squared);
  }

  private void forward() {
    bound.layer().forward(thetaViews);
    loss.evaluate(engine, bound.output(), target, samples, scale, losses, bound.outputBar());
  }

  @Override
  public void close() {
    arena.close();
  }
}
