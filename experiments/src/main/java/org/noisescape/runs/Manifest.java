package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Provenance;

/**
 * {@code manifest.json}: what it takes to repeat a run.
 *
 * @param configuration everything the run takes
 * @param commandLine as the user wrote it
 */
record Manifest(TrainConfiguration configuration, List<String> commandLine) {
  /** Digest of the checkpoint a run began with, where it did. */
  static final String START_FROM = "start_from";

  /**
   * The manifest of a new run.
   *
   * @param beginning the checkpoint it begins with, if any
   */
  ObjectNode started(Engine engine, TrainingData data, Optional<StartingPoint> beginning) {
    ObjectNode manifest = sitting(engine);
    manifest.put("kind", "train");
    manifest.put("seed", configuration.seed());
    manifest.put("precision", configuration.precision());
    manifest.set("configuration", configuration.toJson());
    manifest.put("train_samples", data.train().size());
    data.test().ifPresent(test -> manifest.put("test_samples", test.size()));
    data.validation().ifPresent(held -> manifest.put("validation_samples", held.size()));
    ObjectNode digests = manifest.putObject("data");
    data.digests().forEach(digests::put);
    beginning.ifPresent(point -> manifest.put(START_FROM, point.digest().toString()));
    return manifest;
  }

  /**
   * The manifest of a run with one more sitting.
   *
   * @param lost what could not be restored of the sittings before, where anything
   */
  ObjectNode resumed(ObjectNode former, Engine engine, Optional<String> lost) {
    ObjectNode sitting = sitting(engine);
    lost.ifPresent(line -> sitting.put("not_restored", line));
    former.withArray("resumed").add(sitting);
    return former;
  }

  private ObjectNode sitting(Engine engine) {
    ObjectNode node = Provenance.of(engine, configuration.threads()).toJson();
    commandLine.forEach(node.putArray("command_line")::add);
    return node;
  }
}
