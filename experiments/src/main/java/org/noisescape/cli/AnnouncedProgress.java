package org.noisescape.cli;

import java.util.Map;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainingPoint;

/** Says a line before the first work that comes on: what is refused before says nothing else. */
final class AnnouncedProgress implements ProgressListener {
  private final ProgressListener progress;
  private final String line;
  private boolean said;

  AnnouncedProgress(ProgressListener progress, String line) {
    this.progress = progress;
    this.line = line;
  }

  private synchronized void say() {
    if (!said) {
      said = true;
      progress.told(line);
    }
  }

  @Override
  public void started(String task) {
    progress.started(task);
  }

  @Override
  public void progressed(long step, long steps, String note) {
    say();
    progress.progressed(step, steps, note);
  }

  @Override
  public void whole(Map<String, Integer> parts) {
    progress.whole(parts);
  }

  @Override
  public void partBegan(String kind) {
    progress.partBegan(kind);
  }

  @Override
  public void partEnded(String kind) {
    progress.partEnded(kind);
  }

  @Override
  public void trained(TrainingPoint point) {
    say();
    progress.trained(point);
  }

  @Override
  public void told(String words) {
    progress.told(words);
  }

  @Override
  public void warned(String words) {
    progress.warned(words);
  }

  @Override
  public void finished() {
    progress.finished();
  }
}
