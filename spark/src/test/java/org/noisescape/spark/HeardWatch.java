package org.noisescape.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;

/** Keeps what a runner says of its cells. */
public final class HeardWatch implements CellWatch {
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  /** From now on all is to stop. */
  void stop() {
    stopped = true;
  }

  /** The next thing that was said. */
  String next() {
    try {
      return said.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was said and not yet taken. */
  public List<String> rest() {
    return List.copyOf(said);
  }

  @Override
  public boolean begins(CellTask task) {
    if (stopped) {
      return false;
    }
    try {
      task.folder().prepare(() -> false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    said.add("begins " + task.name());
    return true;
  }

  @Override
  public void ended(CellTask task, int exit) {
    said.add("ended " + task.name() + " " + exit + " " + task.folder().state());
  }

  @Override
  public void failed(CellTask task, int exit, List<String> lines) {
    said.add("failed " + task.name() + " " + exit + " " + lines.getLast());
  }

  @Override
  public void interrupted(CellTask task) {
    said.add("interrupted " + task.name());
  }

  @Override
  public void counted(int pending, int running) {}

  @Override
  public void told(String line) {
    said.add("told " + line);
  }

  @Override
  public boolean stopped() {
    return stopped;
  }
}
