package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** What must not change a run, and what must. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class ReproducibilityTest {
  private static final String LAYERS = ":activation=gelu:norm=layer:dropout=0.5";
  private static final String NOISY = "momentum:0.9+pl-sgd:l1=0.02,l2=1e-4";

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theSameSeedGivesTheSameBits(EngineUnderTest on) {
    for (Trial trial :
        new Trial[] {
          Trial.mlp("sgd", DType.FLOAT32, 1),
          Trial.mlp(NOISY, DType.FLOAT64, 2),
          new Trial("meng-cnn", "ce", "sgd", DType.FLOAT32, 1, Sampling.WITH_REPLACEMENT)
        }) {
      double[] once = trial.run(on.engine()).state().theta();
      assertThat(trial.run(on.engine()).state().theta()).isEqualTo(once);
    }
  }

  @Test
  void anotherSeedGivesAnotherRun() {
    Trial trial = Trial.mlp("sgd", DType.FLOAT32, 2);
    double[] theta = trial.run(host()).state().theta();
    int size = theta.length / 2;
    assertThat(part(theta, 0, size)).isNotEqualTo(part(theta, size, size));
    assertThat(Trial.mlp("sgld:l3=1e-6", DType.FLOAT32, 2).run(host()).state().theta())
        .isNotEqualTo(theta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", NOISY})
  void threadsDoNotChangeTheBitsOfAnMlp(String optimizer) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (String layers : List.of("", LAYERS)) {
        // wide enough to be shared between threads
        Trial trial =
            new Trial(
                "mlp:301,203" + layers, "ce", optimizer, dtype, 1, Sampling.WITHOUT_REPLACEMENT);
        double[] one = trial.run(host()).state().theta();
        try (Engine two = Engines.open("host", 2)) {
          assertThat(trial.run(two).state().theta()).isEqualTo(one);
        }
      }
    }
  }

  @Test
  void threadsChangeACnnByRoundingAtMost() {
    Trial trial =
        new Trial("meng-cnn", "ce", "sgd", DType.FLOAT32, 1, Sampling.WITHOUT_REPLACEMENT);
    double[] one = trial.run(host()).state().theta();
    try (Engine two = Engines.open("host", 2)) {
      double[] theta = trial.run(two).state().theta();
      // rounding of every step, which training may amplify by a few
      double bound = 8 * Trial.STEPS * Vectors.epsilon(DType.FLOAT32) * norm(one);
      close("θ", theta, one, bound);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", NOISY})
  void aReplicaDoesNotDependOnTheOthers(String optimizer) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      double[] five = Trial.mlp(optimizer, dtype, 5).run(host()).state().theta();
      for (int replicas : new int[] {1, 3}) {
        double[] theta = Trial.mlp(optimizer, dtype, replicas).run(host()).state().theta();
        assertThat(theta).isEqualTo(part(five, 0, theta.length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", NOISY})
  void aPartOfAnEnsembleTrainsAsItDoesInTheWhole(String optimizer) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      double[] five = Trial.mlp(optimizer, dtype, 5).run(host()).state().theta();
      for (int[] part : new int[][] {{0, 2}, {2, 1}, {3, 2}}) {
        Trial trial = Trial.mlp(optimizer, dtype, part[1]);
        TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
        double[] theta =
            trial
                .run(host(), plan.toBuilder().firstReplica(part[0]).build(), List.of(), null)
                .state()
                .theta();
        int size = theta.length / part[1];
        assertThat(theta).isEqualTo(part(five, part[0] * size, theta.length));
      }
    }
  }

  @Test
  void aReplicaWithDropoutIsTheSameInAnyPartOfAnEnsemble() {
    String model = "mlp:7" + LAYERS;
    Sampling sampling = Sampling.WITHOUT_REPLACEMENT;
    double[] three =
        new Trial(model, "ce", "sgd", DType.FLOAT32, 3, sampling).run(host()).state().theta();
    Trial alone = new Trial(model, "ce", "sgd", DType.FLOAT32, 1, sampling);
    for (int r = 0; r < 3; r++) {
      TrainingPlan plan = alone.plan(0.05, Trial.EPOCHS).toBuilder().firstReplica(r).build();
      double[] theta = alone.run(host(), plan, List.of(), null).state().theta();
      assertThat(theta).isEqualTo(part(three, r * theta.length, theta.length));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void enginesAgreeOnEveryReplicaUpToRounding(EngineUnderTest on) {
    for (String model : List.of("mlp:7", "mlp:7" + LAYERS)) {
      Trial trial = new Trial(model, "ce", NOISY, DType.FLOAT64, 3, Sampling.WITHOUT_REPLACEMENT);
      double[] host = trial.run(host()).state().theta();
      double bound = 64 * Trial.STEPS * Vectors.epsilon(DType.FLOAT64) * norm(host);
      close("θ", trial.run(on.engine()).state().theta(), host, bound);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRestoredRunIsTheUninterruptedOneBitForBit(EngineUnderTest on) {
    List<Trial> trials = new ArrayList<>();
    for (String optimizer : new String[] {"sgd", "nesterov:0.9", "qhm:0.9,0.5", NOISY}) {
      trials.add(Trial.mlp(optimizer, DType.FLOAT32, 2));
    }
    trials.add(new Trial("mlp:7", "mse", NOISY, DType.FLOAT64, 1, Sampling.WITH_REPLACEMENT));
    trials.add(new Trial("meng-cnn", "ce", NOISY, DType.FLOAT32, 1, Sampling.WITHOUT_REPLACEMENT));
    trials.add(
        new Trial("mlp:7" + LAYERS, "ce", "sgd", DType.FLOAT32, 2, Sampling.WITHOUT_REPLACEMENT));
    trials.add(
        new Trial("resnet18:1", "ce", NOISY, DType.FLOAT64, 2, Sampling.WITHOUT_REPLACEMENT));
    for (Trial trial : trials) {
      TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
      Interval everyTen = new Interval(10, Interval.Unit.STEPS);
      Trial.Ended whole = trial.run(on.engine(), plan, List.of(), everyTen, null);
      List<TrainingEvent.CheckpointDue> due = whole.only(TrainingEvent.CheckpointDue.class);
      assertThat(due).extracting(point -> point.state().step()).contains(10L, 30L, 45L);
      for (TrainingEvent.CheckpointDue point : due) {
        Trial.Ended rest = trial.run(on.engine(), plan, List.of(), point.state());
        assertSame(rest.state(), whole.state(), trial + " from " + point.state().step());
      }
    }
  }

  @Test
  void aStoppedRunAnnouncesAStateFromWhichItContinues() {
    Trial trial = Trial.mlp(NOISY, DType.FLOAT32, 2);
    TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
    List<TrainingEvent> events = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(host(), TrainingSetup.of(plan, trial.samples()).withListener(events::add))) {
      assertThat(trainer.run(() -> trainer.state().step() >= 15))
          .isEqualTo(TrainingEvent.Outcome.STOPPED);
    }
    TrainingEvent.Finished finished = (TrainingEvent.Finished) events.getLast();
    assertThat(finished.outcome()).isEqualTo(TrainingEvent.Outcome.STOPPED);
    assertThat(finished.step()).isGreaterThanOrEqualTo(15).isLessThan(Trial.STEPS);
    TrainingEvent.CheckpointDue last = (TrainingEvent.CheckpointDue) events.get(events.size() - 2);
    assertThat(last.state().step()).isEqualTo(finished.step());
    Trial.Ended rest = trial.run(host(), plan, List.of(), last.state());
    assertSame(rest.state(), trial.run(host()).state(), "rest");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void probesChangeNoBit(EngineUnderTest on) {
    for (String optimizer : new String[] {"sgd", NOISY}) {
      Trial trial = Trial.mlp(optimizer, DType.FLOAT32, 2);
      TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
      List<Probe.Scheduled> probes =
          List.of(
              new Probe.Scheduled(
                  RiskProbe.of(RiskProbe.Depth.NOISE), new Interval(7, Interval.Unit.STEPS)),
              new Probe.Scheduled(
                  RiskProbe.of(RiskProbe.Depth.VALUE), new Interval(2, Interval.Unit.LOGARITHMIC)));
      Trial.Ended probed = trial.run(on.engine(), plan, probes, null);
      assertThat(probed.only(TrainingEvent.Measured.class)).hasSizeGreaterThan(8);
      assertSame(probed.state(), trial.run(on.engine()).state(), optimizer);
    }
  }

  private static void assertSame(TrainingState actual, TrainingState expected, String what) {
    assertThat(actual.step()).as(what).isEqualTo(expected.step());
    assertThat(actual.epoch()).as(what).isEqualTo(expected.epoch());
    assertThat(actual.theta()).as(what).isEqualTo(expected.theta());
    assertThat(actual.statistics()).as(what).isEqualTo(expected.statistics());
    assertThat(actual.optimizer()).as(what).hasSameSizeAs(expected.optimizer());
    for (int i = 0; i < expected.optimizer().size(); i++) {
      assertThat(actual.optimizer().get(i)).as(what).isEqualTo(expected.optimizer().get(i));
    }
  }

  private static Engine host() {
    return EngineUnderTest.HOST.engine();
  }
}
