package org.noisescape.objective;

import java.util.Arrays;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.StoppedException;
import org.noisescape.loss.Loss;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * L(θ) = (1/N) Σ ℓ_μ(θ) of R parameter vectors over a resident data set.
 *
 * <p>Streams the data in chunks through one bound network; the last chunk is padded with samples of
 * weight zero, so that every pass has one shape. Cost of a gradient: one forward and one backward
 * pass; of the noise strength: the same and the norms of per-sample gradients, which are never
 * formed for dense layers.
 */
public final class EmpiricalRisk {
  /** Activations of one chunk, in elements, that the automatic chunk size aims at. */
  private static final long CHUNK_ELEMENTS = 1 << 25;

  private final Engine engine;
  private final Network network;
  private final Loss loss;
  private final ResidentData data;
  private final BoundNetwork bound;
  private final int replicas;
  private final int chunk;
  private final ChunkPlan plan;
  private final Tensor target;
  private final Tensor losses;
  private final Tensor norms;
  private final Tensor correct;
  private final Tensor squared;
  private final Tensor lossSum;
  private final Tensor rootScale;
  private StopCheck stop = new StopCheck();

  /**
   * Reserves memory.
   *
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param options how
   */
  public EmpiricalRisk(ResidentData data, Arena arena, RiskOptions options) {
    DType dtype = data.dtype();
    BatchStatistics statistics = options.statistics();
    boolean gradients = options.backward() != Backward.NO;
    this.engine = arena.engine();
    this.network = data.network();
    this.loss = data.loss();
    this.data = data;
    this.replicas = options.replicas();
    int samples = options.chunk();
    if (samples == 0) {
      samples = automaticChunk(network, replicas, data.size());
    }
    this.plan = new ChunkPlan(data.size(), samples, replicas, arena).suiting(statistics, network);
    this.chunk = plan.chunk();
    this.bound = network.bind(arena, dtype, replicas, chunk, options.backward(), statistics);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.losses = arena.reserve(DType.FLOAT64, replicas, chunk);
    this.norms = gradients ? arena.reserve(DType.FLOAT64, replicas, chunk) : null;
    this.correct = arena.reserve(DType.FLOAT64, replicas);
    this.squared = arena.reserve(DType.FLOAT64, replicas);
    this.lossSum = arena.reserve(DType.FLOAT64, replicas);
    this.rootScale = gradients ? arena.reserve(DType.FLOAT64, replicas) : null;
    if (gradients) {
      arena.onCommit(() -> engine.memory().fill(rootScale, 1 / Math.sqrt(data.size())));
    }
  }

  /** A chunk size that keeps the activations of a pass near 128 MiB in float32. */
  public static int automaticChunk(Network network, int replicas, int samples) {
    long elements = network.inputSize() + network.layer().activationSize(network.inputShape());
    long all = Math.max(1, Sizes.saturated(elements, replicas));
    long chunk = Math.clamp(CHUNK_ELEMENTS / all, 16, 1000);
    long chunks = (samples + chunk - 1) / chunk;
    return (int) Math.max(1, (samples + chunks - 1) / chunks);
  }

  /** A pass ends with a {@link StoppedException} before the next chunk once this says so. */
  public EmpiricalRisk stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /** Samples of one pass. */
  public int chunk() {
    return chunk;
  }

  /** Loss and accuracy of every replica. */
  public RiskValue[] value(Tensor[] theta) {
    return value(theta, null);
  }

  /**
   * The same, and how the samples are classified.
   *
   * @param counts where that goes, (R)
   * @throws IllegalArgumentException where targets are no classes
   */
  public RiskValue[] value(Tensor[] theta, ClassCounts[] counts) {
    MeanAndVariance[] perSample = statistics();
    ClassCounts.Sums[] sums = new ClassCounts.Sums[counts == null ? 0 : replicas];
    Arrays.setAll(sums, r -> new ClassCounts.Sums(network.outputSize()));
    double[] buffer = new double[replicas * chunk];
    for (int c = 0; c < plan.count(); c++) {
      forward(theta, c, null);
      collect(losses, plan.valid(c), buffer, perSample);
      if (counts != null) {
        double[] outputs = engine.memory().readDoubles(bound.output());
        double[] targets = engine.memory().readDoubles(target);
        for (int r = 0; r < replicas; r++) {
          sums[r].add(outputs, targets, network.outputSize(), r * chunk, plan.valid(c));
        }
      }
    }
    if (counts != null) {
      Arrays.setAll(counts, r -> sums[r].total());
    }
    return values(perSample);
  }

  /**
   * ∇L of every replica.
   *
   * @param theta views of θ
   * @param gradient views of where ∇L goes
   */
  public void gradient(Tensor[] theta, Tensor[] gradient) {
    requireBackward();
    for (int c = 0; c < plan.count(); c++) {
      forward(theta, c, bound.outputBar());
      bound.layer().backward(theta, gradient, ChunkPlan.accumulation(c), null);
    }
  }

  /**
   * L and ∇L of every replica in one pass, without allocating anything.
   *
   * @param theta views of θ
   * @param gradient views of where ∇L goes
   * @param loss where L goes, (R)
   */
  public void gradient(Tensor[] theta, Tensor[] gradient, double[] loss) {
    requireBackward();
    for (int c = 0; c < plan.count(); c++) {
      forward(theta, c, bound.outputBar());
      // the losses of padding are zero
      engine.reduction().sum(losses, lossSum, ChunkPlan.accumulation(c));
      bound.layer().backward(theta, gradient, ChunkPlan.accumulation(c), null);
    }
    engine.memory().read(lossSum, loss);
    for (int r = 0; r < replicas; r++) {
      loss[r] /= data.size();
    }
  }

  /**
   * Loss, ∇L and noise strength of every replica in one pass over the data.
   *
   * @param theta views of θ
   * @param gradient views of where ∇L goes
   * @param gradientVector the vector (R, P) behind those views
   */
  public GradientNoise[] noise(Tensor[] theta, Tensor[] gradient, Tensor gradientVector) {
    return noise(theta, gradient, gradientVector, null);
  }

  /**
   * The same, and what the wrongly classified samples carry of it.
   *
   * @param wrong where that goes, (R)
   */
  public GradientNoise[] noise(
      Tensor[] theta, Tensor[] gradient, Tensor gradientVector, WrongSamples[] wrong) {
    requireBackward();
    MeanAndVariance[] lossStatistics = statistics();
    MeanAndVariance[] normStatistics = statistics();
    WrongSamples.Sums[] sums = new WrongSamples.Sums[wrong == null ? 0 : replicas];
    Arrays.setAll(sums, r -> new WrongSamples.Sums());
    double[] lossBuffer = new double[replicas * chunk];
    double[] normBuffer = new double[replicas * chunk];
    for (int c = 0; c < plan.count(); c++) {
      forward(theta, c, bound.outputBar());
      engine.memory().fill(norms, 0);
      bound.layer().backward(theta, gradient, ChunkPlan.accumulation(c), norms);
      collect(losses, plan.valid(c), lossBuffer, lossStatistics);
      collect(norms, plan.valid(c), normBuffer, normStatistics);
      if (wrong != null) {
        double[] outputs = engine.memory().readDoubles(bound.output());
        double[] targets = engine.memory().readDoubles(target);
        for (int r = 0; r < sums.length; r++) {
          sums[r].add(
              outputs,
              targets,
              network.outputSize(),
              lossBuffer,
              normBuffer,
              r * chunk,
              plan.valid(c));
        }
      }
    }
    if (wrong != null) {
      Arrays.setAll(wrong, r -> sums[r].total());
    }
    engine.reduction().dot(gradientVector, gradientVector, squared);
    double[] gradientNorms = engine.memory().readDoubles(squared);
    RiskValue[] values = values(lossStatistics);
    GradientNoise[] noise = new GradientNoise[replicas];
    // the passes saw ℓ/N, so that squared norms carry 1/N²
    double unscale = (double) data.size() * data.size();
    for (int r = 0; r < replicas; r++) {
      double mean = unscale * normStatistics[r].mean();
      noise[r] =
          GradientNoise.of(
              values[r],
              gradientNorms[r],
              mean,
              unscale * normStatistics[r].standardError(),
              gradientVector.dtype().epsilon());
    }
    return noise;
  }

  /**
   * tr G of every replica, G = (1/N) Σ J_μᵀ (∂²ℓ/∂f²) J_μ: (1/N) Σ_μ Σ_k ‖J_μᵀ R_μ e_k‖² with R Rᵀ
   * = ∂²ℓ/∂f², exactly, in one pass.
   *
   * <p>Cost: a forward pass and, for each output, a backward pass with norms of per-sample
   * gradients.
   *
   * @param theta views of θ
   * @param scratch views of a vector that is overwritten
   * @throws IllegalArgumentException where batch normalisation couples the samples
   */
  public double[] gaussNewtonTrace(Tensor[] theta, Tensor[] scratch) {
    requireBackward();
    MeanAndVariance[] squares = statistics();
    double[] buffer = new double[replicas * chunk];
    int outputs = network.outputSize();
    for (int c = 0; c < plan.count(); c++) {
      forward(theta, c, null);
      engine.memory().fill(norms, 0);
      for (int k = 0; k < outputs; k++) {
        stop.goOn();
        loss.curvatureRoot(engine, bound.output(), k, plan.valid(c), rootScale, bound.outputBar());
        bound.layer().backward(theta, scratch, Accumulation.OVERWRITE, norms);
      }
      collect(norms, plan.valid(c), buffer, squares);
    }
    double[] traces = new double[replicas];
    Arrays.setAll(traces, r -> data.size() * squares[r].mean());
    return traces;
  }

  private void forward(Tensor[] theta, int c, Tensor outputBar) {
    stop.goOn();
    engine.indexing().gather(data.features(), plan.indices(c), bound.input());
    engine.indexing().gather(data.targets(), plan.indices(c), target);
    bound.layer().forward(theta);
    loss.evaluate(engine, bound.output(), target, plan.valid(c), plan.scale(), losses, outputBar);
    engine
        .reduction()
        .countCorrect(bound.output(), target, plan.valid(c), correct, ChunkPlan.accumulation(c));
  }

  private void requireBackward() {
    if (bound.outputBar() == null) {
      throw new IllegalStateException("gradients need a risk that is bound with Backward.YES");
    }
  }

  private MeanAndVariance[] statistics() {
    MeanAndVariance[] statistics = new MeanAndVariance[replicas];
    Arrays.setAll(statistics, r -> new MeanAndVariance());
    return statistics;
  }

  private void collect(Tensor source, int valid, double[] buffer, MeanAndVariance[] statistics) {
    Memory memory = engine.memory();
    memory.read(source, buffer);
    for (int r = 0; r < replicas; r++) {
      statistics[r].add(buffer, r * chunk, r * chunk + valid);
    }
  }

  private RiskValue[] values(MeanAndVariance[] perSample) {
    double[] right = engine.memory().readDoubles(correct);
    RiskValue[] values = new RiskValue[replicas];
    for (int r = 0; r < replicas; r++) {
      values[r] =
          new RiskValue(
              perSample[r].mean(),
              perSample[r].standardError(),
              data.source().hasClasses() ? right[r] / data.size() : Double.NaN,
              data.size());
    }
    return values;
  }

  /** The architecture. */
  public Network network() {
    return network;
  }
}
