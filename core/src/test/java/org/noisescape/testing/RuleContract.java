package org.noisescape.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingEvent.Progress;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;
import org.noisescape.train.TrainingState;

/**
 * What every update rule must do, for whoever writes one: extend this, and say which.
 *
 * <p>It trains a small network: the same seed goes the same way, bit for bit, also where it was
 * interrupted and continued from what a checkpoint keeps; a replica goes its way in any ensemble;
 * parameters stay finite; all engines agree, and float32 with float64 over a few steps.
 *
 * @since 0.2
 */
@Tag(TestedEngines.TAG)
public abstract class RuleContract {
  private static final ArraySamples SAMPLES = ArraySamples.normal(5, 40, new int[] {4, 1, 1}, 2);

  /** For the subclass. */
  protected RuleContract() {}

  /** The rule, or a chain of rules. */
  protected abstract List<UpdateRule> rules();

  /** η of the trainings, at which the rule does not diverge. */
  protected double learningRate() {
    return 0.01;
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private TrainingPlan.Builder plan(int epochs) {
    return TrainingPlan.of(ModelZoo.build("mlp:5", new int[] {4, 1, 1}, 2), Losses.parse("mse"))
        .rules(rules())
        .learningRate(learningRate())
        .batch(8)
        .epochs(epochs)
        .seed(3);
  }

  private static TrainingState run(EngineUnderTest on, TrainingPlan plan) {
    return run(on.engine(), plan, Long.MAX_VALUE, null);
  }

  /** Trains from a state, or from the beginning, until a step or the end. */
  private static TrainingState run(
      Engine engine, TrainingPlan plan, long until, TrainingState from) {
    AtomicLong step = new AtomicLong();
    TrainingSetup setup =
        TrainingSetup.of(plan, SAMPLES)
            .withListener(
                event -> {
                  if (event instanceof Progress progress) {
                    step.set(progress.step());
                  }
                });
    try (Trainer trainer = new Trainer(engine, setup)) {
      if (from != null) {
        trainer.restore(from);
      }
      trainer.run(() -> step.get() >= until);
      return trainer.state();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theSameSeedGoesTheSameWay(EngineUnderTest on) {
    TrainingPlan plan = plan(4).build();
    double[] theta = run(on, plan).theta();
    assertThat(theta).isEqualTo(run(on, plan).theta()).isNotEqualTo(plan.initialParameters());
    for (double parameter : theta) {
      assertThat(parameter).as("a parameter").isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anInterruptedRunGoesOnBitForBit(EngineUnderTest on) {
    TrainingPlan plan = plan(8).build();
    TrainingState whole = run(on, plan);
    TrainingState half = run(on.engine(), plan, 20, null);
    assertThat(half.step()).isEqualTo(20);
    TrainingState rest = run(on.engine(), plan, Long.MAX_VALUE, half);
    assertThat(rest.theta()).isEqualTo(whole.theta());
    assertThat(rest.optimizer()).hasSameSizeAs(whole.optimizer());
    for (int i = 0; i < rest.optimizer().size(); i++) {
      assertThat(rest.optimizer().get(i)).isEqualTo(whole.optimizer().get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aReplicaGoesItsWayInAnyEnsemble(EngineUnderTest on) {
    double[] all = run(on, plan(2).dtype(DType.FLOAT64).replicas(3).build()).theta();
    int size = all.length / 3;
    for (int r = 0; r < 3; r++) {
      double[] alone = run(on, plan(2).dtype(DType.FLOAT64).firstReplica(r).build()).theta();
      close("replica " + r, part(all, r * size, size), alone, 1e-10 * norm(alone));
    }
    assertThat(part(all, 0, size)).isNotEqualTo(part(all, size, size));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void enginesAgree(EngineUnderTest on) {
    TrainingPlan plan = plan(1).dtype(DType.FLOAT64).build();
    double[] here = run(on, plan).theta();
    double[] there = run(EngineUnderTest.HOST, plan).theta();
    close("theta", here, there, 1e-9 * norm(there));
  }
}
