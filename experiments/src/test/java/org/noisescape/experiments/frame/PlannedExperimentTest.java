package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.files.JsonFile;

class PlannedExperimentTest {
  @TempDir Path folder;

  private static final class Trained extends PlannedExperiment<String> {
    Trained() {
      super("a/training", "title", "source");
    }

    @Override
    protected Planned<String> plan(Settings settings, ExperimentRequest request) {
      return Planned.of("plan", "a rule");
    }

    @Override
    protected Findings measure(String plan, ExperimentRun run) {
      throw new AssertionError("nothing may run");
    }
  }

  @Test
  void whereFormulasAreComputedNoEngineIsRecordedAndNoneIsAnother() throws IOException {
    Path run = folder.resolve("run");
    new Formula().run(Requests.quick(run, Map.of()).engine("host").build());
    ObjectNode manifest = JsonFile.object(run.resolve("manifest.json"));
    assertThat(manifest.has("engine")).isFalse();
    assertThat(manifest.has("precision")).isFalse();
    assertThat(manifest.path("command_line").toString()).doesNotContain("engine", "precision");
    assertThat(manifest.path("threads").asInt()).isEqualTo(1);
    Files.delete(run.resolve(ExperimentOutcome.FILE));
    // as the versions before this one left it
    manifest.put("engine", "auto").put("precision", "float32");
    Files.writeString(run.resolve("manifest.json"), manifest.toString());
    new Formula().run(Requests.quick(run, Map.of()).engine("nd4j").build());
    assertThat(run.resolve(ExperimentOutcome.FILE)).exists();
    assertThat(new Trained().usesEngine()).isTrue();
  }
}
