package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final List<String> NETWORKS = List.of("mlp", "cnn");

  @Test
  void givenValuesReplaceDefaultsInTheirOrder() {
    Settings settings = settings("cnn-epochs", " 7 ");

    assertThat(settings.integer("cnn-epochs", 1)).isEqualTo(7);
    assertThat(settings.integer("mlp-epochs", 1)).isEqualTo(3);
    assertThat(settings.all().keySet())
        .containsExactly("panels", "mlp-epochs", "cnn-epochs", "lr", "subset");
  }

  @Test
  void shortcutSetsAllButKeysGivenThemselves() {
    Settings settings = settings("cnn-epochs", "7", "epochs", "9");

    assertThat(settings.integer("mlp-epochs", 1)).isEqualTo(9);
    assertThat(settings.integer("cnn-epochs", 1)).isEqualTo(7);
  }

  @Test
  void unknownKeyIsNamedWithTheNearestAndAllKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("mlp-epoch", "7"))
        .withMessageContaining("'mlp-epoch'")
        .withMessageContaining("did you mean 'mlp-epochs'?")
        .withMessageContaining("panels, mlp-epochs, cnn-epochs, lr, subset, epochs");
  }

  @Test
  void wrongValuesNameKeyValueAndRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("mlp-epochs", "0").integer("mlp-epochs", 1))
        .withMessage("--set mlp-epochs=0: must be a whole number >= 1 (a/b)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("mlp-epochs", "1.5").integer("mlp-epochs", 1))
        .withMessageContaining("--set mlp-epochs=1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("lr", "-1").positive("lr"))
        .withMessage("--set lr=-1: must be a number > 0 (a/b)");
    assertThatIllegalArgumentException().isThrownBy(() -> settings("lr", "NaN").positive("lr"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("lr", "").positive("lr"))
        .withMessageContaining("must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("subset", "none").integerOrAll("subset"))
        .withMessageContaining("or all");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("panels", "mlp,rnn").some("panels", NETWORKS))
        .withMessageContaining("must be one or more of mlp,cnn");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("panels", "mlp,mlp").some("panels", NETWORKS));
  }

  @Test
  void wordsAndNumbersAreRead() {
    assertThat(settings("panels", "cnn, mlp").some("panels", NETWORKS))
        .containsExactly("cnn", "mlp");
    assertThat(settings("subset", "5").integerOrAll("subset")).contains(5);
    assertThat(settings().integerOrAll("subset")).isEmpty();
    assertThat(settings("lr", "1e-2").positive("lr")).isEqualTo(0.01);
  }

  private static Settings settings(String... pairs) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("panels", "mlp,cnn");
    defaults.put("mlp-epochs", "3");
    defaults.put("cnn-epochs", "4");
    defaults.put("lr", "0.1");
    defaults.put("subset", "all");
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return Settings.of(
        "a/b", defaults, Map.of("epochs", List.of("mlp-epochs", "cnn-epochs")), given);
  }
}
