package org.noisescape.testing;

import java.util.Arrays;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.LinearizedLayer;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.nn.SampleGradients;
import org.noisescape.nn.SharedBuffers;
import org.noisescape.nn.TangentWiring;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The rules along K directions of (1/N) Σ ℓ_n for R parameter vectors, each on N samples of its
 * own.
 *
 * <p>Shapes: θ (R, P), directions and products (R, K, P), output tangents (R, K, N, outputs).
 */
public final class DirectionPass implements AutoCloseable {
  private final Engine engine;
  private final Network network;
  private final Loss loss;
  private final Arena arena;
  private final int directions;
  private final int samples;
  private final Tensor theta;
  private final Tensor[] thetaViews;
  private final BoundNetwork bound;
  private final LinearizedLayer linearized;
  private final SampleGradients gradients;
  private final Tensor target;
  private final Tensor scale;
  private final Tensor losses;
  private final Tensor v;
  private final Tensor product;
  private final Tensor[][] vViews;
  private final Tensor[][] productViews;
  private final Tensor outputDot;
  private final Tensor outputBarDot;
  private final Tensor gram;
  private final SampleGradients.Scratch scratch;

  /** Takes the memory. */
  public DirectionPass(
      Engine engine,
      Network network,
      Loss loss,
      DType dtype,
      int replicas,
      int directions,
      int samples,
      Kind kind) {
    this.engine = engine;
    this.network = network;
    this.loss = loss;
    this.directions = directions;
    this.samples = samples;
    this.arena = engine.arena();
    this.theta = arena.reserve(dtype, replicas, network.parameterCount());
    this.thetaViews = network.view(theta);
    BatchStatistics statistics = FixedStatistics.of(kind, network, arena, replicas);
    this.bound = network.bind(arena, dtype, replicas, samples, Backward.KEPT, statistics);
    int rows = replicas * directions;
    this.outputDot = arena.reserve(dtype, rows, samples, network.outputSize());
    this.outputBarDot = arena.reserve(dtype, rows, samples, network.outputSize());
    SharedBuffers buffers = new SharedBuffers(arena);
    this.linearized =
        bound
            .layer()
            .linearize(new TangentWiring(buffers, directions, null, outputDot, null, outputBarDot));
    this.gradients = kind == Kind.BATCH ? null : bound.layer().sampleGradients(arena);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.scale = arena.reserve(DType.FLOAT64, replicas);
    this.losses = arena.reserve(DType.FLOAT64, replicas, samples);
    this.v = arena.reserve(dtype, rows, network.parameterCount());
    this.product = arena.reserve(dtype, rows, network.parameterCount());
    this.vViews = network.view(v, replicas);
    this.productViews = network.view(product, replicas);
    this.gram = arena.reserve(DType.FLOAT64, replicas, samples, samples);
    this.scratch =
        new SampleGradients.Scratch(
            arena.reserve(dtype, gram.shape()),
            arena.reserve(dtype, gram.shape()),
            arena.reserve(dtype, gram.shape()));
    arena.commit();
    FixedStatistics.write(statistics);
    double[] factors = new double[replicas];
    Arrays.fill(factors, 1.0 / samples);
    engine.memory().write(scale, factors);
    engine.memory().fill(scratch.ones(), 1);
  }

  /** Sets θ, inputs and targets, and runs the forward and the backward pass. */
  public DirectionPass at(double[] parameters, double[] x, double[] targets) {
    double[] prepared = targets.clone();
    loss.prepareTargets(prepared, target.dim(2));
    engine.memory().write(theta, parameters);
    engine.memory().write(bound.input(), x);
    engine.memory().write(target, prepared);
    bound.layer().forward(thetaViews);
    loss.evaluate(engine, bound.output(), target, samples, scale, losses, bound.outputBar());
    bound.layer().backward(thetaViews, null, Accumulation.OVERWRITE, null);
    return this;
  }

  /** ḟ along directions. */
  public double[] outputTangents(double... values) {
    engine.memory().write(v, values);
    engine.memory().fill(outputDot, Double.NaN);
    linearized.tangent(thetaViews, vViews);
    return engine.memory().readDoubles(outputDot);
  }

  /** Products with the Hessian. */
  public double[] hessian(double... values) {
    outputTangents(values);
    lossTangents();
    engine.memory().fill(product, Double.NaN);
    linearized.backwardTangent(thetaViews, vViews, productViews, Accumulation.OVERWRITE);
    return engine.memory().readDoubles(product);
  }

  /** start + products with the Hessian. */
  public double[] hessianAddedTo(double[] start, double... values) {
    outputTangents(values);
    lossTangents();
    engine.memory().write(product, start);
    linearized.backwardTangent(thetaViews, vViews, productViews, Accumulation.ADD);
    return engine.memory().readDoubles(product);
  }

  /** Products with the Gauss–Newton matrix. */
  public double[] gaussNewton(double... values) {
    outputTangents(values);
    lossTangents();
    return pullBack();
  }

  /** (∂f/∂θ)ᵀ times cotangents of the outputs. */
  public double[] pullback(double... outputCotangents) {
    engine.memory().write(outputBarDot, outputCotangents);
    return pullBack();
  }

  private double[] pullBack() {
    engine.memory().fill(product, Double.NaN);
    linearized.pullback(thetaViews, productViews, Accumulation.OVERWRITE);
    return engine.memory().readDoubles(product);
  }

  /** ⟨g_n, g_m⟩ of the gradients of ℓ_n/N (R, N, N). */
  public double[] gradientProducts() {
    engine.memory().fill(gram, 0);
    gradients.gather();
    gradients.addProducts(gradients, scratch, gram);
    return engine.memory().readDoubles(gram);
  }

  private void lossTangents() {
    int replicas = theta.dim(0);
    int width = samples * network.outputSize();
    for (int k = 0; k < directions; k++) {
      loss.evaluateTangent(
          engine,
          bound.output(),
          direction(outputDot, replicas, k, width),
          samples,
          scale,
          direction(outputBarDot, replicas, k, width));
    }
  }

  private Tensor direction(Tensor all, int replicas, int k, int width) {
    return all.reshape(replicas, directions * width)
        .slice((long) k * width, samples, network.outputSize());
  }

  @Override
  public void close() {
    arena.close();
  }
}
