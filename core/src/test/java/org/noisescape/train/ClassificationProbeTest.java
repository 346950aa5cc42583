package org.noisescape.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.DType;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.TrainingEvent.Measured;

/** The columns that count classes, beside the accuracy of the same samples. */
class ClassificationProbeTest {
  private final Trial trial = Trial.mlp("sgd", DType.FLOAT64, 2);

  private List<Measurement> measured(Probe.Factory... factories) {
    List<Measurement> measured = new ArrayList<>();
    List<Probe.Scheduled> probes = new ArrayList<>();
    for (Probe.Factory factory : factories) {
      probes.add(new Probe.Scheduled(factory, Interval.EPOCH));
    }
    try (Trainer trainer =
        new Trainer(
            EngineUnderTest.HOST.engine(),
            TrainingSetup.of(trial.plan(0.1, 1), trial.samples())
                .withTest(Optional.of(trial.samples()))
                .withProbes(probes)
                .withListener(
                    event -> {
                      if (event instanceof Measured now) {
                        measured.addAll(now.measurements());
                      }
                    }))) {
      trainer.run();
    }
    return measured;
  }

  @Test
  void countsAndSharesAgreeWithTheAccuracy() {
    List<Measurement> all =
        measured(
            RiskProbe.of(RiskProbe.Depth.VALUE),
            ClassificationProbe.confusion(),
            ClassificationProbe.top(1),
            ClassificationProbe.top(2));
    assertThat(all).hasSize(4);
    for (Measurement one : all) {
      Map<String, Double> values = one.values();
      for (String samples : List.of("train_", "test_")) {
        double accuracy = values.get(samples + "accuracy");
        assertThat(values.get(samples + "top1_accuracy")).isEqualTo(accuracy);
        assertThat(values.get(samples + "accuracy_standard_error"))
            .isEqualTo(Math.sqrt(accuracy * (1 - accuracy) / 53));
        assertThat(values.get(samples + "top1_accuracy_standard_error"))
            .isEqualTo(values.get(samples + "accuracy_standard_error"));
        assertThat(values.get(samples + "top2_accuracy")).isBetween(accuracy + 0.01, 1.0);
        double right = 0;
        double count = 0;
        for (int t = 0; t < 3; t++) {
          double of = 0;
          for (int p = 0; p < 3; p++) {
            of += values.get(samples + "confusion_" + t + "_" + p);
          }
          double own = values.get(samples + "confusion_" + t + "_" + t);
          double share = values.get(samples + "class_accuracy_" + t);
          assertThat(share).isEqualTo(own / of);
          assertThat(values.get(samples + "class_accuracy_" + t + "_standard_error"))
              .isEqualTo(Math.sqrt(share * (1 - share) / of));
          right += own;
          count += of;
        }
        assertThat(count).isEqualTo(53);
        assertThat(right / count).isEqualTo(accuracy);
      }
    }
  }

  @Test
  void aTopOfAllClassesIsRefused() {
    assertThatThrownBy(() -> measured(ClassificationProbe.top(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("top-3 accuracy of 3 classes is 1 whatever the model does");
  }
}
