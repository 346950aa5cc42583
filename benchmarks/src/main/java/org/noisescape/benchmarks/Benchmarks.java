package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The kinds of benchmarks.
 *
 * <p>Arguments: kind, rounds, threads, then models; {@code benchmarks/run} describes the
 * environment.
 */
public final class Benchmarks {
  /** A kind: which peers know its work, and what it does. */
  private record Kind(List<String> peers, Consumer<BenchSession> run) {}

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    List<String> python = List.of(BenchSettings.PYTORCH);
    List<String> all = List.of(BenchSettings.PYTORCH, BenchSettings.LIBTORCH, BenchSettings.DL4J);
    KINDS.put("step", new Kind(all, StepBenchmark::run));
    KINDS.put("pass", new Kind(python, PassBenchmark::run));
    KINDS.put("curvature", new Kind(python, CurvatureBenchmark::run));
    KINDS.put("spectrum", new Kind(python, SpectrumBenchmark::run));
    KINDS.put("ensemble", new Kind(python, EnsembleBenchmark::run));
    KINDS.put("epoch", new Kind(python, EpochBenchmark::run));
    KINDS.put("start", new Kind(List.of(), StartBenchmark::run));
    KINDS.put("instruments", new Kind(List.of(), InstrumentBenchmark::run));
    KINDS.put("scaling", new Kind(List.of(), ScalingBenchmark::run));
  }

  private Benchmarks() {}

  /** The kinds, in the order of {@code benchmarks/run all}. */
  static List<String> kinds() {
    return List.copyOf(KINDS.keySet());
  }

  /** Runs one kind to its end. */
  static BenchSession run(String name, BenchSettings settings) {
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "no benchmark '%s': there are %s".formatted(name, String.join(", ", KINDS.keySet())));
    }
    try (BenchSession session = new BenchSession(name, settings, kind.peers())) {
      kind.run().accept(session);
      return session;
    }
  }

  /** Runs the kind of the first argument. */
  public static void main(String[] arguments) {
    List<String> all = List.of(arguments);
    try {
      run(all.getFirst(), BenchSettings.of(all.subList(1, all.size()), System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    }
  }
}
