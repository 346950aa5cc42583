package org.noisescape.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.JsonFile;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.UpdateRule;

/**
 * What it takes to repeat a training, for the file beside its checkpoints: what was trained, in
 * words, the digests of the numbers it was trained on, and what computed it.
 *
 * @param provenance program, engine, Java and machine
 * @param plan what was trained
 * @param data the samples by their part, {@code train}, {@code test}, {@code validation}
 */
public record TrainingManifest(Provenance provenance, ObjectNode plan, ObjectNode data) {
  /** Field of a sidecar. */
  public static final String FIELD = "manifest";

  private static final int CHUNK = 256;

  /** The manifest of a training. Reads all samples once, for their digests. */
  public static TrainingManifest of(
      Provenance provenance,
      TrainingPlan plan,
      SampleSource train,
      Optional<SampleSource> test,
      Optional<SampleSource> validation) {
    ObjectNode data = JsonFile.MAPPER.createObjectNode();
    data.set("train", describe(train));
    test.ifPresent(samples -> data.set("test", describe(samples)));
    validation.ifPresent(samples -> data.set("validation", describe(samples)));
    return new TrainingManifest(provenance, describe(plan), data);
  }

  /** As the sidecar of a checkpoint has it. */
  public Map<String, ObjectNode> sidecar() {
    ObjectNode manifest = provenance.toJson();
    manifest.set("plan", plan);
    manifest.set("data", data);
    return Map.of(FIELD, manifest);
  }

  /**
   * The first thing that is not as a sidecar says, in words, if there is one; nothing where it says
   * nothing.
   *
   * @param sidecar of a checkpoint
   */
  public Optional<String> differsFrom(ObjectNode sidecar) {
    Optional<String> plans = difference("", sidecar.path(FIELD).path("plan"), plan);
    return plans.isPresent() ? plans : difference("data ", sidecar.path(FIELD).path("data"), data);
  }

  private static Optional<String> difference(String prefix, JsonNode then, ObjectNode now) {
    if (then.isMissingNode()) {
      return Optional.empty();
    }
    return now.properties().stream()
        .filter(entry -> !entry.getValue().asText().equals(then.path(entry.getKey()).asText()))
        .map(
            entry ->
                "%s%s was %s, is %s"
                    .formatted(
                        prefix,
                        entry.getKey(),
                        then.path(entry.getKey()).asText(),
                        entry.getValue().asText()))
        .findFirst();
  }

  private static ObjectNode describe(TrainingPlan plan) {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put("model", plan.network().name());
    node.put("parameters", plan.network().parameterCount());
    node.put("loss", text(plan.loss()));
    node.put("rules", String.join("+", plan.rules().stream().map(UpdateRule::text).toList()));
    node.put("learning_rate", plan.learningRate());
    node.put("schedule", plan.schedules().text());
    node.put("batch", plan.batch());
    node.put("sampling", plan.sampling().name());
    node.put("epochs", plan.epochs());
    node.put("seed", plan.seed());
    node.put("replicas", plan.replicas());
    node.put("first_replica", plan.firstReplica());
    node.put("initialization", text(plan.initialization()));
    node.put("element_type", plan.dtype().label());
    node.put("augmentation", plan.augmentation().text());
    return node;
  }

  /** In its own words, or by its class where it has none: not by where it lies in memory. */
  private static String text(Object part) {
    return part.toString().replaceFirst("@[0-9a-f]+$", "");
  }

  /** One line: how many samples, of which shape, and the digest of their numbers. */
  private static TextNode describe(SampleSource samples) {
    int[] image = samples.imageShape();
    return JsonFile.MAPPER
        .getNodeFactory()
        .textNode(
            "%d samples of %dx%dx%d with %d targets, sha256:%s"
                .formatted(
                    samples.size(),
                    image[0],
                    image[1],
                    image[2],
                    samples.outputs(),
                    digest(samples)));
  }

  private static String digest(SampleSource samples) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    int width = Arrays.stream(samples.imageShape()).reduce(1, Math::multiplyExact);
    float[] features = new float[CHUNK * width];
    float[] targets = new float[CHUNK * samples.outputs()];
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * Math.max(features.length, targets.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int first = 0; first < samples.size(); first += CHUNK) {
      int count = Math.min(CHUNK, samples.size() - first);
      samples.copyFeatures(first, count, features);
      update(sha, bytes, features, count * width);
      samples.copyTargets(first, count, targets);
      update(sha, bytes, targets, count * samples.outputs());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void update(MessageDigest sha, ByteBuffer bytes, float[] numbers, int count) {
    bytes.asFloatBuffer().put(numbers, 0, count);
    sha.update(bytes.array(), 0, count * Float.BYTES);
  }
}
