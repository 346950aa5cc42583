package org.noisescape.spark.driver;

import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.noisescape.files.Printable;

/**
 * Hears of executors, and of tasks that ended without a word of ours: with their executor, or by an
 * exception.
 */
final class LostTasks extends SparkListener {
  private final CellDesk desk;

  LostTasks(CellDesk desk) {
    this.desk = desk;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskInfo task = end.taskInfo();
    switch (end.reason()) {
      case ExecutorLostFailure lost ->
          desk.lost(
              task.partitionId(),
              task.taskId(),
              task.host(),
              line(lost.reason().getOrElse(() -> "the executor is gone")),
              lost.exitCausedByApp());
      case ExceptionFailure failure ->
          desk.lost(
              task.partitionId(),
              task.taskId(),
              task.host(),
              line(failure.description() == null ? failure.className() : failure.description()),
              true);
      default -> {
        // ended by itself, or killed
      }
    }
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    desk.came(added.executorInfo().totalCores());
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
