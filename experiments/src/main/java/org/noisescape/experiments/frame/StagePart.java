package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.Fields;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.RunDirectory;

/**
 * What a stored part of an experiment belongs to. It is kept in the part and looked at when that is
 * read: the part of another experiment, of other settings, or of another name, is refused.
 *
 * @param experiment id; empty where the part is in no run folder
 * @param request digest of all that decides the results: preset, seed, engine, precision, settings
 *     and data
 * @param part which part, by its place in the run folder and its title
 */
record StagePart(String experiment, String request, String part) {
  private static final String EXPERIMENT = "experiment";
  private static final String REQUEST = "request";
  private static final String PART = "part";

  /** The part that a file of a run folder is for. */
  static StagePart of(Path file, String title) {
    Path whole = file.toAbsolutePath().normalize();
    return runOf(whole)
        .map(
            run -> {
              Path manifest = run.resolve(RunDirectory.MANIFEST);
              ObjectNode node = JsonFile.object(manifest);
              return new StagePart(
                  Fields.of(manifest, node).text("id"),
                  digest(node),
                  name(run.relativize(whole), title));
            })
        .orElseGet(() -> new StagePart("", "", name(whole.getFileName(), title)));
  }

  /**
   * The run folder of the experiment that a file lies in, if it does.
   *
   * @param file absolute
   */
  static Optional<Path> runOf(Path file) {
    for (Path run = file.getParent(); run != null; run = run.getParent()) {
      Path manifest = run.resolve(RunDirectory.MANIFEST);
      if (Files.isRegularFile(manifest)
          && JsonFile.object(manifest).path("kind").asText().equals(EXPERIMENT)) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private static String name(Path place, String title) {
    String path = place.toString().replace('\\', '/');
    return title.isEmpty() ? path : path + ": " + title;
  }

  private static String digest(ObjectNode manifest) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> value : ExperimentFolder.flat(manifest).entrySet()) {
      text.append(value.getKey()).append('=').append(value.getValue().asText()).append('\n');
    }
    return Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Adds what a part says to its metadata. */
  void putInto(Map<String, String> metadata) {
    metadata.put(EXPERIMENT, experiment);
    metadata.put(REQUEST, request);
    metadata.put(PART, part);
  }

  ObjectNode toJson() {
    return JsonFile.MAPPER
        .createObjectNode()
        .put(EXPERIMENT, experiment)
        .put(REQUEST, request)
        .put(PART, part);
  }

  /** Throws unless the metadata of a file say that it is this part. */
  void require(Path file, Map<String, String> metadata) {
    require(file, metadata.get(EXPERIMENT), metadata.get(REQUEST), metadata.get(PART));
  }

  /** Throws unless the fields of a file say that it is this part. */
  void require(Fields stored) {
    require(stored.file(), stored.text(EXPERIMENT), stored.text(REQUEST), stored.text(PART));
  }

  private void require(Path file, String ofExperiment, String ofRequest, String ofPart) {
    String remedy = "; move it away, or choose another folder with --out";
    if (ofExperiment == null || ofRequest == null || ofPart == null) {
      throw new WrongFile(file, "does not say which part of which run it is" + remedy);
    }
    if (!ofExperiment.equals(experiment) || !ofPart.equals(part)) {
      throw new WrongFile(
          file,
          "is '%s' of %s, not '%s' of %s".formatted(ofPart, ofExperiment, part, experiment)
              + remedy);
    }
    if (!ofRequest.equals(request)) {
      throw new WrongFile(file, "is of a run with another preset, seed, setting or data" + remedy);
    }
  }
}
