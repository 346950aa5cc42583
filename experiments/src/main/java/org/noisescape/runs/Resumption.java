package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.Version;

/** What must not have changed between two sittings of a run. */
final class Resumption {
  /**
   * What may differ: it changes where things are or what else is written, never a result. A
   * starting point is the same by its digest, not by its name. The number of threads is not among
   * them: libraries part their sums by it.
   */
  private static final Set<String> FREE = Set.of("data_dir", "start_from", "tensorboard");

  private Resumption() {}

  /**
   * The configuration of the run, on the engine that began it.
   *
   * @param given values the user repeats
   * @throws IllegalArgumentException naming the first value that differs
   */
  static TrainConfiguration configuration(Path run, ObjectNode manifest, Map<String, ?> given) {
    Path file = run.resolve(RunDirectory.MANIFEST);
    TrainConfiguration began = TrainConfiguration.stored(file, manifest.path("configuration"));
    requireOne(file, manifest, "seed", began.seed());
    requireOne(file, manifest, "precision", began.precision());
    JsonNode stored = began.toJson();
    // a run of engine auto stays on the engine it got
    String engine = Fields.of(file, manifest).object("engine").text("name");
    if (!began.engine().equals(engine) && !began.engine().equals(TrainDefaults.ENGINE)) {
      throw new WrongFile(
          file,
          "it was asked for engine %s and says it ran on %s".formatted(began.engine(), engine));
    }
    Map<String, Object> replaced = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          JsonNode now = JsonFile.MAPPER.valueToTree(value);
          JsonNode then = stored.path(key);
          boolean sameEngine = key.equals("engine") && engine.equals(now.asText());
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
    return began.with(replaced);
  }

  private static void requireOne(Path file, ObjectNode manifest, String key, Object value) {
    if (!manifest.path(key).asText().equals(value.toString())) {
      throw new WrongFile(
          file,
          "%s is %s in the configuration and %s beside it"
              .formatted(key, value, manifest.path(key)));
    }
  }

  /**
   * Requires that a run and its checkpoint are of one configuration: the sidecar has a copy.
   *
   * @param checkpoint that the run continues from
   * @throws IllegalArgumentException naming the first value that differs
   */
  static void requireSameRun(Path run, TrainConfiguration configuration, Path checkpoint) {
    JsonNode now = configuration.toJson();
    JsonNode then = TrainedModel.stored(checkpoint).toJson();
    Optional<String> key = difference(now, then);
    if (key.isPresent()) {
      throw new IllegalArgumentException(
          ("%s cannot be resumed: its manifest says %s %s, its checkpoint %s %s:"
                  + " restore %s, or start a new run")
              .formatted(
                  run,
                  key.get().replace('_', ' '),
                  now.path(key.get()),
                  Checkpoint.sidecarOf(checkpoint).getFileName(),
                  then.path(key.get()),
                  run.resolve(RunDirectory.MANIFEST)));
    }
  }

  /**
   * Requires that a folder holds the run that is asked for.
   *
   * @throws WrongFile naming the first value that differs
   */
  static void requireRunOf(Path run, TrainConfiguration asked) {
    Path file = InputFile.within(run, RunDirectory.MANIFEST);
    ObjectNode now = JsonFile.MAPPER.valueToTree(asked);
    // whoever continues it looks at these
    now.remove("threads");
    if (now.path("target").isNull()) {
      // the data decided
      now.remove("target");
    }
    ObjectNode stored = JsonFile.object(file);
    Version.requireReadable(file, stored);
    JsonNode then = TrainConfiguration.stored(file, stored.path("configuration")).toJson();
    difference(now, then)
        .ifPresent(
            key -> {
              throw new WrongFile(
                  run,
                  "holds another run, its %s is %s and not %s; put the right one back, or move it away"
                      .formatted(key.replace('_', ' '), then.path(key), now.path(key)));
            });
  }

  /** The first key by which results may differ; an engine that was chosen is any. */
  private static Optional<String> difference(JsonNode now, JsonNode then) {
    for (Map.Entry<String, JsonNode> value : now.properties()) {
      String key = value.getKey();
      JsonNode kept = then.path(key);
      boolean chosen = key.equals("engine") && kept.asText().equals(TrainDefaults.ENGINE);
      if (!FREE.contains(key) && !chosen && !same(value.getValue(), kept)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** Numbers by their value, anything else as it is written. */
  private static boolean same(JsonNode now, JsonNode then) {
    boolean finite = Double.isFinite(now.asDouble()) && Double.isFinite(then.asDouble());
    return (now.isNumber() && then.isNumber() && finite)
        ? now.decimalValue().compareTo(then.decimalValue()) == 0
        : now.equals(then);
  }

  /**
   * Requires the files the run began with.
   *
   * @throws IllegalArgumentException naming the first file that differs
   */
  static void requireSameData(Path run, ObjectNode manifest, TrainingData data) {
    Optional<String> change =
        data.change(Fields.of(run.resolve(RunDirectory.MANIFEST), manifest).textsByName("data"));
    if (change.isPresent()) {
      throw new IllegalArgumentException(
          ("%s cannot be resumed: %s:"
                  + " restore the file, or name the folder of the data with --data-dir")
              .formatted(run, change.get()));
    }
  }
}
