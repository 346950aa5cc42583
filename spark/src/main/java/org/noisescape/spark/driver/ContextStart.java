package org.noisescape.spark.driver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.noisescape.cells.CellWatch;
import org.noisescape.runs.RunFailure;

/**
 * Starts Spark's context, which asks a master that does not answer for a minute and more.
 *
 * @param master of Spark
 * @param conf its configuration
 * @param seconds that a standalone master has to answer
 */
record ContextStart(String master, SparkConf conf, long seconds) {
  /**
   * The context; null where all is to stop.
   *
   * @throws RunFailure in one line where there is none
   */
  JavaSparkContext await(CellWatch watch) {
    CompletableFuture<JavaSparkContext> start = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("spark-start")
        .start(
            () -> {
              try {
                start.complete(new JavaSparkContext(conf));
              } catch (Exception | Error e) {
                // Scala throws checked exceptions that it does not declare
                start.completeExceptionally(e);
              }
            });
    // what queues applications may take as long as it takes
    long patience = master.startsWith("spark:") ? seconds : Integer.MAX_VALUE;
    try {
      for (int second = 0; second < patience && !watch.stopped(); second++) {
        JavaSparkContext context = within(start, 1);
        if (context != null) {
          return context;
        }
      }
    } catch (ExecutionException e) {
      String said = SparkCells.said(e);
      throw new RunFailure(
          said.contains("stopped SparkContext")
              ? master
                  + " accepted the application and ended it: no executor could start; spark.log in the folder, and the logs of its workers, say why"
              : master + ": " + said,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted", e);
    }
    if (watch.stopped()) {
      return null;
    }
    throw new RunFailure(
        "%s does not answer as a master of Spark %s within %d s: its version may be another one; set SPARK_HOME to that of the cluster"
            .formatted(master, org.apache.spark.package$.MODULE$.SPARK_VERSION(), patience),
        null);
  }

  private static JavaSparkContext within(CompletableFuture<JavaSparkContext> start, long seconds)
      throws ExecutionException, InterruptedException {
    try {
      return start.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }
}
