package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingEvent.BestFound;
import org.noisescape.train.TrainingEvent.Finished;
import org.noisescape.train.TrainingEvent.Measured;
import org.noisescape.train.TrainingEvent.Outcome;

/** When a watched run ends, what it keeps, and that an interruption changes neither. */
class MonitoringTest {
  /** Six steps an epoch, measured once an epoch. */
  private static final int EPOCH = Trial.STEPS_PER_EPOCH;

  private static final double[] VALUES = {5, 4, 4.5, 4, 3.9, 3.95, 3.9, 3.91, 3, 2};

  private final Engine engine = EngineUnderTest.HOST.engine();

  /** Measures given values, one after the other; replica r is r larger. */
  private static final class Scripted implements Probe {
    private final double[] values;
    private int at;

    Scripted(double[] values) {
      this.values = values;
    }

    @Override
    public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
      double value = values[at++];
      return IntStream.range(0, theta.dim(0)).mapToObj(r -> Map.of("q", value + r)).toList();
    }

    @Override
    public Map<String, double[]> state() {
      return Map.of("at", new double[] {at});
    }

    @Override
    public void restore(Map<String, double[]> state) {
      at = (int) state.get("at")[0];
    }
  }

  private record Sitting(Outcome outcome, TrainingState last, List<TrainingEvent> events) {
    List<Long> best() {
      return of(BestFound.class).stream().map(found -> found.state().step()).toList();
    }

    Standing standing() {
      return of(Finished.class).getFirst().standings().getFirst();
    }

    <T extends TrainingEvent> List<T> of(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  private Sitting sitting(
      String rule, int replicas, TrainingState from, BooleanSupplier stop, Interval rare) {
    List<TrainingEvent> events = new ArrayList<>();
    Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT64, replicas);
    Monitoring watched =
        new Monitoring(List.of(StopRule.parse(rule)), Optional.of(Monitor.parse("q:min")));
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(trial.plan(0.05, VALUES.length - 1), trial.samples())
                .withProbes(
                    List.of(
                        new Probe.Scheduled(site -> new Scripted(VALUES), Interval.EPOCH),
                        new Probe.Scheduled(RiskProbe.of(RiskProbe.Depth.NOISE), rare)))
                .withMonitoring(watched)
                .withListener(events::add))) {
      if (from != null) {
        trainer.restore(from);
      }
      Outcome outcome = trainer.run(stop);
      return new Sitting(outcome, trainer.state(), events);
    }
  }

  private Sitting whole(String rule, int replicas) {
    return sitting(rule, replicas, null, () -> false, Interval.EPOCH);
  }

  /** Keras and Lightning: as many measurements in a row that are not better; equal is not. */
  @Test
  void patienceCountsMeasurementsThatAreNotBetter() {
    Sitting ended = whole("q:patience=3,min", 1);
    assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(ended.last().step()).isEqualTo(7L * EPOCH);
    assertThat(ended.standing())
        .extracting(Standing::best, Standing::bestStep, Standing::waited, Standing::metStep)
        .containsExactly(3.9, 4L * EPOCH, 3L, 7L * EPOCH);
    assertThat(whole("q:patience=2,min", 1).last().step()).isEqualTo(3L * EPOCH);
    assertThat(whole("q:patience=9,max", 1).last().step()).isEqualTo(9L * EPOCH);
    assertThat(whole("q:patience=5,max", 1).last().step()).isEqualTo(5L * EPOCH);
  }

  /** From 4: 3.9 is not 0.2 better, 3 is. */
  @Test
  void aSmallerGainThanDeltaIsNone() {
    assertThat(whole("q:patience=6,delta=0.2,min", 1).last().step()).isEqualTo(7L * EPOCH);
    Sitting through = whole("q:patience=7,delta=0.2,min", 1);
    assertThat(through.standing().met()).isFalse();
    assertThat(through.standing().waited()).isZero();
    assertThat(whole("q:patience=1,delta=1,min", 1).last().step()).isEqualTo(EPOCH);
  }

  @Test
  void aValueThatIsReachedEndsTheRunWhereItFirstIs() {
    Sitting ended = whole("q:reaches=3.9,min", 1);
    assertThat(ended.last().step()).isEqualTo(4L * EPOCH);
    assertThat(ended.standing().metValue()).isEqualTo(3.9);
    assertThat(whole("q:reaches=5,max", 1).last().step()).isZero();
    assertThat(whole("q:reaches=1,min", 1).standing().met()).isFalse();
  }

  /** Replicas measure v, v + 1, v + 2. */
  @Test
  void theMeanOverReplicasIsWatched() {
    Sitting ended = whole("q:reaches=5,min", 3);
    assertThat(ended.last().step()).isEqualTo(EPOCH);
    assertThat(ended.standing().metValue()).isEqualTo(5);
  }

  @Test
  void theBestStateIsToldWhereItIsMeasured() {
    Sitting ended = whole("q:patience=9,max", 1);
    assertThat(ended.best()).containsExactly(0L, 6L, 24L, 48L, 54L);
    assertThat(ended.of(BestFound.class))
        .extracting(found -> found.standing().best())
        .containsExactly(5.0, 4.0, 3.9, 3.0, 2.0);
  }

  /** The last step of a run is one at which everything is due. */
  @Test
  void theEndIsMeasuredByAllProbesInOneLine() {
    Interval never = new Interval(1e6, Interval.Unit.STEPS);
    Sitting ended = sitting("q:patience=3,min", 1, null, () -> false, never);
    List<Measured> measured = ended.of(Measured.class);
    assertThat(measured).hasSize(8);
    for (int i = 0; i < measured.size(); i++) {
      assertThat(measured.get(i).measurements().getFirst().values().containsKey("noise_strength"))
          .isEqualTo(i == 0 || i == 7);
    }
    assertThat(measured.getLast().measurements().getFirst().step()).isEqualTo(7L * EPOCH);
  }

  @Test
  void anInterruptionChangesNeitherTheEndNorTheBest() {
    Interval never = new Interval(1e6, Interval.Unit.STEPS);
    Sitting whole = sitting("q:patience=3,min", 2, null, () -> false, never);
    Set<Long> unmeasured = new HashSet<>();
    Outcome outcome = Outcome.STOPPED;
    for (int asks = 1; outcome == Outcome.STOPPED; asks++) {
      int last = asks;
      AtomicInteger asked = new AtomicInteger();
      Sitting first =
          sitting("q:patience=3,min", 2, null, () -> asked.incrementAndGet() >= last, never);
      outcome = first.outcome();
      TrainingState kept = first.of(TrainingEvent.CheckpointDue.class).getLast().state();
      if (!kept.measured()) {
        unmeasured.add(kept.step());
      }
      Sitting second = sitting("q:patience=3,min", 2, kept, () -> false, never);
      assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(second.last()).usingRecursiveComparison().isEqualTo(whole.last());
      assertThat(second.standing()).isEqualTo(whole.standing());
      List<Long> best = new ArrayList<>(first.best());
      best.addAll(second.best());
      assertThat(best).as("stopped when asked for the %dth time", asks).isEqualTo(whole.best());
    }
    assertThat(unmeasured).contains(0L, 7L * EPOCH);
  }

  @Test
  void whatIsNeverMeasuredIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> whole("train_los:patience=3,min", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'train_los' is watched and never measured")
        .hasMessageContaining("q, train_loss, train_accuracy, noise_strength");
  }

  @Test
  void aCourseThatNoRunCanHaveComeToIsRefused() {
    double[] fine = {3, 1.5, 12, 0, -1, 0};
    new MonitorCourse(StopRule.parse("test_loss:patience=2")).restore(fine, 12);
    for (double[] wrong :
        List.of(
            new double[] {3, 1.5, 18, 0, -1, 0},
            new double[] {3, Double.NaN, 12, 0, -1, 0},
            new double[] {3, 1.5, 12, 3, -1, 0},
            new double[] {2.5, 1.5, 12, 0, -1, 0},
            new double[] {3, 1.5, 12, 0, 13, 1},
            new double[] {0, 0, 0, 0, 6, 1},
            new double[] {3, 1.5, 12})) {
      assertThatThrownBy(
              () -> new MonitorCourse(StopRule.parse("test_loss:patience=2")).restore(wrong, 12))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("test_loss after 12 steps");
    }
    assertThatThrownBy(
            () ->
                new Monitors(new Monitoring(List.of(), Optional.of(Monitor.parse("test_loss"))))
                    .restore(List.of(), 3))
        .hasMessageContaining("0 watched quantities, the run watches 1");
  }

  @Test
  void namesOfLossesAndAccuraciesSayWhereTheyAreToGo() {
    for (String loss : List.of("train_loss", "test_loss", "validation_loss", "loss")) {
      assertThat(Monitor.parse(loss).aim()).isEqualTo(Monitor.Aim.MIN);
    }
    for (String accuracy :
        List.of("test_accuracy", "test_top5_accuracy", "validation_class_accuracy_3")) {
      assertThat(Monitor.parse(accuracy).aim()).isEqualTo(Monitor.Aim.MAX);
    }
    for (String neither : List.of("noise_strength", "test_loss_standard_error", "wrong_samples")) {
      assertThatThrownBy(() -> Monitor.parse(neither)).hasMessageContaining(neither + ":min or");
    }
    assertThat(Monitor.parse("noise_strength:max").text()).isEqualTo("noise_strength:max");
  }

  @Test
  void aRuleIsWrittenAsItIsRead() {
    for (String text :
        List.of(
            "test_loss:patience=5,min",
            "q:patience=2,delta=0.001,max",
            "test_accuracy:reaches=0.94,max",
            "q:reaches=-2.0,min")) {
      assertThat(StopRule.parse(text).text()).isEqualTo(text);
    }
    assertThat(StopRule.parse("test_accuracy:reaches=0.94").text())
        .isEqualTo("test_accuracy:reaches=0.94,max");
  }

  @Test
  void wrongRulesAreOneLine() {
    for (String wrong :
        List.of(
            "test_loss",
            "test_loss:",
            "test_loss:patience",
            "test_loss:patience=0",
            "test_loss:patience=2.5",
            "test_loss:patience=2,patience=3",
            "test_loss:delta=1",
            "test_loss:patience=2,delta=-1",
            "test_loss:patience=2,delta=NaN",
            "test_loss:reaches=Infinity",
            "test_loss:reaches=1,patience=2",
            "test_loss:patience=2,down",
            ":patience=2",
            "step_time_s:patience=2,min",
            "noise_strength:patience=2")) {
      assertThatThrownBy(() -> StopRule.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("stop rule '" + wrong + "': ")
          .hasMessageNotContaining("\n");
    }
  }
}
