package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;
import static org.noisescape.train.GaugedRuns.EACH_STEP;
import static org.noisescape.train.GaugedRuns.REPLICAS;
import static org.noisescape.train.GaugedRuns.axes;
import static org.noisescape.train.GaugedRuns.host;
import static org.noisescape.train.GaugedRuns.initial;
import static org.noisescape.train.GaugedRuns.measurements;
import static org.noisescape.train.GaugedRuns.ofSingleSamples;
import static org.noisescape.train.GaugedRuns.project;
import static org.noisescape.train.GaugedRuns.projected;
import static org.noisescape.train.GaugedRuns.quantities;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.optim.RunSchedules;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Measured;

/** Both sides of the relation as the gauge sums them, against the trajectory itself. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class StationarityGaugeTest {
  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  /** θ and the directions of a run are in its checkpoints; the gradient is m′ − μm. */
  @ParameterizedTest
  @MethodSource("engines")
  void theSumsAreThoseOfTheTrajectory(EngineUnderTest on) {
    double momentum = 0.9;
    Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT64, REPLICAS);
    TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
    double[] axes = axes(plan.network().parameterCount());
    // 7 steps do not divide the 45 of the run, nor an epoch of 6
    Interval seven = new Interval(7, Interval.Unit.STEPS);
    List<Probe.Scheduled> probes =
        List.of(
            new Probe.Scheduled(StationarityProbe.full(), seven),
            new Probe.Scheduled(projected(axes), seven));
    Trial.Ended run = trial.run(on.engine(), plan, probes, EACH_STEP, null);

    int size = plan.network().parameterCount();
    double[][] theta = new double[(int) Trial.STEPS + 1][];
    double[][] direction = new double[theta.length][];
    theta[0] = initial(plan);
    direction[0] = new double[theta[0].length];
    for (CheckpointDue due : run.only(CheckpointDue.class)) {
      theta[(int) due.state().step()] = due.state().theta();
      direction[(int) due.state().step()] = due.state().optimizer().getFirst();
    }
    int measured = 0;
    for (Measured event : run.only(Measured.class)) {
      for (Measurement m : event.measurements()) {
        int to = (int) m.step();
        int from = to == Trial.STEPS ? 42 : Math.max(0, to - 7);
        if (to == 0) {
          assertThat(m.values().keySet()).noneMatch(key -> key.startsWith("fdr"));
          continue;
        }
        for (String prefix : new String[] {"fdr_", "fdr_axes_"}) {
          double left = 0;
          double right = 0;
          for (int t = from; t < to; t++) {
            double[] before = part(direction[t], m.replica() * size, size);
            double[] now = part(direction[t + 1], m.replica() * size, size);
            double[] at = part(theta[t], m.replica() * size, size);
            double[] gradient = axpy(-momentum, before, now);
            double[] p = prefix.equals("fdr_") ? at : project(axes, m.replica(), at);
            double[] g = prefix.equals("fdr_") ? gradient : project(axes, m.replica(), gradient);
            double[] v = prefix.equals("fdr_") ? now : project(axes, m.replica(), now);
            double rate =
                0.05 * plan.schedule().factor((double) t / Trial.STEPS_PER_EPOCH, Trial.EPOCHS);
            left += dot(p, g) / (to - from);
            right += rate * (1 + momentum) / 2 * dot(v, v) / (to - from);
          }
          // a sum of some hundred products in float64
          close("left", m.values().get(prefix + "left"), left, 1e-11 * (Math.abs(left) + right));
          close("right", m.values().get(prefix + "right"), right, 1e-11 * right);
          close("ratio", m.values().get(prefix + "ratio"), left / right, 1e-9);
          measured++;
        }
      }
    }
    assertThat(measured).isEqualTo(2 * 2 * 7);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aGaugeChangesNoBitOfARunWithMomentumAndRoundingOnlyOfPlainDescent(EngineUnderTest on) {
    for (String optimizer : new String[] {"sgd", "momentum:0.9"}) {
      Trial trial = Trial.mlp(optimizer, DType.FLOAT64, REPLICAS);
      TrainingPlan plan = trial.plan(0.05, Trial.EPOCHS);
      double[] gauged =
          trial
              .run(
                  on.engine(),
                  plan,
                  List.of(new Probe.Scheduled(StationarityProbe.full(), EACH_STEP)),
                  null)
              .state()
              .theta();
      double[] alone = trial.run(on.engine()).state().theta();
      if (optimizer.equals("sgd")) {
        // rounding of every step, which training may amplify by a few
        double bound = 8 * Trial.STEPS * Vectors.epsilon(DType.FLOAT64) * norm(alone);
        close("θ", gauged, alone, bound);
      } else {
        assertThat(gauged).isEqualTo(alone);
      }
    }
  }

  @Test
  void aResumedRunMeasuresTheSame() {
    Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT32, REPLICAS);
    // blocks of three steps, checkpoints after each of them
    TrainingPlan plan = ofSingleSamples(trial.plan(0.01, 0.7));
    double[] axes = axes(plan.network().parameterCount());
    Interval eleven = new Interval(11, Interval.Unit.STEPS);
    List<Probe.Scheduled> probes =
        List.of(
            new Probe.Scheduled(RiskProbe.of(RiskProbe.Depth.VALUE), eleven),
            new Probe.Scheduled(StationarityProbe.full(), eleven),
            new Probe.Scheduled(StationarityProbe.top(2), eleven),
            new Probe.Scheduled(projected(axes), eleven));
    Trial.Ended whole = trial.run(host().engine(), plan, probes, EACH_STEP, null);
    Map<Long, List<Measurement>> expected = measurements(whole);
    for (CheckpointDue due : whole.only(CheckpointDue.class)) {
      Trial.Ended rest = trial.run(host().engine(), plan, probes, due.state());
      assertThat(rest.state().theta()).isEqualTo(whole.state().theta());
      measurements(rest)
          .forEach(
              (step, values) -> {
                for (int r = 0; r < REPLICAS; r++) {
                  assertThat(quantities(values.get(r)))
                      .as("step %d from %d", step, due.state().step())
                      .isEqualTo(quantities(expected.get(step).get(r)));
                }
              });
    }
  }

  @Test
  void aMomentumThatChangesHasTheRelationOfAnyRuleAndMeansAndLabelsHaveItsOwn() {
    Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT32, 1);
    List<Probe.Scheduled> probes =
        List.of(new Probe.Scheduled(StationarityProbe.full(), EACH_STEP));
    TrainingPlan changing =
        trial.plan(0.05, 1).toBuilder()
            .schedules(RunSchedules.parse("constant/momentum=linear"))
            .build();
    // the first step of either is along g, with half as much again on the right of a constant one
    Measurement first =
        measurements(trial.run(host().engine(), changing, probes, null)).get(1L).getFirst();
    Measurement constant =
        measurements(trial.run(host().engine(), trial.plan(0.05, 1), probes, null))
            .get(1L)
            .getFirst();
    close("left", first.values().get("fdr_left"), constant.values().get("fdr_left"), 1e-9);
    close("right", 1.9 * first.values().get("fdr_right"), constant.values().get("fdr_right"), 1e-9);
    Trial.Ended plain = trial.run(host().engine(), trial.plan(0.05, 1), probes, null);
    Trial averaging = Trial.mlp("momentum:0.9+ema:0.9", DType.FLOAT32, 1);
    Trial.Ended kept = averaging.run(host().engine(), averaging.plan(0.05, 1), probes, null);
    assertThat(quantities(measurements(kept).get(6L).getFirst()))
        .isEqualTo(quantities(measurements(plain).get(6L).getFirst()));
    Trial noisy = Trial.mlp("momentum:0.9+label-noise:flip=0.1", DType.FLOAT32, 1);
    assertThat(noisy.run(host().engine(), noisy.plan(0.05, 1), probes, null).outcome())
        .isEqualTo(TrainingEvent.Outcome.COMPLETED);
  }
}
