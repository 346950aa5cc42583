package org.noisescape.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;

/** Runs stand-ins on Spark, in this process or in one of its own: MASTER SWEEP PORT NAME…. */
final class SparkStart {
  /** Traffic on the loopback only, and executors that start fast. */
  static final List<String> OPTIONS =
      List.of(
          "spark.driver.host=127.0.0.1",
          "spark.driver.bindAddress=127.0.0.1",
          "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private SparkStart() {}

  /** A process that runs them until it is killed. */
  public static void main(String[] arguments) throws IOException {
    Path sweep = Path.of(arguments[1]);
    run(
        arguments[0],
        sweep,
        StandInCells.tasks(
            sweep,
            Integer.parseInt(arguments[2]),
            Arrays.copyOfRange(arguments, 3, arguments.length)),
        new HeardWatch(),
        "spark.noisescape.keep=0s");
  }

  static void run(
      String master, Path sweep, List<CellTask> tasks, CellWatch watch, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(master));
    words.addAll(OPTIONS);
    words.addAll(List.of(options));
    new SparkPlace(Map.of())
        .runner(String.join(",", words), StandInCells.request(sweep))
        .run(tasks, watch);
  }

  static Process process(String master, Path sweep, int port, String... names) throws IOException {
    List<String> words = new ArrayList<>(List.of(SparkBed.java()));
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(SparkBed.flags());
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(SparkStart.class.getName(), master, sweep.toString()));
    words.add(Integer.toString(port));
    words.addAll(List.of(names));
    return new ProcessBuilder(words).inheritIO().start();
  }
}
