package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.runs.RunDirectory;
import org.noisescape.train.TrainingEvent.Outcome;
import org.noisescape.train.Version;

/** What the JSON files of a run folder say, as far as a report shows it, with types checked. */
final class RunFacts {
  private RunFacts() {}

  static JsonNode manifest(Path run) {
    Path file = InputFile.within(run, RunDirectory.MANIFEST);
    Fields manifest = Fields.read(file);
    Version.requireReadable(file, manifest.node());
    for (String key : List.of("kind", "id", "title", "source", "preset", "commit")) {
      manifest.text(key, "");
    }
    for (String key : List.of("settings", "data")) {
      if (manifest.node().has(key)) {
        manifest.object(key);
      }
    }
    if (manifest.node().has("configuration")) {
      Fields configuration = manifest.object("configuration");
      for (String key : List.of("model", "dataset")) {
        configuration.text(key, "");
      }
      configuration.objects("probes");
    }
    return manifest.node();
  }

  /** What an experiment came to, or had when it was stopped, or a missing node. */
  static JsonNode outcome(Path run) {
    for (String name : List.of("outcome.json", "outcome.partial.json")) {
      Path file = InputFile.within(run, name);
      if (Files.exists(file)) {
        Fields outcome = Fields.read(file);
        outcome.text("verdict");
        outcome.text("criterion");
        outcome.flag("partial");
        outcome.text("reason", "");
        measured(outcome);
        for (Fields rival : outcome.objects("rivals")) {
          rival.text("name");
          rival.text("verdict");
          measured(rival);
        }
        return outcome.node();
      }
    }
    return MissingNode.getInstance();
  }

  private static void measured(Fields judged) {
    for (Fields measured : judged.objects("measurements")) {
      measured.text("name");
      measured.text("verdict", "");
      for (String number : List.of("value", "standard_error", "theory", "tolerance", "noticed")) {
        measured.numberOrNaN(number);
      }
    }
  }

  /** How a training ended, or a missing node. */
  static JsonNode result(Path run) {
    Path file = InputFile.within(run, RunDirectory.RESULT);
    if (!Files.exists(file)) {
      return MissingNode.getInstance();
    }
    Fields result = Fields.read(file);
    result.choice("outcome", Outcome::valueOf);
    return result.node();
  }
}
