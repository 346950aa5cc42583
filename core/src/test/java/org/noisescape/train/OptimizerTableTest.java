package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.optim.Optimizers;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.CheckpointDue;

/** Every optimizer that users can name, on every kind of problem. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class OptimizerTableTest {
  /** Chains of every name; a name that is missing fails {@link #everyNameIsInTheTable}. */
  private static final Map<String, String> CHAINS =
      Map.ofEntries(
          Map.entry("sgd", "sgd"),
          Map.entry("momentum", "weight-decay:0.01,weights+momentum:0.9"),
          Map.entry("nesterov", "clip:0.5+nesterov:0.9"),
          Map.entry("qhm", "qhm:0.9,0.7"),
          Map.entry("pl-sgd", "momentum:0.5+pl-sgd:l1=0.02,l2=1e-4"),
          Map.entry("sgld", "rmsprop+sgld:l3=1e-3"),
          Map.entry("isotropic", "isotropic:trace=0.5+polyak:from=1"),
          Map.entry("adam", "adam+label-noise:variance=0.01"),
          Map.entry("adamw", "adamw:decay=0.1,weights"),
          Map.entry("rmsprop", "clip:value=0.1+rmsprop:0.9,1e-3+momentum:0.5"),
          Map.entry("lion", "lion:decay=0.1"),
          Map.entry("weight-decay", "momentum:0.9+weight-decay:0.1,decoupled"),
          Map.entry("clip", "clip:0.5"),
          Map.entry("sam", "sam:rho=0.05+momentum:0.9"),
          Map.entry("label-noise", "label-noise:flip=0.2"),
          Map.entry("ema", "sgd+ema:0.9"),
          Map.entry("polyak", "sam:rho=0.05+polyak"),
          Map.entry("swa", "momentum:0.9+swa:from=1,every=0.5"));

  private static final double RATE = 0.01;
  private static final double EPOCHS = 2;
  private static final Interval EVERY = Interval.parse("5");

  private static List<Trial> problems(String optimizer) {
    List<Trial> all = new ArrayList<>(small(optimizer));
    all.add(
        new Trial("resnet18:1", "ce", optimizer, DType.FLOAT64, 2, Sampling.WITHOUT_REPLACEMENT));
    return all;
  }

  /** Those that every engine takes in milliseconds. */
  private static List<Trial> small(String optimizer) {
    return List.of(
        Trial.mlp(optimizer, DType.FLOAT32, 2),
        new Trial("mlp:7", "mse", optimizer, DType.FLOAT64, 2, Sampling.WITH_REPLACEMENT));
  }

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static Engine host() {
    return EngineUnderTest.HOST.engine();
  }

  @Test
  void everyNameIsInTheTable() {
    assertThat(CHAINS.keySet()).containsAll(builtIn());
    CHAINS.forEach((name, chain) -> assertThat(chain).contains(name));
  }

  /** Names, but for those of examples on the test class path. */
  private static List<String> builtIn() {
    return Optimizers.names().stream().filter(name -> !name.startsWith("noisy-")).toList();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyRunIsContinuedBitForBitAndTheSameOnEveryEngine(EngineUnderTest on) {
    for (String chain : CHAINS.values()) {
      for (Trial trial : on == EngineUnderTest.HOST ? problems(chain) : small(chain)) {
        TrainingPlan plan = trial.plan(RATE, EPOCHS);
        Trial.Ended whole = trial.run(on.engine(), plan, List.of(), EVERY, null);
        String what = chain + " of " + trial.model() + ", " + trial.loss();
        assertThat(whole.outcome()).as(what).isEqualTo(TrainingEvent.Outcome.COMPLETED);
        for (CheckpointDue point : whole.only(CheckpointDue.class)) {
          if (point.state().step() == 10) {
            TrainingState rest = trial.run(on.engine(), plan, List.of(), point.state()).state();
            assertSame(what + " from " + point.state().step(), rest, whole.state());
          }
        }
        if (trial.dtype() == DType.FLOAT64 && on != EngineUnderTest.HOST) {
          double[] host = trial.run(host(), plan, List.of(), null).state().theta();
          close(what, whole.state().theta(), host, 1e-9 * norm(host));
        }
      }
    }
  }

  @Test
  void aReplicaTrainsAloneAsItDoesAmongOthers() {
    for (String chain : CHAINS.values()) {
      for (Trial trial : problems(chain)) {
        TrainingPlan plan = trial.plan(RATE, 1);
        TrainingState both = trial.run(host(), plan, List.of(), null).state();
        TrainingPlan second = plan.toBuilder().firstReplica(1).replicas(1).build();
        TrainingState alone = trial.run(host(), second, List.of(), null).state();
        int size = alone.theta().length;
        assertThat(alone.theta())
            .as(chain + " of " + trial.model())
            .isEqualTo(part(both.theta(), size, size));
        if (alone.average().present()) {
          assertThat(alone.average().theta()).isEqualTo(part(both.average().theta(), size, size));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pl-sgd:l1=0,l2=0",
        "weight-decay:0",
        "weight-decay:0,decoupled",
        "clip:Infinity",
        "clip:value=Infinity",
        "sam:rho=0",
        "label-noise:flip=0",
        "ema:0.9",
        "polyak:from=1",
        "swa:from=1"
      })
  void whatChangesNothingIsSgdBitForBit(String optimizer) {
    for (int i = 0; i < problems("sgd").size(); i++) {
      Trial sgd = problems("sgd").get(i);
      TrainingPlan plan = sgd.plan(RATE, EPOCHS);
      double[] theta = sgd.run(host(), plan, List.of(), null).state().theta();
      Trial trial = problems(optimizer).get(i);
      assertThat(trial.run(host(), trial.plan(RATE, EPOCHS), List.of(), null).state().theta())
          .isEqualTo(theta);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip:1e30", "clip:value=1e30", "momentum:0"})
  void boundsThatAreNotReachedChangeNoBitOfAKeptGradient(String optimizer) {
    Trial trial = Trial.mlp("qhm:0,0", DType.FLOAT32, 2);
    double[] theta = trial.run(host(), trial.plan(RATE, EPOCHS), List.of(), null).state().theta();
    Trial bounded = Trial.mlp(optimizer, DType.FLOAT32, 2);
    assertThat(bounded.run(host(), bounded.plan(RATE, EPOCHS), List.of(), null).state().theta())
        .isEqualTo(theta);
  }

  @Test
  void runningStatisticsFollowThePassAtThetaAlone() {
    List<double[]> statistics = new ArrayList<>();
    for (String optimizer : new String[] {"sgd", "sam:rho=0.5"}) {
      Trial trial =
          new Trial("resnet18:1", "ce", optimizer, DType.FLOAT64, 1, Sampling.WITHOUT_REPLACEMENT);
      statistics.add(
          trial.run(host(), trial.plan(RATE, 1.0 / 6), List.of(), null).state().statistics());
    }
    assertThat(statistics.get(1)).isEqualTo(statistics.get(0));
  }

  @Test
  void aMeanThatHasNotBegunIsNotKept() {
    Trial trial = Trial.mlp("swa:from=2", DType.FLOAT64, 1);
    TrainingPlan plan = trial.plan(RATE, 3);
    Trial.Ended run = trial.run(host(), plan, List.of(), Interval.EPOCH, null);
    List<TrainingState> states =
        run.only(CheckpointDue.class).stream().map(CheckpointDue::state).toList();
    assertThat(states)
        .extracting(s -> s.average().present())
        .containsExactly(false, false, true, true);
    double[] last = states.getLast().average().theta();
    double[] mean = Vectors.axpy(1, states.get(2).theta(), states.get(3).theta());
    close("mean", last, Arrays.stream(mean).map(x -> x / 2).toArray(), 1e-14 * norm(last));
  }

  private static void assertSame(String what, TrainingState actual, TrainingState expected) {
    assertThat(actual.theta()).as(what).isEqualTo(expected.theta());
    assertThat(actual.statistics()).as(what).isEqualTo(expected.statistics());
    assertThat(actual.optimizer()).as(what).hasSameSizeAs(expected.optimizer());
    for (int i = 0; i < expected.optimizer().size(); i++) {
      assertThat(actual.optimizer().get(i)).as(what).isEqualTo(expected.optimizer().get(i));
    }
    assertThat(actual.average().theta()).as(what).isEqualTo(expected.average().theta());
    assertThat(actual.average().statistics()).as(what).isEqualTo(expected.average().statistics());
  }
}
