package org.noisescape.objective;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.noisescape.linop.StopCheck;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The noise of augmented gradients of R parameter vectors over a resident data set, from K draws of
 * every picture.
 *
 * <p>No gradient of a sample is formed. Draws of different samples are independent, so that the
 * gradient of a chunk c, s_a = (1/N) Σ_{μ∈c} g_μa, varies over its draws by (1/N²) Σ_{μ∈c} w_μ: W
 * is N Σ_c Σ_a ‖s_a − s̄‖²/(K − 1). With Q the mean of ‖g_μa‖² and ‖ḡ‖² that of all draws, the
 * total is Q − ‖ḡ‖² + W/(NK) and ‖m‖² is ‖ḡ‖² − W/(NK). Cost: K gradient passes with norms of
 * per-sample gradients, and 4 vectors like θ of memory.
 */
public final class AugmentedRisk {
  /** Chunks that errors are taken from, as long as each has {@link #LEAST} samples. */
  private static final int CHUNKS = 64;

  /** Samples of a pass that an engine makes good use of. */
  private static final int LEAST = 16;

  private final Engine engine;
  private final ResidentData data;
  private final int draws;
  private final int replicas;
  private final ChunkPlan plan;
  private final BoundNetwork bound;
  private final PictureViews pictures;
  private final Tensor target;
  private final Tensor losses;
  private final Tensor norms;
  private final Tensor draw;
  private final Tensor squared;
  private final Tensor one;
  private final Tensor minusOne;
  private final Tensor first;
  private final Tensor present;
  private final Tensor sum;
  private final Tensor mean;
  private final Tensor[] firstViews;
  private final Tensor[] presentViews;
  private StopCheck stop = new StopCheck();

  /** What a chunk of one replica adds. */
  private record Chunk(double weight, double loss, double squaredNorm, double withinDraws) {}

  /**
   * Reserves memory.
   *
   * @param augmentation what is done to pictures
   * @param draws K, 2 or more
   * @param seeds what the draws are made of
   * @param data N samples, with network and loss
   * @param arena where memory is reserved
   * @param options replicas, and where batch normalisations take their statistics from; a chunk of
   *     0 is chosen such that errors can be taken
   */
  public AugmentedRisk(
      Augmentation augmentation,
      int draws,
      PictureViews.Draws seeds,
      ResidentData data,
      Arena arena,
      RiskOptions options) {
    requireDraws(draws);
    requireChange(augmentation);
    Network network = data.network();
    DType dtype = data.dtype();
    this.engine = arena.engine();
    this.data = data;
    this.draws = draws;
    this.replicas = options.replicas();
    int size = options.chunk() == 0 ? chunk(network, replicas, data.size()) : options.chunk();
    this.plan =
        new ChunkPlan(data.size(), size, replicas, arena).suiting(options.statistics(), network);
    int chunk = plan.chunk();
    this.bound = network.bind(arena, dtype, replicas, chunk, Backward.YES, options.statistics());
    this.target = arena.reserve(dtype, bound.output().shape());
    this.losses = arena.reserve(DType.FLOAT64, replicas, chunk);
    this.norms = arena.reserve(DType.FLOAT64, replicas, chunk);
    this.draw = arena.reserve(DType.INT32, 2);
    this.pictures = new PictureViews(augmentation, data, seeds, bound.input(), draw);
    this.squared = arena.reserve(DType.FLOAT64, replicas);
    this.one = arena.reserve(DType.FLOAT64, replicas);
    this.minusOne = arena.reserve(DType.FLOAT64, replicas);
    this.first = arena.reserve(dtype, replicas, network.parameterCount());
    this.present = arena.reserve(dtype, replicas, network.parameterCount());
    this.sum = arena.reserve(dtype, replicas, network.parameterCount());
    this.mean = arena.reserve(dtype, replicas, network.parameterCount());
    this.firstViews = network.view(first);
    this.presentViews = network.view(present);
    arena.onCommit(
        () -> {
          engine.memory().fill(one, 1);
          engine.memory().fill(minusOne, -1);
        });
  }

  /** Requires two draws or more. */
  public static void requireDraws(int draws) {
    if (draws < 2) {
      throw new IllegalArgumentException(
          "the spread of augmented gradients needs 2 draws or more, got " + draws);
    }
  }

  /** Requires that pictures are changed. */
  public static void requireChange(Augmentation augmentation) {
    if (augmentation.isNone()) {
      throw new IllegalArgumentException(
          "the spread of augmented gradients needs an augmentation, pictures stay as they are: name one, or measure the noise without");
    }
  }

  private static int chunk(Network network, int replicas, int samples) {
    int most = EmpiricalRisk.automaticChunk(network, replicas, samples);
    int least = Math.min(LEAST, Math.max(1, samples / 2));
    return Math.min(most, Math.max(least, samples / CHUNKS));
  }

  /** A pass ends with a {@code StoppedException} before the next chunk once this says so. */
  public AugmentedRisk stoppedBy(StopCheck check) {
    stop = check;
    return this;
  }

  /**
   * The noise of every replica.
   *
   * @param theta views of θ
   */
  public AugmentedNoise[] noise(Tensor[] theta) {
    engine.memory().fill(mean, 0);
    Chunk[][] chunks = new Chunk[replicas][plan.count()];
    for (int c = 0; c < plan.count(); c++) {
      measure(theta, c, chunks);
    }
    engine.reduction().dot(mean, mean, squared);
    double[] squares = engine.memory().readDoubles(squared);
    AugmentedNoise[] noise = new AugmentedNoise[replicas];
    Arrays.setAll(noise, r -> noise(chunks[r], squares[r] / ((double) draws * draws)));
    return noise;
  }

  private void measure(Tensor[] theta, int c, Chunk[][] chunks) {
    int valid = plan.valid(c);
    double[] lossSums = new double[replicas];
    double[] normSums = new double[replicas];
    double[] spread = new double[replicas];
    for (int a = 0; a < draws; a++) {
      stop.goOn();
      gradient(theta, c, a, a == 0 ? firstViews : presentViews);
      add(losses, valid, lossSums);
      add(norms, valid, normSums);
      Tensor found = a == 0 ? first : present;
      engine.linearAlgebra().axpy(one, found, mean);
      if (a > 0) {
        // differences from the first draw: the squares of the draws themselves would cancel
        engine.linearAlgebra().axpy(minusOne, first, present);
        addSquares(present, 1, spread);
        if (a == 1) {
          engine.memory().copy(present, sum);
        } else {
          engine.linearAlgebra().axpy(one, present, sum);
        }
      }
    }
    addSquares(sum, -1.0 / draws, spread);
    double samples = data.size();
    for (int r = 0; r < replicas; r++) {
      chunks[r][c] =
          new Chunk(
              valid / samples,
              lossSums[r] / draws / valid,
              samples * samples * normSums[r] / draws / valid,
              samples * samples * spread[r] / (draws - 1) / valid);
    }
  }

  private void gradient(Tensor[] theta, int c, int a, Tensor[] into) {
    engine.memory().write(draw, a, 0);
    pictures.gather(plan.indices(c), plan.indices(c), 1);
    engine.indexing().gather(data.targets(), plan.indices(c), target);
    bound.layer().forward(theta);
    data.loss()
        .evaluate(
            engine, bound.output(), target, plan.valid(c), plan.scale(), losses, bound.outputBar());
    engine.memory().fill(norms, 0);
    bound.layer().backward(theta, into, Accumulation.OVERWRITE, norms);
  }

  private void add(Tensor perSample, int valid, double[] sums) {
    double[] values = engine.memory().readDoubles(perSample);
    for (int r = 0; r < replicas; r++) {
      for (int i = 0; i < valid; i++) {
        sums[r] += values[r * plan.chunk() + i];
      }
    }
  }

  private void addSquares(Tensor vector, double factor, double[] sums) {
    engine.reduction().dot(vector, vector, squared);
    double[] values = engine.memory().readDoubles(squared);
    for (int r = 0; r < replicas; r++) {
      sums[r] += factor * values[r];
    }
  }

  private AugmentedNoise noise(Chunk[] chunks, double meanSquared) {
    double within = mean(chunks, Chunk::withinDraws);
    double excess = within / data.size() / draws;
    double total = mean(chunks, Chunk::squaredNorm) - meanSquared + excess;
    return new AugmentedNoise(
        mean(chunks, Chunk::loss),
        error(chunks, Chunk::loss),
        meanSquared - excess,
        total,
        error(chunks, Chunk::squaredNorm),
        total - within,
        error(chunks, chunk -> chunk.squaredNorm() - chunk.withinDraws()),
        within,
        error(chunks, Chunk::withinDraws));
  }

  private static double mean(Chunk[] chunks, ToDoubleFunction<Chunk> number) {
    double sum = 0;
    for (Chunk chunk : chunks) {
      sum += chunk.weight() * number.applyAsDouble(chunk);
    }
    return sum;
  }

  /** Of a mean weighted by samples, from the spread of what chunks have. */
  private static double error(Chunk[] chunks, ToDoubleFunction<Chunk> number) {
    if (chunks.length < 2) {
      return Double.NaN;
    }
    double mean = mean(chunks, number);
    double squares = 0;
    for (Chunk chunk : chunks) {
      double deviation = chunk.weight() * (number.applyAsDouble(chunk) - mean);
      squares += deviation * deviation;
    }
    return Math.sqrt(squares * chunks.length / (chunks.length - 1));
  }
}
