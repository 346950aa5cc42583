package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.optim.RunSchedules;
import org.noisescape.optim.Schedule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.CheckpointDue;
import org.noisescape.train.TrainingEvent.Measured;

/** Both sides of the relation as the gauge sums them, against the trajectory itself. */
@Tag(TestedEngines.TAG)
class StationarityGaugeTest {
  private static final Interval EACH_STEP = new Interval(1, Interval.Unit.STEPS);
  private static final int REPLICAS = 2;
  private static final int RANK = 3;

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

  /** What the two sides differ by is a matter of the ends alone, for any loss. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum:0.8"})
  void theTwoSidesDifferByTheEndsOfTheStretch(String optimizer) {
    double momentum = optimizer.equals("sgd") ? 0 : 0.8;
    double rate = 0.05;
    Trial trial = Trial.mlp(optimizer, DType.FLOAT64, REPLICAS);
    TrainingPlan plan = ofSingleSamples(trial.plan(rate, Trial.EPOCHS, new Schedule.Constant()));
    // more blocks than wait on the engine, the last one cut short
    long steps = plan.steps(Trial.SAMPLES);
    assertThat(steps).isEqualTo(398);
    double[] axes = axes(plan.network().parameterCount());
    Interval once = new Interval(1e6, Interval.Unit.STEPS);
    List<Probe.Scheduled> probes =
        List.of(
            new Probe.Scheduled(StationarityProbe.full(), once),
            new Probe.Scheduled(projected(axes), once));
    Trial.Ended run = trial.run(host().engine(), plan, probes, null);
    int size = plan.network().parameterCount();
    List<Measurement> last = run.only(Measured.class).getLast().measurements();
    for (int r = 0; r < REPLICAS; r++) {
      for (String prefix : new String[] {"fdr_", "fdr_axes_"}) {
        boolean full = prefix.equals("fdr_");
        double[] begin = part(initial(plan), r * size, size);
        double[] end = part(run.state().theta(), r * size, size);
        double[] m =
            momentum == 0
                ? new double[size]
                : part(run.state().optimizer().getFirst(), r * size, size);
        double[] before = axpy(rate, m, end);
        if (!full) {
          begin = project(axes, r, begin);
          end = project(axes, r, end);
          before = project(axes, r, before);
          m = project(axes, r, m);
        }
        // Θ = ‖θ‖²: Σ(O_L − O_R) = −(Θ_T − Θ_0 − μ(Θ_{T−1} − Θ_0))/(2η) − ημ‖m_T‖²/2
        double ends =
            -(dot(end, end)
                        - dot(begin, begin)
                        - momentum * (dot(before, before) - dot(begin, begin)))
                    / (2 * rate)
                - rate * momentum * dot(m, m) / 2;
        Map<String, Double> values = last.get(r).values();
        double difference = steps * (values.get(prefix + "left") - values.get(prefix + "right"));
        close(prefix + r, difference, ends, 1e-11 * (dot(begin, begin) / rate));
        assertThat(Math.abs(ends)).isGreaterThan(1e-3);
      }
    }
  }

  /**
   * L = ½⟨(w·1 + b − y)²⟩: a random walk of s = w + b against a spring of h = 2. Exact: ⟨O_L⟩ =
   * ⟨O_R⟩ = ηC/(2 − 2η) for SGD, with C the variance of the mini-batch mean of y.
   */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum:0.5"})
  void aStationaryRunHasTheExactValueOnBothSides(String optimizer) {
    double momentum = optimizer.equals("sgd") ? 0 : 0.5;
    double rate = 0.3;
    int samples = 60;
    float[] ones = new float[samples];
    java.util.Arrays.fill(ones, 1);
    float[] targets = new float[samples];
    double[] drawn = Vectors.normals(5, samples);
    double mean = 0;
    double square = 0;
    for (int n = 0; n < samples; n++) {
      targets[n] = (float) (drawn[n] + 1);
      mean += targets[n] / (double) samples;
      square += targets[n] * (double) targets[n] / samples;
    }
    double noise = (square - mean * mean) / Trial.BATCH;
    Trial trial =
        new Trial("linear", "mse", optimizer, DType.FLOAT64, 16, Sampling.WITH_REPLACEMENT);
    // 7 steps an epoch; 700 epochs
    ArraySamples data = new ArraySamples(new int[] {1, 1, 1}, 1, ones, targets);
    TrainingPlan shape = trial.plan(rate, 700, new Schedule.Constant());
    TrainingPlan plan =
        TrainingPlan.of(
                org.noisescape.nn.ModelZoo.build("linear", new int[] {1, 1, 1}, 1), shape.loss())
            .initialization(shape.initialization())
            .rules(shape.rules())
            .learningRate(rate)
            .schedule(shape.schedule())
            .batch(Trial.BATCH)
            .sampling(shape.sampling())
            .epochs(shape.epochs())
            .seed(4)
            .replicas(16)
            .dtype(DType.FLOAT64)
            .build();
    List<TrainingEvent> events = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(
            host().engine(),
            TrainingSetup.of(plan, data)
                .withProbes(
                    List.of(
                        new Probe.Scheduled(
                            StationarityProbe.full(), new Interval(1e6, Interval.Unit.STEPS))))
                .withCheckpoints(new Interval(1e6, Interval.Unit.STEPS))
                .withListener(events::add))) {
      trainer.run();
    }
    List<Measurement> last =
        events.stream()
            .filter(Measured.class::isInstance)
            .map(Measured.class::cast)
            .reduce((a, b) -> b)
            .orElseThrow()
            .measurements();
    // s is a walk of h = 2 with noise 2C in each step's gradient sum; Liu et al. (2021), Eq. 16
    double h = 2;
    double variance = rate * 4 * noise / ((1 - momentum) * h * (2 - rate * h / (1 + momentum)));
    // θ·∇L = s(s − ȳ)
    for (String side : new String[] {"fdr_half_left", "fdr_half_right"}) {
      double average = 0;
      double spread = 0;
      for (Measurement m : last) {
        average += m.values().get(side) / 16;
      }
      for (Measurement m : last) {
        spread += Math.pow(m.values().get(side) - average, 2) / (15 * 16);
      }
      close(side, average, variance, 3.5 * Math.sqrt(spread));
      assertThat(Math.sqrt(spread)).isLessThan(0.05 * variance);
    }
    for (Measurement m : last) {
      assertThat(m.values().get("fdr_half_deviation")).isLessThan(0.05);
    }
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

  /** θ′ = θ − ηu: Σ(θ·u − (η/2)‖u‖²) = −(Θ_T − Θ_0)/(2η), whatever made u. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nesterov:0.9",
        "adam",
        "adamw:decay=0.1",
        "lion",
        "rmsprop+momentum:0.9",
        "sam:rho=0.05+momentum:0.9",
        "weight-decay:0.1",
        "clip:1+momentum:0.9",
        "momentum:0.9+pl-sgd:l1=0.1,l2=0.1"
      })
  void theTwoSidesOfAnyRuleDifferByTheEndsOfTheStretch(String optimizer) {
    double rate = 0.01;
    Trial trial = Trial.mlp(optimizer, DType.FLOAT64, REPLICAS);
    TrainingPlan plan = trial.plan(rate, Trial.EPOCHS, new Schedule.Constant());
    double[] axes = axes(plan.network().parameterCount());
    Interval once = new Interval(1e6, Interval.Unit.STEPS);
    List<Probe.Scheduled> probes =
        List.of(
            new Probe.Scheduled(StationarityProbe.full(), once),
            new Probe.Scheduled(projected(axes), once));
    Trial.Ended run = trial.run(host().engine(), plan, probes, null);
    int size = plan.network().parameterCount();
    List<Measurement> last = run.only(Measured.class).getLast().measurements();
    for (int r = 0; r < REPLICAS; r++) {
      for (String prefix : new String[] {"fdr_", "fdr_axes_"}) {
        double[] begin = part(initial(plan), r * size, size);
        double[] end = part(run.state().theta(), r * size, size);
        if (!prefix.equals("fdr_")) {
          begin = project(axes, r, begin);
          end = project(axes, r, end);
        }
        double ends = -(dot(end, end) - dot(begin, begin)) / (2 * rate);
        Map<String, Double> values = last.get(r).values();
        double difference =
            Trial.STEPS * (values.get(prefix + "left") - values.get(prefix + "right"));
        close(prefix + r, difference, ends, 1e-11 * (dot(begin, begin) / rate));
        assertThat(Math.abs(ends)).isGreaterThan(1e-3);
      }
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

  private static Map<Long, List<Measurement>> measurements(Trial.Ended run) {
    Map<Long, List<Measurement>> all = new java.util.LinkedHashMap<>();
    run.only(Measured.class)
        .forEach(event -> all.put(event.measurements().getFirst().step(), event.measurements()));
    return all;
  }

  private static Map<String, Double> quantities(Measurement measurement) {
    Map<String, Double> values = new java.util.LinkedHashMap<>(measurement.values());
    values.remove("step_time_s");
    return values;
  }

  /** The same with B = 1 and so 53 steps an epoch: blocks of three steps. */
  private static TrainingPlan ofSingleSamples(TrainingPlan plan) {
    return plan.toBuilder().batch(1).build();
  }

  /** A subspace that stays, so that the relation between its sums is exact over any stretch. */
  private static Probe.Factory projected(double[] axes) {
    return StationarityProbe.projected(
        "fdr_axes_",
        RANK,
        site ->
            (Tensor theta, Tensor target) -> {
              target.engine().memory().write(target, axes);
              return List.of();
            });
  }

  /** Orthonormal vectors of each replica, by Gram and Schmidt. */
  private static double[] axes(int parameters) {
    double[] axes = Vectors.normals(3, REPLICAS * RANK * parameters);
    for (int r = 0; r < REPLICAS; r++) {
      for (int i = 0; i < RANK; i++) {
        double[] x = part(axes, (r * RANK + i) * parameters, parameters);
        for (int j = 0; j < i; j++) {
          double[] y = part(axes, (r * RANK + j) * parameters, parameters);
          x = axpy(-dot(x, y), y, x);
        }
        double norm = norm(x);
        for (int p = 0; p < parameters; p++) {
          axes[(r * RANK + i) * parameters + p] = x[p] / norm;
        }
      }
    }
    return axes;
  }

  private static double[] project(double[] axes, int replica, double[] x) {
    double[] components = new double[RANK];
    for (int i = 0; i < RANK; i++) {
      components[i] = dot(part(axes, (replica * RANK + i) * x.length, x.length), x);
    }
    return components;
  }

  private static double[] initial(TrainingPlan plan) {
    int size = plan.network().parameterCount();
    double[] theta = new double[REPLICAS * size];
    for (int r = 0; r < REPLICAS; r++) {
      double[] one = plan.network().initialParameters(plan.initialization(), plan.seed(), r);
      System.arraycopy(one, 0, theta, r * size, size);
    }
    return theta;
  }

  private static EngineUnderTest host() {
    return EngineUnderTest.HOST;
  }
}
