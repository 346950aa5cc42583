package org.noisescape.runs;

import java.util.Map;

/** Hears how a long task is coming on; called on the thread that does it. */
public interface ProgressListener {
  /** Steps of a task of which nobody knows how many there will be. */
  long UNKNOWN = 0;

  /** Hears nothing. */
  ProgressListener SILENT = (step, steps, note) -> {};

  /**
   * A task begins; the former one, if any, is over.
   *
   * @param task what is done, in a word or two
   */
  default void started(String task) {}

  /**
   * Work was done.
   *
   * @param step steps done, each about as long as the others
   * @param steps steps of the whole task, or {@link #UNKNOWN}
   * @param note what there is to say, for example the loss; may be empty
   */
  void progressed(long step, long steps, String note);

  /**
   * What comes now is a whole of several parts, each of them one task or more.
   *
   * @param parts kind of a part → how many
   */
  default void whole(Map<String, Integer> parts) {}

  /** A part of the whole begins, or is read back. */
  default void partBegan(String kind) {}

  /** It is over. */
  default void partEnded(String kind) {}

  /** A training went on, or measured. */
  default void trained(TrainingPoint point) {}

  /** Something worth a line of its own, such as the memory a run is about to take. */
  default void told(String line) {}

  /** Something that is not as it should be, in a line; shown to those who asked for quiet too. */
  default void warned(String line) {
    told(line);
  }

  /** The last task is over. */
  default void finished() {}
}
