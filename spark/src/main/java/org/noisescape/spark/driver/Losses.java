package org.noisescape.spark.driver;

import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.noisescape.files.Printable;

/** Hears of tasks that ended without a word of ours: with their executor, or by an exception. */
final class Losses extends SparkListener {
  private final CellDesk desk;

  Losses(CellDesk desk) {
    this.desk = desk;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    String reason =
        switch (end.reason()) {
          case ExecutorLostFailure lost ->
              lost.reason().isDefined() ? lost.reason().get() : "the executor is gone";
          case ExceptionFailure failure -> failure.description();
          default -> "";
        };
    if (!reason.isEmpty()) {
      desk.lost(
          end.taskInfo().partitionId(),
          end.taskInfo().taskId(),
          end.taskInfo().host(),
          line(reason));
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    desk.gone(removed.executorId());
  }

  /** What Spark says, in one line, and what the best known exit code means. */
  static String line(String reason) {
    String first = Printable.text(reason.lines().findFirst().orElse("").strip());
    return first.contains("code 137") || first.contains("Code 137")
        ? first + ": killed, perhaps for memory"
        : first;
  }
}
