package org.noisescape.spark.driver;

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
    // a cell that fails is a result; what fails otherwise is counted for each cell (CellDesk)
    conf.set("spark.task.maxFailures", Integer.toString(Integer.MAX_VALUE));
    conf.set("spark.speculation", "false");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.ui.retainedTasks", "100");
    conf.setIfMissing("spark.log.callerContext", "false");
    return conf;
  }

  /** What an executor of a configuration takes of a worker. */
  static String wanted(SparkConf conf) {
    int cores = Math.max(conf.getInt(CORES, 1), conf.getInt(CPUS, 1));
    return "%d core%s and %s of memory (%s)"
        .formatted(cores, cores == 1 ? "" : "s", conf.get(MEMORY, "1g"), MEMORY);
  }
}
