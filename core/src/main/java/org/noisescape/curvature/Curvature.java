package org.noisescape.curvature;

import java.util.Arrays;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.GradientProducts;
import org.noisescape.objective.GradientRows;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.LinearizedRisk.Retention;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The second-order properties and the gradient noise of L(θ) = (1/N) Σ ℓ_μ(θ) over one data set, at
 * one θ of one replica.
 *
 * <p>Memory is taken once, at construction; {@link #at} moves to another θ, and every operator then
 * means that θ. Conventions: H = ∂²L, G = (1/N) Σ J_μᵀ (∂²ℓ/∂f²) J_μ, S = (1/N) Σ g_μ g_μᵀ − ḡ ḡᵀ;
 * the covariance of a mini-batch gradient is C = S/B for samples drawn with replacement.
 */
public final class Curvature implements AutoCloseable {
  /** Rows of a Gram matrix that are computed at once. */
  private static final int GRAM_BLOCK = 1000;

  private final Engine engine;
  private final Network network;
  private final Loss loss;
  private final SampleSource source;
  private final CurvatureOptions options;
  private final Arena arena;
  private final ResidentData data;
  private final LinearizedRisk risk;
  private final EmpiricalRisk values;
  private final BatchStatistics statistics;
  private final Tensor gradient;
  private final Retention retention;
  private final StopCheck stop = new StopCheck();
  private double[] theta;

  private Curvature(
      Engine engine,
      Network network,
      Loss loss,
      SampleSource source,
      CurvatureOptions options,
      Retention retention) {
    this.engine = engine;
    this.network = network;
    this.loss = loss;
    this.source = source;
    this.options = options;
    this.retention = retention;
    this.arena = engine.arena();
    DType dtype = options.dtype();
    this.data = new ResidentData(source, network, loss, dtype, arena);
    this.statistics = statistics();
    this.risk =
        new LinearizedRisk(
                data, arena, new LinearizedOptions(options.block(), chunk(), retention, statistics))
            .stoppedBy(stop);
    this.values =
        new EmpiricalRisk(data, arena, new RiskOptions(1, chunk(), Backward.YES, statistics))
            .stoppedBy(stop);
    this.gradient = arena.reserve(dtype, 1, network.parameterCount());
  }

  /**
   * Plans and takes the memory and loads the data.
   *
   * @throws IllegalArgumentException where network, loss and data do not suit each other, or the
   *     memory is not there
   */
  public static Curvature over(
      Engine engine, Network network, Loss loss, SampleSource data, CurvatureOptions options) {
    return plan(engine, network, loss, data, options).take();
  }

  /**
   * Plans the memory: {@link #bytes} tells it, {@link #take} takes it.
   *
   * <p>The state of all chunks is kept between products where all of the memory stays within the
   * options' limit.
   *
   * @throws IllegalArgumentException where network, loss and data do not suit each other
   */
  public static Curvature plan(
      Engine engine, Network network, Loss loss, SampleSource data, CurvatureOptions options) {
    Curvature recomputed =
        new Curvature(engine, network, loss, data, options, Retention.RECOMPUTED);
    if (recomputed.bytesOfKeptState() > options.retainedBytes()) {
      return recomputed;
    }
    recomputed.close();
    return new Curvature(engine, network, loss, data, options, Retention.KEPT);
  }

  private BatchStatistics statistics() {
    return options.normalization() == Kind.BATCH && network.runningStatisticsCount() > 0
        ? BatchStatistics.ofBatch()
        : network.evaluation(arena, 1);
  }

  /** What this would come to with the state of all chunks, without planning them all. */
  private long bytesOfKeptState() {
    int chunk = Math.min(chunk(), source.size());
    long others = (source.size() + chunk - 1) / chunk - 1;
    return bytes() + others * LinearizedRisk.stateBytes(data, chunk, statistics);
  }

  /**
   * Takes the planned memory and loads the data, once.
   *
   * @throws IllegalArgumentException where the memory is not there
   */
  public Curvature take() {
    arena.commit();
    return this;
  }

  private int chunk() {
    return options.chunk() > 0
        ? options.chunk()
        : EmpiricalRisk.automaticChunk(network, options.block(), source.size());
  }

  /**
   * Moves to a θ of a network whose batch normalisations need no running statistics.
   *
   * @param parameters θ (P)
   * @throws IllegalArgumentException where θ has another length or is not finite
   */
  public Curvature at(double... parameters) {
    return at(parameters, new double[0]);
  }

  /**
   * Moves to a θ.
   *
   * @param parameters θ (P)
   * @param running running statistics (Q) of batch normalisations in evaluation mode; ignored where
   *     there are none
   * @throws IllegalArgumentException where either has another length, or θ is not finite
   */
  public Curvature at(double[] parameters, double[] running) {
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "model %s has %d parameters, got %d"
              .formatted(network.name(), network.parameterCount(), parameters.length));
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!Double.isFinite(parameters[i])) {
        throw new IllegalArgumentException(
            "parameter %d of model %s is %s: the run diverged, take an earlier checkpoint"
                .formatted(i, network.name(), parameters[i]));
      }
    }
    theta = null;
    if (statistics.running() != null) {
      if (running.length != network.runningStatisticsCount()) {
        throw new IllegalArgumentException(
            "model %s has %d running statistics, got %d"
                .formatted(network.name(), network.runningStatisticsCount(), running.length));
      }
      engine.memory().write(statistics.running(), running);
    }
    risk.moveTo(parameters);
    theta = parameters.clone();
    return this;
  }

  /**
   * Whether work here goes on. Every pass over the data, and so every product of an operator, ends
   * with a {@link org.noisescape.linop.StoppedException} before its next chunk once {@code
   * stop().when(...)} says so; {@link #at} is then to be called again. For all other work of a
   * measurement {@code stop().goOn()} asks the same.
   */
  public StopCheck stop() {
    return stop;
  }

  /** θ (P). */
  public double[] theta() {
    return here().clone();
  }

  /** P. */
  public int dimension() {
    return network.parameterCount();
  }

  /** N. */
  public int samples() {
    return source.size();
  }

  /** Outputs K of the network. */
  public int outputs() {
    return network.outputSize();
  }

  /** Loss, ‖∇L‖² and noise strength 𝒩 = tr S. */
  public GradientNoise noise() {
    here();
    return values.noise(network.view(risk.theta()), network.view(gradient), gradient)[0];
  }

  /**
   * tr G, exactly. Cost: for each output of the network a backward pass with norms of per-sample
   * gradients.
   *
   * @throws IllegalStateException unless {@link #samplesHaveGradients}
   */
  public double gaussNewtonTrace() {
    here();
    if (!samplesHaveGradients()) {
      throw new IllegalStateException(
          "batch normalisation couples the samples of a batch: they have no gradients of their own");
    }
    return values.gaussNewtonTrace(network.view(risk.theta()), network.view(gradient))[0];
  }

  /** Whether each sample has a gradient of its own: not where batches are normalised by theirs. */
  public boolean samplesHaveGradients() {
    return network.runningStatisticsCount() == 0 || !statistics.couplesSamples();
  }

  /**
   * Whether tr H = tr G: the outputs are piecewise linear in each single parameter, so that of
   * ∂²L/∂θ_i² only the part with the loss's second derivatives is left.
   */
  public boolean hessianHasTraceOfGaussNewton() {
    return samplesHaveGradients() && network.layer().isPiecewiseLinear();
  }

  /** Computes ∇L once more, for comparisons of cost. */
  public void repeatGradient() {
    here();
    values.gradient(network.view(risk.theta()), network.view(gradient));
  }

  /** ℓ_μ in the order of the data (N). */
  public double[] losses() {
    here();
    return risk.losses();
  }

  /**
   * g_μ·x of every sample.
   *
   * @param x (k, P), any k
   * @return (k, N)
   * @throws IllegalArgumentException where batch normalisation couples the samples
   */
  public double[][] sampleProjections(Tensor x) {
    here();
    return risk.sampleProjections(x);
  }

  /** ∇L (1, P). */
  public Tensor gradient() {
    here();
    return risk.gradient();
  }

  /** ‖∇L‖². */
  private double gradientNormSquared() {
    return Arrays.stream(engine.memory().readDoubles(gradient())).map(g -> g * g).sum();
  }

  /** H = ∂²L/∂θ². */
  public LinearOperator hessian() {
    return new RiskOperator("hessian", risk, risk::hessianProducts, () -> 0);
  }

  /** G = (1/N) Σ J_μᵀ (∂²ℓ/∂f²) J_μ, positive semi-definite. */
  public LinearOperator gaussNewton() {
    return new RiskOperator("ggn", risk, risk::gaussNewtonProducts, () -> 0);
  }

  /**
   * S = (1/N) Σ g_μ g_μᵀ − ḡ ḡᵀ, centred, with 1/N: positive semi-definite, rank at most N − 1.
   *
   * <p>g_μ·v − ḡ·v cancels: rounding leaves some ε‖ḡ‖² in its eigenvalues.
   */
  public LinearOperator covariance() {
    return new RiskOperator(
        "covariance", risk, risk::covarianceProducts, this::gradientNormSquared);
  }

  /**
   * The Gram matrix A Aᵀ of per-sample gradients, whose nonzero spectrum is that of AᵀA: of the
   * second moment (1/N) Σ g_μ g_μᵀ for {@link GradientRows#LOSS}, of G for {@link
   * GradientRows#GAUSS_NEWTON}.
   *
   * <p>Built layer by layer in blocks; the state of all rows and the matrix are in memory at once.
   *
   * @return (M, M), M = N or N·K; the caller closes it
   * @throws IllegalArgumentException where the memory is not there
   */
  public SymmetricMatrix gram(GradientRows rows) {
    double[] at = here();
    int size = Math.toIntExact(rows.count(network, source.size()));
    int columns = size / source.size();
    int samples = Math.clamp(GRAM_BLOCK / columns, 1, chunk());
    SymmetricMatrix gram = SymmetricMatrix.zeros(size);
    try (Arena scratch = engine.arena()) {
      GradientProducts products = new GradientProducts(data, scratch, rows, samples, statistics);
      scratch.commit();
      products.stoppedBy(stop).compute(at, gram::set);
      return gram;
    } catch (RuntimeException | OutOfMemoryError e) {
      gram.close();
      throw e;
    }
  }

  /** Bytes planned, or taken. */
  public long bytes() {
    return arena.bytes();
  }

  /** Whether the state of all chunks stays in memory between products. */
  public boolean keepsState() {
    return retention == Retention.KEPT;
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  private double[] here() {
    if (theta == null) {
      throw new IllegalStateException("move to a θ first: at(theta)");
    }
    return theta;
  }

  @Override
  public void close() {
    arena.close();
  }
}
