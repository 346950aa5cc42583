package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.files.JsonFile;

class GroupNamesTest {
  private static final String LONG = "mean-square:target=one-hot,scale=" + "1".repeat(200);

  /** What differs, the shortest first, so that a cut loses the longest. */
  @Test
  void aLegendSaysWhatDiffersShortestFirst() {
    List<TrainingGroup> groups =
        TrainingGroup.of(
            ReportedRun.number(
                List.of(run(LONG, 0.1, 10), run(LONG + "2", 0.01, 50), run(LONG, 0.01, 10))));
    GroupNames names = new GroupNames(groups);

    assertThat(groups).extracting(group -> names.legend(group, 3)).allMatch(l -> l.length() <= 110);
    assertThat(names.legend(groups.get(0), 3))
        .startsWith("A: B = 10, η = 0.1, …scale=1111")
        .contains("… (n = 3");
    assertThat(names.legend(groups.get(1), 1)).startsWith("B: B = 50, η = 0.01, …scale=1111");
  }

  /** Long values are told by where they differ. */
  @Test
  void whatAllHaveIsNotRepeated() {
    List<Map<String, String>> settings =
        List.of(
            Map.of("model", "mlp:100,100:activation=relu:dropout=0.5", "probes", "loss noise a"),
            Map.of("model", "mlp:100,100:activation=gelu:dropout=0.5", "probes", "loss noise b"),
            Map.of("model", "mlp:100,100:activation=gelu:norm=batch:dropout=0.5"));
    UnaryOperator<String> model = ShortValues.of(settings, "model");
    assertThat(settings)
        .extracting(each -> model.apply(each.get("model")))
        .containsExactly(
            "…activation=relu:…", "…activation=gelu:…", "…activation=gelu:norm=batch:…");
    assertThat(ShortValues.of(settings, "probes").apply("loss noise a")).isEqualTo("loss noise a");

    List<Map<String, String>> probes =
        List.of(
            Map.of("probes", "loss:every=1, noise:every=5epoch, a"),
            Map.of("probes", "loss:every=1, noise:every=5epoch"),
            Map.of("probes", "noise:every=5epoch, b, loss:every=1"));
    UnaryOperator<String> told = ShortValues.of(probes, "probes");
    assertThat(probes)
        .extracting(each -> told.apply(each.get("probes")))
        .containsExactly("…, a", "…", "…, b");
  }

  private static RunFolder run(String loss, double rate, int batch) {
    ObjectNode manifest = JsonFile.MAPPER.createObjectNode().put("kind", "training");
    manifest
        .putObject("configuration")
        .put("model", "mlp:3")
        .put("dataset", "digits")
        .put("loss", loss)
        .put("learning_rate", rate)
        .put("batch", batch);
    return new RunFolder(
        Path.of("r" + rate + batch),
        manifest,
        MissingNode.getInstance(),
        MissingNode.getInstance(),
        List.of(),
        List.of(),
        Map.of());
  }
}
