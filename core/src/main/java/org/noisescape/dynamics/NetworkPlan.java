package org.noisescape.dynamics;

import java.util.Arrays;
import java.util.List;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Sizes;
import org.noisescape.train.TrainingPlan;

/**
 * Everything that decides an ensemble on a network but the data and the engine; what is observed is
 * the loss over the whole data set.
 *
 * @param network architecture
 * @param loss per-sample loss
 * @param rules chain from gradient to direction; empty for plain SGD
 * @param learningRate η
 * @param batch B
 * @param sampling how mini-batches are drawn
 * @param start θ where replicas start: (P) for all of them, (R·P), or empty for fresh Glorot
 *     weights of each replica
 * @param thresholds of the loss, ascending; none to detect nothing
 * @param lookEvery steps between two looks at the loss
 * @param seed seed of everything random
 * @param firstReplica number of the first replica within a larger ensemble
 * @param replicas R
 * @param dtype element type
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record NetworkPlan(
    Network network,
    Loss loss,
    List<UpdateRule> rules,
    double learningRate,
    int batch,
    Sampling sampling,
    double[] start,
    double[] thresholds,
    int lookEvery,
    long seed,
    int firstReplica,
    int replicas,
    DType dtype)
    implements ReplicaPlan<NetworkPlan> {
  /** Checks the numbers. */
  public NetworkPlan {
    rules = List.copyOf(rules);
    RuleStages.of(rules)
        .average()
        .ifPresent(
            average -> {
              throw new IllegalArgumentException(
                  average.text()
                      + " does not suit an ensemble, whose θ is looked at: leave it out");
            });
    start = start.clone();
    thresholds = thresholds.clone();
    LandscapePlan.requireRate(learningRate);
    if (replicas < 1 || firstReplica < 0 || lookEvery < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "an ensemble needs replicas, batch and steps between looks >= 1 and a first replica >= 0, got %d, %d, %d and %d"
              .formatted(replicas, batch, lookEvery, firstReplica));
    }
    int size = network.parameterCount();
    int all = Sizes.product("parameters of all replicas", "choose fewer replicas", replicas, size);
    if (start.length != 0 && start.length != size && start.length != all) {
      throw new IllegalArgumentException(
          "the start has %d numbers; the network has %d parameters, %d replicas of it %d"
              .formatted(start.length, size, replicas, all));
    }
    PassageLog.requireSize(replicas, thresholds);
    JavaHeap.require(
        2L * Double.BYTES * all, "parameters of all replicas", "choose fewer replicas");
  }

  /** A plan for a network and a loss; learning rate and batch are still to be said. */
  public static Builder of(Network network, Loss loss) {
    return new Builder(network, loss);
  }

  /**
   * The ensemble in an engine: by a kernel that runs whole steps where the engine has one, else
   * composed of operations, the same trajectories up to rounding.
   *
   * @throws IllegalArgumentException where batch and data do not fit together
   */
  public ReplicaProgram program(Engine engine, SampleSource data) {
    training().stepsPerEpoch(data.size());
    return FusedProgram.of(engine, this, data)
        .orElseGet(() -> new ComposedProgram(engine, this, data));
  }

  @Override
  public NetworkPlan part(int first, int count) {
    ReplicaPlan.requirePart(replicas, first, count);
    int size = network.parameterCount();
    boolean each = start.length == replicas * size && replicas > 1;
    return new NetworkPlan(
        network,
        loss,
        rules,
        learningRate,
        batch,
        sampling,
        each ? Arrays.copyOfRange(start, first * size, (first + count) * size) : start,
        thresholds,
        lookEvery,
        seed,
        firstReplica + first,
        count,
        dtype);
  }

  @Override
  public double[] signature() {
    return new PlanSignature()
        .with(learningRate, batch, sampling.ordinal(), lookEvery, firstReplica, replicas)
        .with(network.parameterCount(), dtype.ordinal())
        .bits(seed)
        .rules(rules)
        .with(thresholds)
        .summary(start)
        .numbers();
  }

  /** The same as a training without end. */
  TrainingPlan training() {
    return TrainingPlan.of(network, loss)
        .rules(rules)
        .learningRate(learningRate)
        .batch(batch)
        .sampling(sampling)
        .epochs(0)
        .seed(seed)
        .firstReplica(firstReplica)
        .replicas(replicas)
        .dtype(dtype)
        .build();
  }

  /** θ (R·P) at step 0. */
  double[] startingPoints() {
    if (start.length == 0) {
      return training().initialParameters();
    }
    int size = network.parameterCount();
    double[] theta = new double[replicas * size];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = start[i % start.length];
    }
    return theta;
  }

  /** A plan step by step; what is not said has the default its method tells. */
  public static final class Builder extends EnsembleBuilder<NetworkPlan, Builder> {
    private final Network network;
    private final Loss loss;
    private List<UpdateRule> rules = List.of();
    private int batch;
    private Sampling sampling = Sampling.WITHOUT_REPLACEMENT;
    private double[] start = {};
    private int lookEvery = 1;
    private DType dtype = DType.FLOAT32;

    private Builder(Network network, Loss loss) {
      this.network = network;
      this.loss = loss;
    }

    @Override
    Builder self() {
      return this;
    }

    /** Chain from gradient to direction; none, plain SGD, unless said. */
    public Builder rules(List<UpdateRule> value) {
      rules = value;
      return this;
    }

    /** B; must be said. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** How mini-batches are drawn; without replacement unless said. */
    public Builder sampling(Sampling value) {
      sampling = value;
      return this;
    }

    /** θ where replicas start, (P) for all or (R·P); fresh Glorot weights of each unless said. */
    public Builder start(double... value) {
      start = value;
      return this;
    }

    /** Steps between two looks at the loss; 1 unless said. */
    public Builder lookEvery(int value) {
      lookEvery = value;
      return this;
    }

    /** Element type; float32 unless said. */
    public Builder dtype(DType value) {
      dtype = value;
      return this;
    }

    @Override
    public NetworkPlan build() {
      return new NetworkPlan(
          network,
          loss,
          rules,
          learningRate,
          batch,
          sampling,
          start,
          thresholds,
          lookEvery,
          seed,
          firstReplica,
          replicas,
          dtype);
    }
  }
}
