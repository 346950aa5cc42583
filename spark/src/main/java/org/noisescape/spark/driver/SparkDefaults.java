package org.noisescape.spark.driver;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.spark.executor.CellPlugin;

/** How Spark is configured where the user says nothing else. */
final class SparkDefaults {
  private static final String CORES = "spark.executor.cores";
  private static final String CPUS = "spark.task.cpus";
  private static final String MEMORY = "spark.executor.memory";
  private static final String PLUGINS = "spark.plugins";

  private SparkDefaults() {}

  /**
   * The configuration of an application whose tasks are cells.
   *
   * @param jar of the classes of executors
   */
  static SparkConf of(String master, PlaceRequest request, String jar) {
    SparkConf conf = new SparkConf();
    conf.setMaster(master).setAppName("noisescape " + request.title());
    conf.set(
        PLUGINS,
        conf.contains(PLUGINS)
            ? conf.get(PLUGINS) + "," + CellPlugin.class.getName()
            : CellPlugin.class.getName());
    conf.set("spark.jars", conf.contains("spark.jars") ? conf.get("spark.jars") + "," + jar : jar);
    conf.set(CPUS, Integer.toString(request.threads()));
    request
        .jobs()
        .ifPresent(
            jobs -> {
              conf.setIfMissing("spark.cores.max", Integer.toString(jobs * request.threads()));
              conf.setIfMissing("spark.executor.instances", Integer.toString(jobs));
            });
    // a cell that fails is a result; what fails otherwise is counted for each cell, which is given
    // up before the job is
    conf.set("spark.task.maxFailures", Integer.toString(2 * CellDesk.MOST_LOSSES));
    conf.set("spark.speculation", "false");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.ui.retainedTasks", "100");
    conf.setIfMissing("spark.log.callerContext", "false");
    return conf;
  }

  /**
   * Why nothing begins.
   *
   * @param largest cores of the largest executor there is, 0 where there is none
   */
  static Optional<String> complaint(SparkConf conf, int largest) {
    int cpus = conf.getInt(CPUS, 1);
    if (largest >= cpus) {
      return Optional.empty();
    }
    if (largest > 0) {
      return Optional.of(
          "a cell has %d threads, and no executor has more than %d cores".formatted(cpus, largest));
    }
    int cores = Math.max(conf.getInt(CORES, 1), cpus);
    return Optional.of(
        "no worker has %d core%s and %s of memory free (%s) for an executor"
            .formatted(cores, cores == 1 ? "" : "s", conf.get(MEMORY, "1g"), MEMORY));
  }
}
