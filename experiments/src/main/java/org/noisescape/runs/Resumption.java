package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must not have changed between two sittings of a run. */
final class Resumption {
  /**
   * What may differ: it changes where things are, how fast they go or what else is written, never a
   * result. A starting point is the same by its digest, not by its name.
   */
  private static final Set<String> FREE =
      Set.of("data_dir", "threads", "start_from", "tensorboard");

  private Resumption() {}

  /**
   * The configuration of the run, on the engine that began it.
   *
   * @param given values the user repeats
   * @throws IllegalArgumentException naming the first value that differs
   */
  static TrainConfiguration configuration(Path run, ObjectNode manifest, Map<String, ?> given) {
    ObjectNode stored = manifest.withObjectProperty("configuration").deepCopy();
    // a run of engine auto stays on the engine it got
    String engine = manifest.path("engine").path("name").asText(stored.path("engine").asText());
    Map<String, Object> replaced = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          JsonNode now = Json.MAPPER.valueToTree(value);
          JsonNode then = stored.path(key);
          boolean sameEngine = key.equals("engine") && engine.equals(value);
          boolean fine = same(now, then) || sameEngine;
          if (FREE.contains(key)) {
            replaced.put(key, value);
          } else if (!fine) {
            throw new IllegalArgumentException(
                ("%s cannot be resumed with another %s: it has %s, got %s:"
                        + " leave the option out, or start a new run")
                    .formatted(run, key.replace('_', ' '), then, now));
          }
        });
    replaced.put("engine", engine);
    try {
      return TrainConfiguration.fromJson(stored).with(replaced);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(run.resolve("manifest.json") + ": " + e.getMessage(), e);
    }
  }

  /** Numbers by their value, anything else as it is written. */
  private static boolean same(JsonNode now, JsonNode then) {
    return (now.isNumber() && then.isNumber())
        ? now.decimalValue().compareTo(then.decimalValue()) == 0
        : now.equals(then);
  }

  /**
   * Requires the files the run began with.
   *
   * @throws IllegalArgumentException naming the first file that differs
   */
  static void requireSameData(Path run, ObjectNode manifest, TrainingData data) {
    Optional<String> change = data.change(manifest.path("data"));
    if (change.isPresent()) {
      throw new IllegalArgumentException(
          ("%s cannot be resumed: %s:"
                  + " restore the file, or name the folder of the data with --data-dir")
              .formatted(run, change.get()));
    }
  }
}
