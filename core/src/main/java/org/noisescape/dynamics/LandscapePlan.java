package org.noisescape.dynamics;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.optim.UpdateRule;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * Everything that decides an ensemble on a landscape: θ ← θ − η u, u the noisy gradient after the
 * rules.
 *
 * <p>Euler and Maruyama's scheme for dw = −∇L dt + √D(w) dB is the same with η = dt and noise of
 * covariance D/dt: see {@link org.noisescape.dynamics.landscape.DiffusionNoise}.
 *
 * @param landscape L
 * @param noise model of the gradient's noise
 * @param rules chain from gradient to direction; empty for plain descent
 * @param learningRate η
 * @param start where replicas start
 * @param observed what is compared with the thresholds
 * @param thresholds ascending; none to detect nothing
 * @param seed seed of everything random
 * @param firstReplica number of the first replica within a larger ensemble
 * @param replicas R
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record LandscapePlan(
    Landscape landscape,
    LandscapeNoise noise,
    List<UpdateRule> rules,
    double learningRate,
    Start start,
    ToDoubleFunction<double[]> observed,
    double[] thresholds,
    long seed,
    int firstReplica,
    int replicas)
    implements ReplicaPlan<LandscapePlan> {
  /** Bytes of the objects of a replica, beside its numbers: streams, rows. */
  private static final long OVERHEAD = 200;

  /** θ, its flat copy, and that on its way to a file. */
  private static final long COPIES = 3;

  /** Where replicas start. */
  @FunctionalInterface
  public interface Start {
    /**
     * Places a replica.
     *
     * @param draws random numbers of this replica
     * @param theta receives θ (P)
     */
    void place(RandomStream draws, double[] theta);

    /** All at one point. */
    static Start at(double... point) {
      double[] kept = point.clone();
      return (draws, theta) -> {
        if (theta.length != kept.length) {
          throw new IllegalArgumentException(
              "the start has %d parameters, the landscape %d".formatted(kept.length, theta.length));
        }
        System.arraycopy(kept, 0, theta, 0, theta.length);
      };
    }
  }

  /** Checks the numbers. */
  public LandscapePlan {
    rules = List.copyOf(rules);
    thresholds = thresholds.clone();
    requireRate(learningRate);
    if (replicas < 1 || firstReplica < 0) {
      throw new IllegalArgumentException(
          "an ensemble needs replicas >= 1 and a first replica >= 0, got %d from %d on"
              .formatted(replicas, firstReplica));
    }
    requireHeap(replicas, landscape.dimension(), thresholds);
  }

  /** A plan on a landscape; learning rate and start are still to be said. */
  public static Builder of(Landscape landscape, LandscapeNoise noise) {
    return new Builder(landscape, noise);
  }

  /** The ensemble. */
  public ReplicaProgram program(int threads) {
    return new LandscapeProgram(this, threads);
  }

  @Override
  public LandscapePlan part(int first, int count) {
    ReplicaPlan.requirePart(replicas, first, count);
    return new LandscapePlan(
        landscape,
        noise,
        rules,
        learningRate,
        start,
        observed,
        thresholds,
        seed,
        firstReplica + first,
        count);
  }

  @Override
  public double[] signature() {
    double[] start = new double[landscape.dimension()];
    this.start.place(RandomKey.of(seed, Purpose.INITIALIZATION, firstReplica).stream(0), start);
    // of the first step of the first replica, so that the noise has a say
    double[] gradient = new double[start.length];
    noise.bind(landscape).gradient(start, new ReplicaDraws(seed, firstReplica), gradient);
    return new PlanSignature()
        .with(learningRate, firstReplica, replicas)
        .bits(seed)
        .rules(rules)
        .with(thresholds)
        .summary(start)
        .with(landscape.value(start), observed.applyAsDouble(start))
        .summary(gradient)
        .numbers();
  }

  /** Checks that replicas fit into the heap, with a snapshot of theirs on its way to a file. */
  private static void requireHeap(int replicas, int dimension, double... thresholds) {
    String remedy = "choose fewer replicas";
    Sizes.product("parameters of all replicas", remedy, replicas, dimension);
    PassageLog.requireSize(replicas, thresholds);
    long each = OVERHEAD + Double.BYTES * (COPIES * dimension + 2L * thresholds.length);
    JavaHeap.require(each * replicas, replicas + " replicas of a landscape", remedy);
  }

  static void requireRate(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number > 0, got " + learningRate);
    }
  }

  /** A plan step by step; what is not said has the default its method tells. */
  public static final class Builder extends EnsembleBuilder<LandscapePlan, Builder> {
    private final Landscape landscape;
    private final LandscapeNoise noise;
    private List<UpdateRule> rules = List.of();
    private Start start;
    private ToDoubleFunction<double[]> observed;

    private Builder(Landscape landscape, LandscapeNoise noise) {
      this.landscape = landscape;
      this.noise = noise;
      observed = landscape::value;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Chain from gradient to direction; none, plain descent, unless said. */
    public Builder rules(List<UpdateRule> value) {
      rules = value;
      return this;
    }

    /** Where replicas start; must be said. */
    public Builder start(Start value) {
      start = value;
      return this;
    }

    /** All replicas start at one point θ (P). */
    public Builder start(double... point) {
      return start(Start.at(point));
    }

    /** Another quantity than the loss, and the levels of it whose first passages are detected. */
    public Builder detecting(ToDoubleFunction<double[]> quantity, double... levels) {
      observed = quantity;
      return detecting(levels);
    }

    @Override
    public LandscapePlan build() {
      if (start == null) {
        throw new IllegalArgumentException("say where the replicas of a landscape start");
      }
      return new LandscapePlan(
          landscape,
          noise,
          rules,
          learningRate,
          start,
          observed,
          thresholds,
          seed,
          firstReplica,
          replicas);
    }
  }
}
