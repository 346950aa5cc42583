package org.noisescape.cli;

import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainingPoint;

/**
 * What a listener knows of the task that is under way: the one place where progress is kept and
 * said, whoever shows it. Held by one lock, so that a thread that draws may look at it.
 */
abstract class TaskProgress implements ProgressListener {
  /** A task shorter than this leaves no line when it is over. */
  private static final double SHORTEST_TOLD = 3;

  private final LogEvery every;
  private final DoubleSupplier clock;
  private String task = "";
  private String note = "";
  private boolean open;
  private double began;
  private long step;
  private long steps;
  private TimeLeft estimate = new TimeLeft();
  private TrainingLog training;

  /**
   * Progress by a clock.
   *
   * @param clock seconds since some beginning
   */
  TaskProgress(LogEvery every, DoubleSupplier clock) {
    this.every = every;
    this.clock = clock;
  }

  /** Seconds since this program began, or thereabouts. */
  static double seconds() {
    return System.nanoTime() * 1e-9;
  }

  /** A line of its own. */
  abstract void line(String text);

  /** There is something new to show. */
  abstract void changed();

  /** Nothing is under way any more. */
  abstract void ended();

  /** Columns that a line should have at most. */
  abstract int columns();

  @Override
  public synchronized void started(String name) {
    finished();
    begin(name);
    changed();
  }

  private void begin(String name) {
    task = name;
    note = "";
    open = true;
    began = clock.getAsDouble();
    step = 0;
    steps = UNKNOWN;
    estimate = new TimeLeft();
  }

  @Override
  public synchronized void progressed(long done, long all, String words) {
    if (!open) {
      begin(task);
    }
    step = done;
    steps = all;
    note = words;
    if (all != UNKNOWN) {
      estimate.add(clock.getAsDouble(), done / (double) all);
    }
    changed();
  }

  @Override
  public synchronized void trained(TrainingPoint point) {
    if (training == null) {
      training = new TrainingLog(every, this::line, columns());
    }
    training.take(point, clock.getAsDouble() - (open ? began : 0), left());
  }

  @Override
  public synchronized void told(String text) {
    line(text);
  }

  @Override
  public synchronized void finished() {
    if (training != null) {
      training.flush();
    }
    if (open) {
      open = false;
      ended();
      double took = clock.getAsDouble() - began;
      if (training == null && !task.isEmpty() && took >= SHORTEST_TOLD) {
        line(task + "  " + Durations.clock(took));
      }
    }
    training = null;
    task = "";
  }

  private OptionalDouble left() {
    return steps == UNKNOWN ? OptionalDouble.empty() : estimate.at(clock.getAsDouble());
  }

  /** Whether a task is under way. */
  boolean isOpen() {
    return open;
  }

  /** Seconds by the clock. */
  double now() {
    return clock.getAsDouble();
  }

  /** Where the task is. */
  ProgressLine present() {
    return new ProgressLine(task, step, steps, note, clock.getAsDouble() - began, left());
  }
}
