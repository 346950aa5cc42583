package org.noisescape.train;

import java.util.List;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.Augmentation;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.Schedule;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Sizes;

/**
 * Everything that decides a training run but the data and the engine.
 *
 * @param network architecture
 * @param initialization distribution of the initial weights
 * @param loss per-sample loss
 * @param rules chain from gradient to direction; empty for plain SGD
 * @param learningRate η
 * @param schedules factors of η, B and numbers of the rules over the run
 * @param batch B
 * @param sampling how mini-batches are drawn
 * @param epochs passes over the data; one epoch has ⌊N/B⌋ steps
 * @param seed seed of everything random
 * @param replicas R, independent runs in one program
 * @param dtype element type
 * @param firstReplica number of the first replica within a larger ensemble: replicas f, …, f + R −
 *     1 of a seed train as they do in a run of more
 * @param augmentation what is done to the pictures of every mini-batch
 */
public record TrainingPlan(
    Network network,
    Initialization initialization,
    Loss loss,
    List<UpdateRule> rules,
    double learningRate,
    RunSchedules schedules,
    int batch,
    Sampling sampling,
    double epochs,
    long seed,
    int replicas,
    DType dtype,
    int firstReplica,
    Augmentation augmentation) {
  /** Any number does; a fixed one makes runs repeatable. */
  public static final long SEED = 1;

  /** Checks the numbers. */
  public TrainingPlan {
    rules = List.copyOf(rules);
    RuleStages.of(rules);
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number > 0, got " + learningRate);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("the batch must be >= 1, got " + batch);
    }
    if (!(epochs >= 0 && epochs < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the number of epochs must be a number >= 0, got " + epochs);
    }
    if (replicas < 1) {
      throw new IllegalArgumentException("the number of replicas must be >= 1, got " + replicas);
    }
    if (firstReplica < 0) {
      throw new IllegalArgumentException("the first replica must be >= 0, got " + firstReplica);
    }
    Sizes.sum("replicas of a seed", "choose fewer replicas", firstReplica, replicas);
    Sizes.product(
        "parameters of all replicas",
        "choose at most %d replicas of this model"
            .formatted(Sizes.MOST / Math.max(1, network.parameterCount())),
        replicas,
        network.parameterCount());
  }

  /** θ (R, P) before the first step, entry (r, i) at r·P + i. */
  public double[] initialParameters() {
    int size = network.parameterCount();
    double[] theta =
        new double[Sizes.product("initial parameters", "choose fewer replicas", replicas, size)];
    for (int r = 0; r < replicas; r++) {
      double[] one = network.initialParameters(initialization, seed, firstReplica + r);
      System.arraycopy(one, 0, theta, r * size, size);
    }
    return theta;
  }

  /** Samples in an engine's memory, as the network and the loss of this plan read them. */
  public ResidentData resident(SampleSource samples, Arena arena) {
    return new ResidentData(samples, network, loss, dtype, arena);
  }

  /** Steps of one epoch of a data set of this size. */
  public int stepsPerEpoch(int samples) {
    if (batch > samples) {
      throw new IllegalArgumentException(
          "the batch %d is larger than the %d training samples: choose a batch of at most %d"
              .formatted(batch, samples, samples));
    }
    return samples / batch;
  }

  /**
   * Steps and epochs on a data set of this size, and what every schedule says there.
   *
   * @throws IllegalArgumentException in one line where batch, epochs and schedules do not fit
   */
  public Timeline timeline(int samples) {
    int stepsPerEpoch = stepsPerEpoch(samples);
    if (!schedules.hasOneBatch() && schedules.countSteps()) {
      throw new IllegalArgumentException(
          "where the batch follows a schedule, an epoch has no fixed number of steps: write all schedules in epochs, and not one-cycle, which counts steps");
    }
    RunSchedules inEpochs = schedules.in(stepsPerEpoch);
    inEpochs.require(rules, epochs);
    return Timeline.of(batch, samples, epochs, inEpochs);
  }

  /** Steps of the whole run. */
  public long steps(int samples) {
    return timeline(samples).steps();
  }

  /** Factor of the learning rate. */
  public Schedule schedule() {
    return schedules.learningRate();
  }

  /** A plan for a network and a loss; learning rate, batch and epochs are still to be said. */
  public static Builder of(Network network, Loss loss) {
    return new Builder(network, loss);
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    Builder builder = new Builder(network, loss);
    builder.initialization = initialization;
    builder.rules = rules;
    builder.learningRate = learningRate;
    builder.schedules = schedules;
    builder.batch = batch;
    builder.sampling = sampling;
    builder.epochs = epochs;
    builder.seed = seed;
    builder.replicas = replicas;
    builder.dtype = dtype;
    builder.firstReplica = firstReplica;
    builder.augmentation = augmentation;
    return builder;
  }

  /** A plan step by step; what is not said has the default its method tells. */
  public static final class Builder {
    private final Network network;
    private Loss loss;
    private Initialization initialization = Initialization.GLOROT;
    private List<UpdateRule> rules = List.of();
    private double learningRate = Double.NaN;
    private RunSchedules schedules = RunSchedules.constant();
    private int batch;
    private Sampling sampling = Sampling.WITHOUT_REPLACEMENT;
    private double epochs = Double.NaN;
    private long seed = SEED;
    private int replicas = 1;
    private DType dtype = DType.FLOAT32;
    private int firstReplica;
    private Augmentation augmentation = Augmentation.NONE;

    private Builder(Network network, Loss loss) {
      this.network = network;
      this.loss = loss;
    }

    /** Another per-sample loss. */
    public Builder loss(Loss value) {
      loss = value;
      return this;
    }

    /** Distribution of the initial weights; Glorot and Bengio (2010) unless said. */
    public Builder initialization(Initialization value) {
      initialization = value;
      return this;
    }

    /** Chain from gradient to direction; none, plain SGD, unless said. */
    public Builder rules(List<UpdateRule> value) {
      rules = value;
      return this;
    }

    /** η; must be said. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Factor of η over the run; constant unless said. */
    public Builder schedule(Schedule value) {
      return schedules(RunSchedules.of(value));
    }

    /** Factors of all numbers over the run; constant unless said. */
    public Builder schedules(RunSchedules value) {
      schedules = value;
      return this;
    }

    /** B; must be said. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** How mini-batches are drawn; without replacement, as in nearly all training, unless said. */
    public Builder sampling(Sampling value) {
      sampling = value;
      return this;
    }

    /** Passes over the data; must be said. */
    public Builder epochs(double value) {
      epochs = value;
      return this;
    }

    /** Seed of everything random; {@value #SEED} unless said. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** R, independent runs in one program; one unless said. */
    public Builder replicas(int value) {
      replicas = value;
      return this;
    }

    /** Element type; float32 unless said. */
    public Builder dtype(DType value) {
      dtype = value;
      return this;
    }

    /** Number of the first replica within a larger ensemble; 0 unless said. */
    public Builder firstReplica(int value) {
      firstReplica = value;
      return this;
    }

    /** What is done to the pictures of every mini-batch; nothing unless said. */
    public Builder augmentation(Augmentation value) {
      augmentation = value;
      return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException naming the first number that is wrong or was not said
     */
    public TrainingPlan build() {
      return new TrainingPlan(
          network,
          initialization,
          loss,
          rules,
          learningRate,
          schedules,
          batch,
          sampling,
          epochs,
          seed,
          replicas,
          dtype,
          firstReplica,
          augmentation);
    }
  }
}
