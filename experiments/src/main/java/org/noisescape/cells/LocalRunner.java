package org.noisescape.cells;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.noisescape.files.FileErrors;
import org.noisescape.runs.RunFailure;

/**
 * Runs cells on this machine, as many at once as there are slots.
 *
 * @param process runs one
 * @param slots where
 * @param health looks at a slot in which a cell failed
 */
public record LocalRunner(OneCell process, List<CellSlot> slots, Health health)
    implements CellRunner {
  /** Runs one cell. */
  @FunctionalInterface
  public interface OneCell {
    /**
     * Runs a cell to its end, its failure, or until it is stopped.
     *
     * @param task its folder is prepared, and of no other process
     * @param stop asked now and then whether it is to keep what it has and end
     * @return exit code; what the folder holds says the rest
     * @throws IOException where it cannot even begin
     */
    int run(CellTask task, CellSlot slot, BooleanSupplier stop) throws IOException;
  }

  /** Tells whether a slot is to blame for a failure. */
  @FunctionalInterface
  public interface Health {
    /** No slot is ever to blame. */
    Health SOUND = slot -> "";

    /**
     * Looks at a slot.
     *
     * @return why no cell can run there, empty where one can
     */
    String complaint(CellSlot slot);
  }

  /** Copies the list. */
  public LocalRunner {
    slots = List.copyOf(slots);
  }

  /** As many cells at once, in slots that do not differ. */
  public LocalRunner(OneCell process, int jobs) {
    this(process, Collections.nCopies(jobs, CellSlot.ANY), Health.SOUND);
  }

  @Override
  public void run(List<CellTask> tasks, CellWatch watch) throws IOException {
    Sitting sitting = new Sitting(tasks, watch);
    ExecutorService pool = Executors.newFixedThreadPool(slots.size());
    try {
      CompletionService<Void> ends = new ExecutorCompletionService<>(pool);
      slots.forEach(slot -> ends.submit(() -> sitting.serve(slot)));
      for (int i = 0; i < slots.size(); i++) {
        ends.take().get();
      }
    } catch (ExecutionException e) {
      pool.shutdownNow();
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new RunFailure(FileErrors.line(e.getCause()), e);
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted", e);
    } finally {
      pool.shutdown();
    }
    sitting.requireNoneLeft();
  }

  /** The cells of one call, and who has which. */
  private final class Sitting {
    private final CellWatch watch;
    private final Deque<CellTask> waiting;
    private int running;

    Sitting(List<CellTask> tasks, CellWatch watch) {
      this.watch = watch;
      this.waiting = new ArrayDeque<>(tasks);
    }

    /** Runs cells in a slot until there is nothing to run, or the slot is unfit. */
    Void serve(CellSlot slot) throws InterruptedException {
      for (CellTask task = next(); task != null; task = next()) {
        if (!run(task, slot)) {
          return null;
        }
      }
      return null;
    }

    /** The next cell; waits where one that runs may yet come back. Null: none will. */
    private synchronized CellTask next() throws InterruptedException {
      while (waiting.isEmpty() && running > 0) {
        wait();
      }
      CellTask task = waiting.poll();
      if (task != null) {
        running++;
        watch.counted(waiting.size(), running);
      }
      return task;
    }

    private synchronized void done() {
      running--;
      watch.counted(waiting.size(), running);
      notifyAll();
    }

    private synchronized void back(CellTask task, CellSlot slot, String complaint) {
      waiting.addFirst(task);
      watch.told(
          "%s is left out: %s; %s runs elsewhere".formatted(slot.name(), complaint, task.title()));
    }

    /** Runs one cell; false where the slot is unfit, and the cell is given back. */
    private boolean run(CellTask task, CellSlot slot) {
      try {
        if (!watch.begins(task)) {
          return true;
        }
        int exit = process.run(task, slot, watch::stopped);
        if (exit != 0 && !watch.stopped() && !task.folder().state().finished()) {
          String complaint = health.complaint(slot);
          if (!complaint.isEmpty()) {
            back(task, slot, complaint);
            return false;
          }
        }
        watch.ended(task, exit);
      } catch (IOException e) {
        watch.failed(task, -1, List.of("error: " + FileErrors.line(e)));
      } finally {
        done();
      }
      return true;
    }

    /** A cell that nobody could run has failed. */
    void requireNoneLeft() {
      for (CellTask task : waiting) {
        if (watch.begins(task)) {
          watch.failed(task, -1, List.of("error: no device is left to run it"));
        }
      }
    }
  }
}
