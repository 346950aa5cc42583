package org.noisescape.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One round of tiny workloads, on one thread. */
final class TinySettings {
  private TinySettings() {}

  /** Without peers. */
  static BenchSettings alone(Path home, Path results, String... models) {
    return of(
        Map.of("PEERS", "", "BENCHMARKS", home.toString(), "RESULTS", results.toString()), models);
  }

  /** Beside peers of some names, Python being Debian's. */
  static BenchSettings beside(String peers, String... models) {
    String home = Path.of("").toAbsolutePath().toString();
    return of(Map.of("PEERS", peers, "BENCHMARKS", home), models);
  }

  private static BenchSettings of(Map<String, String> environment, String... models) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("TINY", "1");
    List<String> arguments = new ArrayList<>(List.of("1", "1"));
    arguments.addAll(List.of(models));
    return BenchSettings.of(arguments, all);
  }
}
