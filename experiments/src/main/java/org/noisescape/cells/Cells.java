package org.noisescape.cells;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.noisescape.files.FileErrors;

/**
 * Has cells run that are not done yet, and keeps in their folders what came of them.
 *
 * <p>A cell that fails is reported and does not stop the others. Whatever ends this process, what
 * the folders hold is enough to go on.
 */
public final class Cells implements CellWatch {
  /** Says on a failure without a process that it was none of the cell's doing. */
  private static final int NO_PROCESS = -1;

  /** Exit codes of a process that was asked to stop and kept what it had. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  private final CellListener listener;
  private final BooleanSupplier stop;
  private int left;
  private int ended;
  private int failed;

  private Cells(int left, CellListener listener, BooleanSupplier stop) {
    this.left = left;
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Runs what is left.
   *
   * @param tasks all cells; those that are done are left alone
   * @param stop asked now and then whether to keep what there is and end
   */
  public static void run(
      List<CellTask> tasks, CellRunner runner, CellListener listener, BooleanSupplier stop)
      throws IOException {
    List<CellTask> open = tasks.stream().filter(task -> !task.folder().state().finished()).toList();
    if (!open.isEmpty()) {
      runner.run(open, new Cells(open.size(), listener, stop));
    }
  }

  @Override
  public boolean begins(CellTask task) {
    if (stopped()) {
      return false;
    }
    CellFolder folder = task.folder();
    try {
      if (!folder.prepare(stop)) {
        return false;
      }
      if (!folder.state().finished()) {
        folder.forgive();
        return true;
      }
      // the process of an earlier sitting has come to its end meanwhile
      ended(task, 0);
    } catch (IOException | RuntimeException e) {
      failed(task, e);
    }
    return false;
  }

  @Override
  public void ended(CellTask task, int exit) {
    CellFolder folder = task.folder();
    try {
      if (folder.state().finished()) {
        if (task.reported()) {
          folder.drawReport();
        }
      } else if (!stopped() && !STOPPED.contains(exit)) {
        folder.failed(exit, folder.logged());
      }
    } catch (IOException | RuntimeException e) {
      failed(task, e);
      return;
    }
    tell(task);
  }

  @Override
  public void failed(CellTask task, int exit, List<String> lines) {
    try {
      if (!task.folder().state().finished()) {
        task.folder().failed(exit, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
    tell(task);
  }

  private void failed(CellTask task, Exception failure) {
    failed(task, NO_PROCESS, List.of("error: " + FileErrors.line(failure)));
  }

  @Override
  public void interrupted(CellTask task) {
    tell(task);
  }

  private synchronized void tell(CellTask task) {
    CellState state = task.folder().state();
    left--;
    if (state != CellState.OPEN) {
      ended++;
      failed += state == CellState.FAILED ? 1 : 0;
      listener.ended(task, state, left);
    }
  }

  @Override
  public synchronized void counted(int pending, int running) {
    listener.counted(pending, running, ended, failed);
  }

  @Override
  public synchronized void told(String line) {
    listener.told(line);
  }

  @Override
  public boolean stopped() {
    return stop.getAsBoolean();
  }
}
