package org.noisescape.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.JsonFile;
import org.noisescape.tensor.Engine;

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
    Version version = Version.current();
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("noisescape", version.number());
    node.put("commit", version.commit());
    node.put("started", Instant.now().toString());
    commandLine.forEach(node.putArray("command_line")::add);
    ObjectNode computed = node.putObject("engine");
    computed.put("name", engine.name());
    computed.put("description", engine.description());
    computed.put("threads", configuration.threads());
    ObjectNode java = node.putObject("java");
    java.put("version", Runtime.version().toString());
    java.put("vm", System.getProperty("java.vm.name"));
    java.put("vendor", System.getProperty("java.vendor"));
    ObjectNode system = node.putObject("system");
    system.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    system.put("architecture", System.getProperty("os.arch"));
    system.put("processors", Runtime.getRuntime().availableProcessors());
    return node;
  }
}
