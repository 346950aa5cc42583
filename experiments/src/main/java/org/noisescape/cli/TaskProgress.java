package org.noisescape.cli;

import java.util.Map;
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

  /** Parts of the whole that progress is told in. */
  private static final long PARTS = 1_000_000;

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
  private WholeTask whole;

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
    if (whole != null) {
      whole.worked();
    }
    changed();
  }

  @Override
  public synchronized void whole(Map<String, Integer> parts) {
    whole = new WholeTask(parts, clock.getAsDouble());
  }

  @Override
  public synchronized void partBegan(String kind) {
    if (whole != null) {
      whole.began(kind, clock.getAsDouble());
    }
  }

  @Override
  public synchronized void partEnded(String kind) {
    if (whole != null) {
      whole.ended(clock.getAsDouble());
    }
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

  /** Whether the task is a part of a whole, of which there are more. */
  boolean isPart() {
    return whole != null;
  }

  /** Where the task is, or the whole that it is a part of. */
  ProgressLine present() {
    double now = clock.getAsDouble();
    ProgressLine own = new ProgressLine(task, step, steps, note, now - began, left());
    if (whole == null) {
      return own;
    }
    String place = task.endsWith(whole.place()) ? "" : " (" + whole.place() + ")";
    String part = steps == UNKNOWN ? "" : "this %d %%".formatted((int) (own.share() * 100));
    return new ProgressLine(
        task + place,
        Math.round(whole.share(own.share()) * PARTS),
        PARTS,
        part + (part.isEmpty() || note.isEmpty() ? "" : ", ") + note,
        whole.elapsed(now),
        whole.left(now, own.left()));
  }
}
