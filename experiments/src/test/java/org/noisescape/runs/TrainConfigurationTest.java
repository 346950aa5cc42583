package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.train.TrainingPlan;

class TrainConfigurationTest {
  @Test
  void jsonGivesTheSameConfigurationBack() {
    TrainConfiguration configuration =
        TrainConfiguration.defaults()
            .with(
                Map.of(
                    "subset",
                    1000,
                    "learning_rate",
                    0.1,
                    "seed",
                    Long.MIN_VALUE,
                    "data_dir",
                    "/a folder",
                    "probes",
                    List.of(ProbeSchedule.parse("noise:every=log1.5"))));
    assertThat(TrainConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    assertThat(configuration.toJson().path("learning_rate").asDouble()).isEqualTo(0.1);
    assertThat(configuration.toJson().path("probes").get(0).path("every").asText())
        .isEqualTo("log1.5");
  }

  @Test
  void everySettingIsWrittenOut() {
    assertThat(TrainConfiguration.defaults().toJson().size())
        .isEqualTo(TrainConfiguration.class.getRecordComponents().length);
  }

  @Test
  void aPlanOfTheLibraryDefaultsToWhatTheCommandDoes() {
    Network network = ModelZoo.build("linear", new int[] {1, 1, 2}, 1);
    TrainingPlan plan = TrainConfiguration.defaults().plan(network);
    assertThat(
            TrainingPlan.of(network, plan.loss())
                .learningRate(plan.learningRate())
                .batch(plan.batch())
                .epochs(plan.epochs())
                .build())
        .isEqualTo(plan);
  }

  /** Files written before runs could be watched say nothing of it. */
  @Test
  void aFileWithoutWatchedQuantitiesWatchesNone() {
    ObjectNode tree = (ObjectNode) TrainConfiguration.defaults().toJson();
    tree.remove(List.of("stop_when", "keep_best"));
    assertThat(TrainConfiguration.fromJson(tree)).isEqualTo(TrainConfiguration.defaults());
  }

  @Test
  void unknownOrWrongValuesAreOneLine() {
    TrainConfiguration defaults = TrainConfiguration.defaults();
    assertThatThrownBy(() -> defaults.with(Map.of("lerning_rate", 1)))
        .hasMessage("no setting 'lerning_rate'");
    ObjectNode tree = (ObjectNode) defaults.toJson();
    tree.put("batch", "many");
    assertThatThrownBy(() -> TrainConfiguration.fromJson(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
    tree.put("batch", 1).put("model", "mpl");
    assertThatThrownBy(() -> TrainConfiguration.fromJson(tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown model 'mpl', did you mean 'mlp'?");
  }
}
