package org.noisescape.spark.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.noisescape.cells.CellTask;
import org.noisescape.files.FileErrors;
import org.noisescape.spark.executor.DriverLink;

/**
 * A cell among those of a job: which attempt has it, and what becomes of it. Of two attempts the
 * later has it, and what the earlier still says is dropped.
 */
final class Seat {
  private static final Object[] WAIT = {DriverLink.WAIT};
  private static final Object[] NOTHING = {DriverLink.NOTHING};

  private final CellTask task;
  private final Path incoming;
  private final Tally tally;
  private long attempt = -1;
  private String executor = "";
  private String host = "";
  private boolean begun;
  private boolean running;
  private boolean over;
  private int losses;
  private CompletableFuture<Object[]> answer;

  Seat(CellTask task, Path incoming, Tally tally) {
    this.task = task;
    this.incoming = incoming;
    this.tally = tally;
  }

  /** How many seats are in which state. */
  static final class Tally {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    int running() {
      return running.get();
    }

    int over() {
      return over.get();
    }

    int begun() {
      return begun.get();
    }
  }

  CellTask task() {
    return task;
  }

  /** What is done for an attempt on a thread of its own. */
  @FunctionalInterface
  interface Work {
    /** Does it; the answer that the executor gets. */
    Object[] done() throws IOException;
  }

  /**
   * Gives the cell to an attempt, and answers it once the work is done.
   *
   * @param on does the work
   */
  synchronized Object[] begin(
      long newAttempt, String newExecutor, String newHost, Executor on, Work work)
      throws IOException {
    if (over || newAttempt < attempt) {
      return NOTHING;
    }
    if (newAttempt > attempt) {
      attempt = newAttempt;
      executor = newExecutor;
      host = newHost;
      runs(true);
      answer = null;
    }
    return answer(on, work);
  }

  /** Has work done for the attempt that has the cell, and answers it once it is. */
  synchronized Object[] work(long asking, Executor on, Work work) throws IOException {
    return asking == attempt && (answer != null || !over) ? answer(on, work) : NOTHING;
  }

  private Object[] answer(Executor on, Work work) throws IOException {
    if (answer == null) {
      CompletableFuture<Object[]> begins = new CompletableFuture<>();
      answer = begins;
      on.execute(
          () -> {
            try {
              begins.complete(work.done());
            } catch (IOException | RuntimeException e) {
              begins.completeExceptionally(e);
            }
          });
    }
    if (!answer.isDone()) {
      return WAIT;
    }
    CompletableFuture<Object[]> done = answer;
    answer = null;
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new IOException(FileErrors.line(e.getCause()), e.getCause());
    }
  }

  /** Whether an attempt has the cell, and it is not over. */
  synchronized boolean has(long asking) {
    return asking == attempt && !over;
  }

  /** The cell's process is about to begin. */
  synchronized void begins() {
    begun = true;
    tally.begun.incrementAndGet();
  }

  /** The cell is over: done, failed, or not to be begun. */
  synchronized void ends() {
    if (!over) {
      over = true;
      tally.over.incrementAndGet();
    }
    runs(false);
  }

  /** Its attempt comes to nothing: all is to stop. */
  synchronized void rests() {
    runs(false);
  }

  private void runs(boolean now) {
    if (now != running) {
      running = now;
      tally.running.addAndGet(now ? 1 : -1);
    }
  }

  /**
   * An attempt came to no end.
   *
   * @param blamed whether the cell may be the reason
   * @return how many did of which it may be, or -1 where it makes no difference any more
   */
  synchronized int lost(long lostAttempt, boolean blamed) {
    if (over) {
      return -1;
    }
    if (lostAttempt == attempt) {
      runs(false);
    }
    losses += blamed ? 1 : 0;
    return losses;
  }

  /** Whatever ran in an executor does so no more. */
  synchronized void gone(String goneExecutor) {
    if (executor.equals(goneExecutor)) {
      runs(false);
    }
  }

  /** Whether it was begun and is neither done nor failed. */
  synchronized boolean interrupted() {
    return begun && !over;
  }

  synchronized String host() {
    return host;
  }

  /** The files of an attempt. */
  ReturnedFiles files(long of) {
    return new ReturnedFiles(task.folder(), incoming.resolve(task.name() + "-" + of));
  }

  static Map<String, Long> files(Object names, Object sizes) {
    Map<String, Long> files = new LinkedHashMap<>();
    String[] all = (String[]) names;
    long[] bytes = (long[]) sizes;
    for (int i = 0; i < all.length; i++) {
      files.put(all[i], bytes[i]);
    }
    return files;
  }

  static List<String> names(Object names) {
    return List.of((String[]) names);
  }
}
