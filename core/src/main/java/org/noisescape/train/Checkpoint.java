package org.noisescape.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.DType;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * A point of a run on disk: a safetensors file of θ and the optimizer's state, and beside it a JSON
 * sidecar that says what was trained.
 *
 * <p>Shapes: those of PyTorch, {@code 0.weight} (out, in), convolutions (out, in, kh, kw); with R >
 * 1 a leading axis of replicas. State vector j is stored like θ under the prefix {@code
 * optimizer.j/}, what probe i keeps as vectors of F64 under {@code probe.i/}. Step and epoch are in
 * the safetensors file, so that the two files cannot disagree.
 */
public final class Checkpoint {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STEP = "step";
  private static final String EPOCH = "epoch";
  private static final String MEASURED = "measured";
  private static final Pattern OF_A_PROBE = Pattern.compile("probe\\.(0|[1-9]\\d{0,3})/(.+)");

  private Checkpoint() {}

  /**
   * What a checkpoint holds.
   *
   * @param state θ, optimizer state and step
   * @param replicas R
   * @param dtype element type of the run that wrote it
   */
  public record Contents(Trainer.State state, int replicas, DType dtype) {}

  /**
   * Writes the sidecar, then the tensors; either file is whole or as before.
   *
   * @param file the safetensors file, {@code NAME.safetensors}
   * @param state what to keep
   * @param network whose parameters they are
   * @param replicas R
   * @param dtype element type; values are rounded to it
   * @param sidecar what else the JSON file says, beside step and epoch
   */
  public static void write(
      Path file,
      Trainer.State state,
      Network network,
      int replicas,
      DType dtype,
      Map<String, ?> sidecar)
      throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    ElementType type = dtype == DType.FLOAT64 ? ElementType.F64 : ElementType.F32;
    Layout layout = new Layout(network, replicas);
    layout.append(tensors, "", network.parameters(), state.theta(), type);
    layout.append(tensors, "", network.statistics(), state.statistics(), ElementType.F64);
    for (int j = 0; j < state.optimizer().size(); j++) {
      layout.append(tensors, prefix(j), network.parameters(), state.optimizer().get(j), type);
    }
    for (int i = 0; i < state.probes().size(); i++) {
      String probe = probePrefix(i);
      state
          .probes()
          .get(i)
          .forEach(
              (name, values) ->
                  tensors.add(
                      StoredTensor.of(
                          probe + name, ElementType.F64, new long[] {values.length}, values)));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(STEP, Long.toString(state.step()));
    metadata.put(EPOCH, Double.toString(state.epoch()));
    if (!state.measured()) {
      metadata.put(MEASURED, "false");
    }
    ObjectNode json = JSON.createObjectNode();
    json.put(STEP, state.step());
    json.put(EPOCH, state.epoch());
    sidecar.forEach((key, value) -> json.set(key, JSON.valueToTree(value)));
    WholeFile.write(sidecarOf(file), json.toPrettyString() + "\n");
    Safetensors.of(metadata, tensors).write(file);
  }

  /**
   * Reads the tensors of a network.
   *
   * <p>A file without step, such as one made by PyTorch, counts as step 0.
   *
   * @throws IllegalArgumentException with one line where the file is damaged or of another network
   */
  public static Contents read(Path file, Network network) throws IOException {
    Safetensors stored = Safetensors.read(file);
    Map<String, StoredTensor> left = new LinkedHashMap<>(stored.tensors());
    ParameterSpec first = network.parameters().getFirst();
    StoredTensor sample = left.get(first.name());
    if (sample == null) {
      throw Layout.missing(file, first.name(), network, left);
    }
    boolean replicated = sample.shape().length == first.shape().length + 1;
    int replicas = replicated ? Math.toIntExact(sample.shape()[0]) : 1;
    if (replicas < 1 || (sample.type() != ElementType.F32 && sample.type() != ElementType.F64)) {
      throw Safetensors.wrong(
          file,
          "tensor '%s' must hold F32 or F64 values, got %s %s"
              .formatted(first.name(), sample.type(), Arrays.toString(sample.shape())));
    }
    Layout layout = new Layout(network, replicas);
    double[] theta = layout.take(file, left, "", network.parameters());
    double[] statistics = layout.take(file, left, "", network.statistics());
    // PyTorch's counter of batches, which nothing here depends on
    left.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
    List<double[]> optimizer = new ArrayList<>();
    while (left.containsKey(prefix(optimizer.size()) + first.name())) {
      optimizer.add(layout.take(file, left, prefix(optimizer.size()), network.parameters()));
    }
    List<Map<String, double[]>> probes = takeProbes(left);
    if (!left.isEmpty()) {
      throw Safetensors.wrong(
          file,
          "tensor '%s' is no parameter of model %s"
              .formatted(left.keySet().iterator().next(), network.name()));
    }
    DType dtype = sample.type() == ElementType.F64 ? DType.FLOAT64 : DType.FLOAT32;
    return new Contents(
        new Trainer.State(
            (long) number(file, stored, STEP),
            number(file, stored, EPOCH),
            theta,
            statistics,
            optimizer,
            probes,
            !"false".equals(stored.metadata().get(MEASURED))),
        replicas,
        dtype);
  }

  /**
   * The sidecar of a checkpoint.
   *
   * @throws IllegalArgumentException where there is none, or it is no JSON
   */
  public static JsonNode sidecar(Path file) throws IOException {
    Path path = sidecarOf(file);
    try {
      return JSON.readTree(Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          Files.exists(file)
              ? path + ": no such file; it says what the checkpoint was trained on"
              : file + ": no such file",
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          path + ": not valid JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(path + ": not valid JSON: not UTF-8 text", e);
    }
  }

  /** Where the sidecar of a checkpoint is: {@code NAME.json} beside {@code NAME.safetensors}. */
  public static Path sidecarOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.safetensors$", "") + ".json");
  }

  private static String prefix(int vector) {
    return "optimizer." + vector + "/";
  }

  private static String probePrefix(int probe) {
    return "probe." + probe + "/";
  }

  /** Takes what probes kept; a probe without memory before one with it has an empty map. */
  private static List<Map<String, double[]>> takeProbes(Map<String, StoredTensor> left) {
    List<Map<String, double[]>> probes = new ArrayList<>();
    for (Map.Entry<String, StoredTensor> entry : List.copyOf(left.entrySet())) {
      Matcher name = OF_A_PROBE.matcher(entry.getKey());
      if (name.matches()) {
        int probe = Integer.parseInt(name.group(1));
        while (probes.size() <= probe) {
          probes.add(new LinkedHashMap<>());
        }
        probes.get(probe).put(name.group(2), entry.getValue().toDoubles());
        left.remove(entry.getKey());
      }
    }
    return probes;
  }

  private static double number(Path file, Safetensors stored, String key) {
    String text = stored.metadata().getOrDefault(key, "0");
    try {
      return key.equals(STEP) ? Long.parseLong(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          file + ": __metadata__ '" + key + "' must be a number, got '" + text + "'", e);
    }
  }
}
