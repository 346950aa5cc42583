package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.TorchGoldens.numbers;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.RunSchedules;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.TorchGoldens;
import org.noisescape.train.TrainingEvent.CheckpointDue;

/** Fifty steps of PyTorch's optimizers, schedulers and averages, in float64. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class TorchOptimizersTest {
  private static final int[] IMAGE = {6, 1, 1};
  private static final int CLASSES = 3;
  private static final double BOUND = 1e-10;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void trajectoriesAndMeansAreThoseOfPyTorch(EngineUnderTest on) {
    JsonNode file = TorchGoldens.read("optimizers");
    assertThat(file.path("cases")).hasSizeGreaterThan(30);
    for (JsonNode golden : file.path("cases")) {
      String what = golden.path("optimizer").asText() + " " + golden.path("schedule").asText();
      TrainingPlan plan = plan(file, golden);
      TrainingState end = null;
      List<TrainingState> kept = new ArrayList<>();
      TrainingSetup setup =
          TrainingSetup.of(
                  plan, TorchGoldens.samples(file.path("samples").intValue(), IMAGE, CLASSES))
              .withCheckpoints(Interval.parse("10"))
              .withListener(
                  event -> {
                    if (event instanceof CheckpointDue due) {
                      kept.add(due.state());
                    }
                  });
      try (Trainer trainer = new Trainer(on.engine(), setup)) {
        trainer.startFrom(TorchGoldens.parameters(plan.network()), new double[0]);
        trainer.run();
        end = trainer.state();
      }
      TrainingState early = kept.stream().filter(s -> s.step() == 10).findFirst().orElseThrow();
      check(what + ", θ after 10 steps", early.theta(), golden.path("early"));
      check(what + ", θ", end.theta(), golden.path("theta"));
      if (golden.has("average")) {
        check(what + ", mean", end.average().theta(), golden.path("average"));
      }
      if (golden.has("rates")) {
        checkRates(what, plan, golden);
      }
    }
  }

  private static TrainingPlan plan(JsonNode file, JsonNode golden) {
    Network network = ModelZoo.build(file.path("model").asText(), IMAGE, CLASSES);
    return TrainingPlan.of(network, Losses.parse(golden.path("loss").asText()))
        .rules(Optimizers.parse(golden.path("optimizer").asText()))
        .learningRate(golden.path("rate").doubleValue())
        .schedules(RunSchedules.parse(golden.path("schedule").asText()))
        .batch(file.path("samples").intValue())
        .epochs(file.path("steps").intValue())
        .dtype(DType.FLOAT64)
        .build();
  }

  private static void check(String what, double[] found, JsonNode golden) {
    double[] expected = numbers(golden);
    close(what, found, expected, BOUND * norm(expected));
  }

  private static void checkRates(String what, TrainingPlan plan, JsonNode golden) {
    double[] rates = numbers(golden.path("rates"));
    Timeline timeline = plan.timeline(plan.batch());
    for (int k = 0; k < rates.length; k++) {
      close(
          what + ", rate of step " + k,
          plan.learningRate() * timeline.rateFactor(k),
          rates[k],
          1e-14);
    }
  }
}
