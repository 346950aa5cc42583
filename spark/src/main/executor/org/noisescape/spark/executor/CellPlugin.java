package org.noisescape.spark.executor;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/** What Spark starts in the driver and in each executor, so that they can talk of cells. */
public final class CellPlugin implements SparkPlugin {
  /** What executors are told: seconds between two looks at what a cell has to hand over. */
  public static final String KEEP_SECONDS = "keep.seconds";

  private static volatile DriverPlugin driver;

  /** Called by Spark, by name. */
  public CellPlugin() {}

  /** Sets what answers the executors of the next context of this process. */
  public static void answeredBy(DriverPlugin plugin) {
    driver = plugin;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return driver;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new CellHost();
  }
}
