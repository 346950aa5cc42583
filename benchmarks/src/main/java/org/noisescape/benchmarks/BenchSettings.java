package org.noisescape.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.noisescape.tensor.Precision;

/**
 * What is measured, how often and beside whom.
 *
 * @param rounds n
 * @param threads of ours; peers run with one and with as many
 * @param models those measured, with an optimizer behind a slash; empty for all
 * @param optimizers of the steps of all models
 * @param size of the workloads
 * @param engine that is timed
 * @param precision what products, ours and PyTorch's, may round to
 * @param stepsFactor times the usual number of steps in a measurement
 * @param device of PyTorch: {@code cpu} or {@code cuda}
 * @param ways which of a peer's ways, by name
 * @param peers names of peers that may be started
 * @param pythons interpreters with torch, each a peer of its own
 * @param home folder of the benchmarks: below it src/main/python, beside it the launcher
 * @param results folder for the records; empty for none
 */
record BenchSettings(
    int rounds,
    int threads,
    List<String> models,
    List<String> optimizers,
    Size size,
    String engine,
    Precision precision,
    double stepsFactor,
    String device,
    Pattern ways,
    Set<String> peers,
    List<String> pythons,
    Path home,
    Optional<Path> results) {
  static final String PYTORCH = "pytorch";
  static final String LIBTORCH = "libtorch";
  static final String DL4J = "dl4j";

  /** How large workloads are. */
  enum Size {
    /** As measured. */
    USUAL,
    /** To see that all of it runs, in moments. */
    TINY
  }

  /** Checks the numbers. */
  BenchSettings {
    if (rounds < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "rounds and threads must be >= 1, got %d and %d".formatted(rounds, threads));
    }
    if (precision == Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "PRECISION=float64: benchmarks compute in float32, with PRECISION=tf32 for its products");
    }
    for (String peer : peers) {
      if (!Set.of(PYTORCH, LIBTORCH, DL4J).contains(peer)) {
        throw new IllegalArgumentException(
            "PEERS=%s: there are %s, %s and %s".formatted(peer, PYTORCH, LIBTORCH, DL4J));
      }
    }
    models = List.copyOf(models);
    optimizers = List.copyOf(optimizers);
    pythons = List.copyOf(pythons);
  }

  /**
   * What a command says.
   *
   * @param arguments rounds, threads, then models
   * @param environment as benchmarks/run describes it
   */
  static BenchSettings of(List<String> arguments, Map<String, String> environment) {
    String peers = environment.getOrDefault("PEERS", String.join(",", PYTORCH, LIBTORCH, DL4J));
    return new BenchSettings(
        Integer.parseInt(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        arguments.subList(2, arguments.size()),
        list(environment.getOrDefault("OPTIMIZERS", "sgd,momentum:0.9,adam"), ","),
        environment.containsKey("TINY") ? Size.TINY : Size.USUAL,
        environment.getOrDefault("ENGINE", "host"),
        Precision.parse(environment.getOrDefault("PRECISION", Precision.FLOAT32.label())),
        Double.parseDouble(environment.getOrDefault("STEPS_FACTOR", "1")),
        environment.getOrDefault("TORCH_DEVICE", "cpu"),
        Pattern.compile(environment.getOrDefault("TORCH_WAYS", "")),
        new TreeSet<>(list(peers, ",")),
        list(environment.getOrDefault("PYTHON", "/usr/bin/python3"), ":"),
        Path.of(environment.getOrDefault("BENCHMARKS", "benchmarks")).toAbsolutePath(),
        Optional.ofNullable(environment.get("RESULTS")).map(Path::of));
  }

  private static List<String> list(String text, String separator) {
    return Arrays.stream(text.split(Pattern.quote(separator)))
        .filter(word -> !word.isBlank())
        .toList();
  }

  /** Whether PyTorch computes on a GPU. */
  boolean onDevice() {
    return !device.equals("cpu");
  }

  /** So many steps, times the factor. */
  int steps(int usual) {
    int few = size == Size.TINY ? Math.min(usual, 2) : usual;
    return (int) Math.max(1, Math.round(stepsFactor * few));
  }
}
