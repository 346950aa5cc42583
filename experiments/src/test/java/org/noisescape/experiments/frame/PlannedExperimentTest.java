package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedExperimentTest {
  @TempDir Path folder;

  /** Whose author forgot the rule. */
  private static final class Ruleless extends PlannedExperiment<String> {
    Ruleless() {
      super(new Identity("a/ruleless", "title", "source"), SettingRows.of());
    }

    @Override
    protected Planned<String> plan(Settings settings, ExperimentRequest request) {
      return Planned.of("plan");
    }

    @Override
    protected Findings measure(String plan, ExperimentRun run) {
      throw new AssertionError("nothing may run");
    }
  }

  @Test
  void aMissingRuleIsToldBeforeAnythingRuns() {
    Path run = folder.resolve("run");
    ExperimentRequest request = Requests.quick(run, Map.of()).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> new Ruleless().run(request))
        .withMessage(
            "a/ruleless has no criterion: hand it to the constructor, or override criterion");
    assertThat(run).doesNotExist();
  }
}
