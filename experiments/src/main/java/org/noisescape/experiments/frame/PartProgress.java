package org.noisescape.experiments.frame;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainingPoint;

/** Tells a listener which part of a run is under way; parts within another one are its work. */
final class PartProgress implements ProgressListener {
  static final String TRAINING = "training";
  static final String ENSEMBLE = "ensemble";
  static final String MEASUREMENT = "measurement";

  private final ProgressListener progress;
  private final Map<String, Integer> planned;
  private final Map<String, Integer> passed = new TreeMap<>();
  private int depth;

  PartProgress(ProgressListener progress, Map<String, Integer> planned) {
    this.progress = progress;
    this.planned = planned;
    if (!planned.isEmpty()) {
      progress.whole(planned);
    }
  }

  /** Does a part, or reads back what was done of it. */
  static <T> T within(ProgressListener progress, String kind, Supplier<T> part) {
    if (!(progress instanceof PartProgress parts)) {
      return part.get();
    }
    parts.enter(kind);
    T result = part.get();
    parts.leave(kind);
    return result;
  }

  private void enter(String kind) {
    if (depth++ == 0) {
      progress.partBegan(kind);
    }
  }

  private void leave(String kind) {
    if (--depth == 0) {
      passed.merge(kind, 1, Integer::sum);
      progress.partEnded(kind);
    }
  }

  /**
   * Whether the run went through what was said; a run that was stopped, or is a block, does not.
   */
  boolean isAsPlanned() {
    return planned.isEmpty() || passed.equals(new TreeMap<>(planned));
  }

  /** What was said, and what happened. */
  String told() {
    return "planned " + planned + ", passed " + passed;
  }

  @Override
  public void started(String task) {
    progress.started(task);
  }

  @Override
  public void progressed(long step, long steps, String note) {
    progress.progressed(step, steps, note);
  }

  @Override
  public void trained(TrainingPoint point) {
    progress.trained(point);
  }

  @Override
  public void told(String line) {
    progress.told(line);
  }

  @Override
  public void warned(String line) {
    progress.warned(line);
  }

  @Override
  public void finished() {
    progress.finished();
  }
}
