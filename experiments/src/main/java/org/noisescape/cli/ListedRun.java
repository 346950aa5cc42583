package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.JsonFile;
import org.noisescape.runs.Annotations;

/**
 * A run, or a sweep, as a list of runs has it.
 *
 * @param path its folder
 * @param kind train, experiment or sweep
 * @param what the model of a training, else the id of the experiment, or what is swept
 * @param data the data set of a training; empty where there is no one
 * @param state how it ended, the verdict of an experiment, RUNNING, UNFINISHED, or UNREADABLE
 * @param steps steps, or cells, that are done, and how many there are; −1 where that is not known
 * @param started when, ISO 8601; empty where nothing says so
 * @param settings what was asked for, by name
 * @param last numbers measured last, means over replicas; of an experiment what was judged
 * @param annotations tags and notes
 * @param problem why it is unreadable; empty where it is not
 */
record ListedRun(
    Path path,
    String kind,
    String what,
    String data,
    String state,
    long[] steps,
    String started,
    Map<String, String> settings,
    Map<String, Double> last,
    Annotations annotations,
    String problem) {
  /** A folder whose files say nothing that can be read. */
  static ListedRun unreadable(Path path, String problem) {
    return new ListedRun(
        path,
        "?",
        "",
        "",
        "UNREADABLE",
        new long[] {-1, -1},
        "",
        Map.of(),
        Map.of(),
        Annotations.NONE,
        problem);
  }

  /** Everything about it by name: what filters and sorting go by. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    last.forEach((name, value) -> fields.put(name, Double.toString(value)));
    fields.putAll(settings);
    TrainOptionNames.ofField()
        .forEach(
            (field, option) -> {
              if (settings.containsKey(field)) {
                fields.put(option.substring(2), settings.get(field));
              }
            });
    fields.put("folder", path.toString());
    fields.put("kind", kind);
    fields.put("what", what);
    fields.put("state", state);
    fields.put("started", started);
    if (steps[0] >= 0) {
      fields.put("step", Long.toString(steps[0]));
    }
    if (steps[1] >= 0) {
      fields.put("steps", Long.toString(steps[1]));
    }
    fields.put("tags", String.join(",", annotations.tags()));
    return fields;
  }

  /** The first of some numbers that was measured. */
  Optional<Double> number(String... names) {
    for (String name : names) {
      if (last.containsKey(name)) {
        return Optional.of(last.get(name));
      }
    }
    return Optional.empty();
  }

  /** As JSON. */
  JsonNode toJson() {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("folder", path.toString());
    node.put("kind", kind);
    node.put("what", what);
    if (!data.isEmpty()) {
      node.put("data", data);
    }
    node.put("state", state);
    if (!problem.isEmpty()) {
      node.put("problem", problem);
    }
    if (steps[0] >= 0) {
      node.put("step", steps[0]);
    }
    if (steps[1] >= 0) {
      node.put("steps", steps[1]);
    }
    node.put("started", started);
    annotations.tags().forEach(node.putArray("tags")::add);
    annotations
        .notes()
        .forEach(
            note ->
                node.withArray("notes")
                    .addObject()
                    .put("time", note.time())
                    .put("text", note.text()));
    ObjectNode numbers = node.putObject("last");
    last.forEach(numbers::put);
    ObjectNode asked = node.putObject("settings");
    settings.forEach(asked::put);
    return node;
  }
}
