package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.optim.Schedule;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingEvent.Measured;

/** What is measured at the mean of the parameters, beside what is measured there afterwards. */
class AverageProbeTest {
  private static final double RATE = 0.05;

  private final Engine engine = EngineUnderTest.HOST.engine();

  private static List<Probe.Scheduled> probes(Probe.Factory... factories) {
    return java.util.Arrays.stream(factories)
        .map(factory -> new Probe.Scheduled(factory, Interval.EPOCH))
        .toList();
  }

  private Trial.Ended run(Trial trial, Probe.Factory... factories) {
    return trial.run(engine, trial.plan(RATE, 3, new Schedule.Constant()), probes(factories), null);
  }

  /** A run that begins at θ̄, with its running statistics, measures at step 0 the same. */
  @ParameterizedTest
  @ValueSource(strings = {"mlp:7", "resnet18:1"})
  void itMeasuresAtTheMeanThatTheCheckpointKeeps(String model) {
    Trial mlp = Trial.mlp("momentum:0.9+ema:0.9", DType.FLOAT64, 2);
    Trial trial = new Trial(model, "ce", mlp.optimizer(), mlp.dtype(), 2, mlp.sampling());
    Probe.Factory risk = RiskProbe.of(RiskProbe.Depth.NOISE);
    Trial.Ended ended = run(trial, risk, AverageProbe.of(risk));
    List<Measurement> last = ended.only(Measured.class).getLast().measurements();

    Trial again = new Trial(model, "ce", "sgd", trial.dtype(), 2, trial.sampling());
    Measured[] first = new Measured[1];
    try (Trainer trainer =
        new Trainer(
            engine,
            TrainingSetup.of(again.plan(RATE, 0), again.samples())
                .withProbes(probes(risk))
                .withListener(event -> first[0] = event instanceof Measured m ? m : first[0]))) {
      AverageState mean = ended.state().average();
      trainer.startFrom(mean.theta(), mean.statistics());
      trainer.run();
    }
    for (int r = 0; r < 2; r++) {
      Map<String, Double> expected = first[0].measurements().get(r).values();
      Map<String, Double> values = last.get(r).values();
      assertThat(expected).containsKey("noise_strength");
      expected.forEach(
          (name, value) -> assertThat(values.get("average_" + name)).as(name).isEqualTo(value));
      assertThat(values.get("train_loss")).isNotEqualTo(values.get("average_train_loss"));
    }
  }

  @Test
  void nothingIsMeasuredBeforeTheMeanBegins() {
    Trial trial = Trial.mlp("swa:from=2", DType.FLOAT64, 1);
    Trial.Ended ended = run(trial, AverageProbe.of(RiskProbe.of(RiskProbe.Depth.VALUE)));
    assertThat(ended.only(Measured.class))
        .extracting(m -> m.measurements().getFirst().values().containsKey("average_train_loss"))
        .containsExactly(false, false, true, true);
  }

  @Test
  void aRunWithoutAMeanAndProbesOfStepsAreRefused() {
    assertThatThrownBy(
            () ->
                run(
                    Trial.mlp("momentum:0.9", DType.FLOAT64, 1),
                    AverageProbe.of(RiskProbe.of(RiskProbe.Depth.VALUE))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no mean of the parameters is kept");
    assertThatThrownBy(
            () ->
                run(
                    Trial.mlp("ema:0.9", DType.FLOAT64, 1),
                    AverageProbe.of(StationarityProbe.full())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("makes no steps");
  }
}
