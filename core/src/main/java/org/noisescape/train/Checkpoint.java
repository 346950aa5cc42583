package org.noisescape.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.noisescape.files.Decimal;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;
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
 * optimizer.j/}, a mean of the parameters under {@code average/}, what probe i keeps as vectors of
 * F64 under {@code probe.i/}, the course of watched quantity i as {@code monitor.i}. Step and epoch
 * are in the safetensors file, so that the two files cannot disagree.
 */
public final class Checkpoint {
  private static final String STEP = "step";
  private static final String EPOCH = "epoch";
  private static final String LINES = "metrics_lines";

  /** Says that nothing is known of the lines of measurements. */
  public static final long UNKNOWN = -1;

  private static final String AVERAGE = "average/";
  private static final String MONITOR = "monitor.";
  private static final String MEASURED = "measured";
  private static final String FIRST_LOSSES = "first_losses";
  private static final Pattern OF_A_PROBE = Pattern.compile("probe\\.(0|[1-9]\\d{0,3})/(.+)");

  private Checkpoint() {}

  /**
   * What a checkpoint holds.
   *
   * @param state θ, optimizer state and step
   * @param replicas R
   * @param dtype element type of the run that wrote it
   * @param lines lines of measurements that were on disk, or {@link #UNKNOWN}
   */
  public record Contents(TrainingState state, int replicas, DType dtype, long lines) {
    /** The same with the mean of the parameters in their place, where there is one. */
    public Optional<Contents> averaged() {
      AverageState mean = state.average();
      return mean.present()
          ? Optional.of(new Contents(state.at(mean), replicas, dtype, lines))
          : Optional.empty();
    }

    /**
     * The parameters and running statistics of one replica, as PyTorch's state dictionaries have
     * them: in the element type of the run, without an axis of replicas.
     */
    public List<StoredTensor> tensors(Network network, int replica) {
      List<StoredTensor> tensors = new ArrayList<>();
      Layout layout = new Layout(network, 1);
      ElementType type = elements(dtype);
      layout.append(tensors, "", network.parameters(), row(state.theta(), replica), type);
      layout.append(
          tensors, "", network.runningStatistics(), row(state.statistics(), replica), type);
      return tensors;
    }

    private double[] row(double[] all, int replica) {
      int size = all.length / replicas;
      return Arrays.copyOfRange(all, replica * size, (replica + 1) * size);
    }

    /** The same with other running statistics (R, Q). */
    public Contents withStatistics(double[] statistics) {
      return new Contents(
          state.at(new AverageState(state.theta(), statistics)), replicas, dtype, lines);
    }
  }

  /** Writes a checkpoint of which nothing is known but what is in it. */
  public static void write(
      Path file,
      TrainingState state,
      Network network,
      int replicas,
      DType dtype,
      Map<String, ?> sidecar)
      throws IOException {
    write(file, state, network, replicas, dtype, UNKNOWN, sidecar);
  }

  /**
   * Writes the sidecar, then the tensors; either file is whole or as before.
   *
   * @param file the safetensors file, {@code NAME.safetensors}
   * @param state what to keep
   * @param network whose parameters they are
   * @param replicas R
   * @param dtype element type; values are rounded to it
   * @param lines lines of measurements that are on disk, or {@link #UNKNOWN}
   * @param sidecar what else the JSON file says, beside step and epoch
   */
  public static void write(
      Path file,
      TrainingState state,
      Network network,
      int replicas,
      DType dtype,
      long lines,
      Map<String, ?> sidecar)
      throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    ElementType type = elements(dtype);
    Layout layout = new Layout(network, replicas);
    layout.append(tensors, "", network.parameters(), state.theta(), type);
    layout.append(tensors, "", network.runningStatistics(), state.statistics(), ElementType.F64);
    for (int j = 0; j < state.optimizer().size(); j++) {
      layout.append(tensors, prefix(j), network.parameters(), state.optimizer().get(j), type);
    }
    if (state.average().present()) {
      layout.append(tensors, AVERAGE, network.parameters(), state.average().theta(), type);
      layout.append(
          tensors,
          AVERAGE,
          network.runningStatistics(),
          state.average().statistics(),
          ElementType.F64);
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
    for (int i = 0; i < state.monitors().size(); i++) {
      double[] course = state.monitors().get(i);
      tensors.add(
          StoredTensor.of(MONITOR + i, ElementType.F64, new long[] {course.length}, course));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put(STEP, Long.toString(state.step()));
    metadata.put(EPOCH, Double.toString(state.epoch()));
    if (lines != UNKNOWN) {
      metadata.put(LINES, Long.toString(lines));
    }
    if (state.firstLosses().length > 0) {
      metadata.put(
          FIRST_LOSSES,
          Arrays.stream(state.firstLosses())
              .mapToObj(Double::toString)
              .collect(Collectors.joining(" ")));
    }
    if (!state.measured()) {
      metadata.put(MEASURED, "false");
    }
    ObjectNode json = JsonFile.MAPPER.createObjectNode();
    json.put(STEP, state.step());
    json.put(EPOCH, state.epoch());
    sidecar.forEach((key, value) -> json.set(key, JsonFile.MAPPER.valueToTree(value)));
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
  public static Contents read(Path file, Network network) {
    return read(file, network, TensorMatch.NAMES, line -> {});
  }

  /**
   * The same for tensors that may have other names.
   *
   * @param match how they find their places
   * @param told takes a line a tensor where the names say nothing
   */
  public static Contents read(
      Path file, Network network, TensorMatch match, Consumer<String> told) {
    Safetensors stored = ParameterFormats.tensors(file);
    Map<String, StoredTensor> left = match.rename(file, stored.tensors(), network, told);
    ParameterSpec first = network.parameters().getFirst();
    StoredTensor sample = left.get(first.name());
    int replicas = replicas(file, sample, first, network);
    Layout layout = new Layout(network, replicas);
    double[] theta = layout.take(file, left, "", network.parameters());
    double[] statistics = layout.take(file, left, "", network.runningStatistics());
    // PyTorch's counter of batches, which nothing here depends on
    left.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
    List<double[]> optimizer = new ArrayList<>();
    while (left.containsKey(prefix(optimizer.size()) + first.name())) {
      optimizer.add(layout.take(file, left, prefix(optimizer.size()), network.parameters()));
    }
    AverageState average =
        left.containsKey(AVERAGE + first.name())
            ? new AverageState(
                layout.take(file, left, AVERAGE, network.parameters()),
                layout.take(file, left, AVERAGE, network.runningStatistics()))
            : AverageState.NONE;
    List<Map<String, double[]>> probes = takeProbes(file, left);
    List<double[]> monitors = new ArrayList<>();
    while (left.containsKey(MONITOR + monitors.size())) {
      String name = MONITOR + monitors.size();
      monitors.add(doubles(file, name, left.remove(name)));
    }
    if (!left.isEmpty()) {
      throw new WrongFile(
          file,
          "tensor '%s' is no parameter of model %s"
              .formatted(left.keySet().iterator().next(), network.name()));
    }
    DType dtype = sample.type() == ElementType.F64 ? DType.FLOAT64 : DType.FLOAT32;
    return new Contents(
        new TrainingState(
            whole(file, stored, STEP, 0),
            epoch(file, stored),
            theta,
            statistics,
            optimizer,
            probes,
            !"false".equals(stored.metadata().get(MEASURED)),
            average,
            monitors,
            firstLosses(file, stored, replicas)),
        replicas,
        dtype,
        whole(file, stored, LINES, UNKNOWN));
  }

  /** R, as the first tensor of θ says it. */
  private static int replicas(
      Path file, StoredTensor sample, ParameterSpec first, Network network) {
    boolean replicated = sample.shape().length == first.shape().length + 1;
    long replicas = replicated ? sample.shape()[0] : 1;
    long most = Integer.MAX_VALUE / Math.max(1, (long) network.parameterCount());
    if (replicas < 1 || replicas > most) {
      throw new WrongFile(
          file,
          "tensor '%s' must hold 1 to %d replicas, got shape %s"
              .formatted(first.name(), most, Arrays.toString(sample.shape())));
    }
    return (int) replicas;
  }

  /**
   * The sidecar of a checkpoint.
   *
   * @throws IllegalArgumentException where there is none, or it is no JSON
   */
  public static ObjectNode sidecar(Path file) {
    Path path = sidecarOf(file);
    if (Files.notExists(path)) {
      throw Files.exists(file)
          ? new WrongFile(path, "no such file; it says what the checkpoint was trained on")
          : new WrongFile(file, "no such file");
    }
    return JsonFile.object(path);
  }

  /** Where the sidecar of a checkpoint is: {@code NAME.json} beside {@code NAME.safetensors}. */
  public static Path sidecarOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.replaceFirst("\\.safetensors$", "") + ".json");
  }

  private static ElementType elements(DType dtype) {
    return dtype == DType.FLOAT64 ? ElementType.F64 : ElementType.F32;
  }

  private static String prefix(int vector) {
    return "optimizer." + vector + "/";
  }

  private static String probePrefix(int probe) {
    return "probe." + probe + "/";
  }

  /** Takes what probes kept; a probe without memory before one with it has an empty map. */
  private static List<Map<String, double[]>> takeProbes(Path file, Map<String, StoredTensor> left) {
    List<Map<String, double[]>> probes = new ArrayList<>();
    for (Map.Entry<String, StoredTensor> entry : List.copyOf(left.entrySet())) {
      Matcher name = OF_A_PROBE.matcher(entry.getKey());
      if (name.matches()) {
        int probe = Integer.parseInt(name.group(1));
        while (probes.size() <= probe) {
          probes.add(new LinkedHashMap<>());
        }
        double[] values = doubles(file, entry.getKey(), entry.getValue());
        probes.get(probe).put(name.group(2), values);
        left.remove(entry.getKey());
      }
    }
    return probes;
  }

  private static double[] doubles(Path file, String name, StoredTensor tensor) {
    if (tensor.type() != ElementType.F64) {
      throw new WrongFile(file, "tensor '%s' must hold F64 values".formatted(name));
    }
    return tensor.toDoubles();
  }

  private static long whole(Path file, Safetensors stored, String key, long missing) {
    String text = stored.metadata().getOrDefault(key, Long.toString(missing));
    try {
      long value = Long.parseLong(text);
      if (value >= 0 || value == missing) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new WrongFile(file, wrong(key, "whole number", text), e);
    }
    throw new WrongFile(file, wrong(key, "whole number", text));
  }

  private static double[] firstLosses(Path file, Safetensors stored, int replicas) {
    String text = stored.metadata().get(FIRST_LOSSES);
    if (text == null) {
      return new double[0];
    }
    try {
      double[] losses = Arrays.stream(text.split(" ", -1)).mapToDouble(Decimal::parse).toArray();
      if (losses.length == replicas && Arrays.stream(losses).allMatch(Double::isFinite)) {
        return losses;
      }
    } catch (NumberFormatException e) {
      throw new WrongFile(file, wrongLosses(replicas, text), e);
    }
    throw new WrongFile(file, wrongLosses(replicas, text));
  }

  private static String wrongLosses(int replicas, String text) {
    return "__metadata__ '%s' must be %d finite numbers, got '%s'"
        .formatted(FIRST_LOSSES, replicas, text);
  }

  private static double epoch(Path file, Safetensors stored) {
    String text = stored.metadata().getOrDefault(EPOCH, "0");
    try {
      double value = Decimal.parse(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new WrongFile(file, wrong(EPOCH, "number", text), e);
    }
    throw new WrongFile(file, wrong(EPOCH, "number", text));
  }

  private static String wrong(String key, String kind, String text) {
    return "__metadata__ '%s' must be a %s >= 0, got '%s'".formatted(key, kind, text);
  }
}
