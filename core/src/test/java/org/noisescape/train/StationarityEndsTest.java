package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.dot;
import static org.noisescape.testing.Vectors.part;
import static org.noisescape.train.GaugedRuns.REPLICAS;
import static org.noisescape.train.GaugedRuns.axes;
import static org.noisescape.train.GaugedRuns.host;
import static org.noisescape.train.GaugedRuns.initial;
import static org.noisescape.train.GaugedRuns.ofSingleSamples;
import static org.noisescape.train.GaugedRuns.project;
import static org.noisescape.train.GaugedRuns.projected;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.nn.ModelZoo;
import org.noisescape.optim.Schedule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;
import org.noisescape.train.TrainingEvent.Measured;

/** What the two sides of the relation differ by over a stretch, and where they do not. */
@Tag(TestedEngines.TAG)
class StationarityEndsTest {
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
    Arrays.fill(ones, 1);
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
        TrainingPlan.of(ModelZoo.build("linear", new int[] {1, 1, 1}, 1), shape.loss())
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
}
