package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.noisescape.instruments.InstrumentProbe;
import org.noisescape.instruments.Instruments;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingEvent.Outcome;

/** Runs that are asked to stop, within measurements too, wherever that is. */
class StoppedMeasurementTest {
  private static final List<Probe.Scheduled> PROBES =
      List.of(
          new Probe.Scheduled(StationarityProbe.full(), Interval.EPOCH),
          new Probe.Scheduled(
              InstrumentProbe.of(
                  Stream.of("distance", "update", "norm-test", "alpha", "gradient-histogram")
                      .map(name -> Instruments.find(name).orElseThrow())
                      .toList()),
              Interval.EPOCH),
          new Probe.Scheduled(RiskProbe.of(RiskProbe.Depth.NOISE), Interval.EPOCH));

  private final Engine engine = EngineUnderTest.HOST.engine();
  private final Trial trial = Trial.mlp("momentum:0.9", DType.FLOAT64, 2);

  /** Measurements, and the last checkpoint. */
  private record Sitting(
      Outcome outcome, List<Map<String, Double>> measured, TrainingState checkpoint) {}

  @Test
  void stoppedAnywhereAndContinuedMeasuresWhatOneSittingDoes() {
    Sitting whole = sitting(null, () -> false);
    Set<Long> unmeasured = new HashSet<>();
    Outcome outcome = Outcome.STOPPED;
    for (int asks = 1; outcome == Outcome.STOPPED; asks++) {
      int last = asks;
      AtomicInteger asked = new AtomicInteger();
      Sitting first = sitting(null, () -> asked.incrementAndGet() >= last);
      outcome = first.outcome();
      if (!first.checkpoint().measured()) {
        unmeasured.add(first.checkpoint().step());
      }
      Sitting second = sitting(first.checkpoint(), () -> false);

      List<Map<String, Double>> both = new ArrayList<>(first.measured());
      both.addAll(second.measured());
      assertThat(both).as("stopped when asked for the %dth time", asks).isEqualTo(whole.measured());
      assertThat(second.outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(second.checkpoint() == null ? first.checkpoint() : second.checkpoint())
          .usingRecursiveComparison()
          .isEqualTo(whole.checkpoint());
    }
    assertThat(unmeasured).containsExactlyInAnyOrder(0L, 6L, 12L);
  }

  private Sitting sitting(TrainingState from, BooleanSupplier stop) {
    List<Map<String, Double>> measured = new ArrayList<>();
    TrainingState[] checkpoint = new TrainingState[1];
    TrainingEvent.Listener listener =
        event -> {
          if (event instanceof TrainingEvent.CheckpointDue due) {
            checkpoint[0] = due.state();
          } else if (event instanceof TrainingEvent.Measured now) {
            for (Measurement one : now.measurements()) {
              Map<String, Double> values = new HashMap<>(one.values());
              values.remove("step_time_s");
              values.put("step", (double) one.step());
              one.histograms()
                  .forEach(
                      (name, histogram) ->
                          values.put(name, (double) Arrays.hashCode(histogram.counts())));
              measured.add(values);
            }
          }
        };
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(trial.plan(0.05, 2), trial.samples())
                .withTest(Optional.of(trial.samples()))
                .withProbes(PROBES)
                .withListener(listener))) {
      if (from != null) {
        trainer.restore(from);
      }
      return new Sitting(trainer.run(stop), measured, checkpoint[0]);
    }
  }
}
