package org.noisescape.spark;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.cells.CellPlace;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.PlaceRequest;

/** {@code --on spark:MASTER}: cells as tasks of Apache Spark. */
public final class SparkPlace implements CellPlace {
  /** What this place decides, and why. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "spark.master", "the master stands before the options",
          "spark.task.cpus", "a task has the threads of a cell",
          "spark.task.maxFailures", "a cell is tried again where its executor was lost",
          "spark.speculation", "a cell runs once");

  /** What spark-submit was told. */
  private static final String MASTER = "spark.master";

  private static final String MODE = "spark.submit.deployMode";
  private static final String CLIENT = "client";

  private final Map<String, String> environment;

  /** Found by ServiceLoader. */
  public SparkPlace() {
    this(System.getenv());
  }

  SparkPlace(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public CellRunner runner(String options, PlaceRequest request) {
    SparkWords words = SparkWords.parse(options, System.getProperty(MASTER, ""));
    MasterAddress.requireForm(words.master());
    words
        .options()
        .forEach(
            (key, value) -> {
              if (DECIDED.containsKey(key)) {
                throw new IllegalArgumentException(
                    "%s is not to be set: %s".formatted(key, DECIDED.get(key)));
              }
            });
    if (!System.getProperty(MODE, CLIENT).equals(CLIENT)) {
      throw new IllegalArgumentException(
          "the folder of the sweep would be on a machine of the cluster: leave out --deploy-mode cluster");
    }
    if (request.script().isPresent()) {
      throw new IllegalArgumentException(
          "Spark is given no script that could be shown: leave out --dry-run");
    }
    if (request.jobs().isPresent() && words.master().startsWith("local")) {
      throw new IllegalArgumentException(
          "%s says how many threads there are, and thus how many cells run at once: leave out --jobs"
              .formatted(words.master()));
    }
    if (!missingFlags().isEmpty()) {
      throw new IllegalArgumentException(
          "this JVM does not let Spark in: start the program by its launcher noisescape, or with "
              + String.join(" ", missingFlags()));
    }
    SparkHome home = SparkHome.find(environment, module());
    Map<String, String> all = new LinkedHashMap<>(home.defaults());
    all.putAll(words.options());
    all.keySet().removeAll(DECIDED.keySet());
    return new SparkRunner(words.master(), all, home, module(), SubmittedProgram.of(request));
  }

  /** Jar or folder of classes of this module. */
  static Path module() {
    try {
      return Path.of(SparkPlace.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Flags that let Spark run on a JVM, where this one lacks them. */
  private static List<String> missingFlags() {
    Module spark = SparkPlace.class.getModule();
    return List.of("java.lang", "java.nio", "java.util", "sun.nio.ch").stream()
        .filter(name -> !Object.class.getModule().isOpen(name, spark))
        .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
        .toList();
  }
}
