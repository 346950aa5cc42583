package org.noisescape.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.noisescape.files.FileErrors;
import org.noisescape.runs.RunFailure;

/**
 * Runs the cells of a sweep that are not done yet.
 *
 * <p>A cell that fails is reported and does not stop the others. Whatever ends this process, what
 * the folders of the cells hold is enough to go on: at most the cells in flight are begun again, or
 * continued where they keep checkpoints.
 *
 * @param folder held by this process
 * @param runner runs a cell
 * @param jobs cells at once
 */
public record Sweep(SweepFolder folder, CellRunner runner, int jobs) {
  /** Says on a failure without a process that it was none of the cell's doing. */
  private static final int NO_PROCESS = -1;

  /** Exit codes of a process that was asked to stop and kept what it had. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  /** Checks the number. */
  public Sweep {
    if (jobs < 1) {
      throw new IllegalArgumentException("--jobs must be >= 1, got " + jobs);
    }
  }

  /**
   * Runs what is left.
   *
   * @param stop asked before each cell, and now and then within, whether to keep what there is
   * @return all cells in their order, done in this sitting or before
   */
  public List<CellResult> run(SweepListener listener, BooleanSupplier stop) throws IOException {
    List<Cell> left = new ArrayList<>();
    List<Cell> all = folder.request().cells();
    for (Cell cell : all) {
      if (!folder.of(cell).state().finished()) {
        left.add(cell);
      }
    }
    runAll(left, listener, stop);
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : all) {
      results.add(CellResult.read(folder, cell));
    }
    return results;
  }

  private void runAll(List<Cell> cells, SweepListener listener, BooleanSupplier stop)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      CompletionService<Cell> ends = new ExecutorCompletionService<>(pool);
      cells.forEach(cell -> ends.submit(() -> run(cell, stop), cell));
      for (int left = cells.size() - 1; left >= 0; left--) {
        Cell cell = ends.take().get();
        CellResult result = CellResult.read(folder, cell);
        if (result.state() != CellState.OPEN) {
          listener.ended(result, left);
        }
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
  }

  /** Runs one cell; what goes wrong is kept beside its folder. */
  private void run(Cell cell, BooleanSupplier stop) {
    CellFolder place = folder.of(cell);
    if (stop.getAsBoolean()) {
      return;
    }
    try {
      place.prepare();
      // the process of an earlier sitting may have come to its end meanwhile
      if (!place.state().finished()) {
        place.forgive();
        int exit = runner.run(cell, place, stop);
        // a stopped cell did not fail, whatever it says
        if (!place.state().finished() && !stop.getAsBoolean() && !STOPPED.contains(exit)) {
          place.failed(exit, place.logged());
        }
      }
      if (place.state().finished()) {
        place.drawReport();
      }
    } catch (IOException | RuntimeException e) {
      failed(place, e);
    }
  }

  private static void failed(CellFolder place, Exception failure) {
    try {
      place.failed(NO_PROCESS, List.of("error: " + FileErrors.line(failure)));
    } catch (IOException e) {
      e.addSuppressed(failure);
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }
}
