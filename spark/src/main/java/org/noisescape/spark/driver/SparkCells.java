package org.noisescape.spark.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.files.Printable;
import org.noisescape.runs.RunFailure;
import org.noisescape.spark.executor.CellPlugin;
import org.noisescape.spark.executor.CellTasks;
import org.noisescape.spark.executor.FolderFiles;

/**
 * Runs cells as the tasks of one job of Spark.
 *
 * @param master of Spark
 * @param options its configuration, as far as it differs from {@link SparkDefaults}
 * @param request of the cells
 * @param folder of this sitting, for what it needs while it lasts
 * @param jar of the classes of executors
 */
public record SparkCells(
    String master, Map<String, String> options, PlaceRequest request, Path folder, Path jar)
    implements CellRunner {
  /** Seconds between two looks at what a cell has to hand over while it runs. */
  static final String KEEP = "spark.noisescape.keep";

  /** Seconds that a standalone master has to answer. */
  static final String PATIENCE = "spark.noisescape.patience";

  /** How long Spark lets a job wait for executors before it says so. */
  static final String STARVATION = "spark.starvation.timeout";

  private static final long LOOK_MILLIS = 1000;
  private static final int FIRST = 1000;
  private static final long FOR_EVER_DAYS = 365;

  @Override
  public void run(List<CellTask> tasks, CellWatch watch) throws IOException {
    if (watch.stopped()) {
      return;
    }
    SparkConf conf = SparkDefaults.of(master, request, jar.toString());
    options.forEach(conf::set);
    double keep = conf.getTimeAsSeconds(KEEP, "30s");
    Path incoming = folder.resolve("incoming");
    FolderFiles.remove(incoming);
    CellDesk desk = new CellDesk(tasks, watch, new ProgramFiles(request.java()), incoming, keep);
    CountDownLatch over = new CountDownLatch(1);
    Runnable hold = () -> await(over);
    // Spark's own hook would stop it before what runs has come back
    ShutdownHookManager.get().addShutdownHook(hold, FIRST, FOR_EVER_DAYS, TimeUnit.DAYS);
    try {
      CellPlugin.answeredBy(desk);
      JavaSparkContext spark =
          new ContextStart(master, conf, conf.getTimeAsSeconds(PATIENCE, "30s")).await(watch);
      if (spark == null) {
        return;
      }
      try (desk) {
        spark.sc().addSparkListener(new LostTasks(desk));
        List<Integer> numbers = IntStream.range(0, tasks.size()).boxed().toList();
        follow(
            spark.parallelize(numbers, numbers.size()).foreachPartitionAsync(new CellTasks()),
            desk,
            watch,
            conf);
      } finally {
        spark.stop();
        FolderFiles.remove(incoming);
      }
    } finally {
      over.countDown();
      forget(hold);
    }
    desk.fatal()
        .ifPresent(
            line -> {
              throw new RunFailure(line, null);
            });
  }

  /** Until the job is over, or, where all is to stop, nothing of it runs any more. */
  private void follow(JavaFutureAction<Void> job, CellDesk desk, CellWatch watch, SparkConf conf) {
    long patience = conf.getTimeAsSeconds(STARVATION, "15s");
    long complains = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    boolean complained = false;
    boolean cancelled = false;
    try {
      while (cancelled ? desk.running() > 0 : !job.isDone()) {
        desk.await(LOOK_MILLIS);
        if (!cancelled && desk.stopping()) {
          job.cancel(true);
          cancelled = true;
        }
        if (!complained && System.nanoTime() - complains > 0) {
          SparkDefaults.complaint(conf, desk.cores())
              .ifPresent(line -> watch.told("%s: %s; waiting".formatted(master, line)));
          complained = true;
        }
      }
      if (!cancelled) {
        job.get();
      }
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted", e);
    } catch (CancellationException e) {
      throw new RunFailure(master + ": the job was cancelled", e);
    } catch (ExecutionException e) {
      throw new RunFailure(master + ": " + said(e), e);
    }
  }

  /** What Spark says of a failure, in one line. */
  static String said(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String text = first.getMessage() == null ? first.toString() : first.getMessage();
    return Printable.text(text.lines().findFirst().orElse("").strip());
  }

  private static void await(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Runnable hold) {
    try {
      ShutdownHookManager.get().removeShutdownHook(hold);
    } catch (IllegalStateException e) {
      // the process is going down already
      return;
    }
  }
}
