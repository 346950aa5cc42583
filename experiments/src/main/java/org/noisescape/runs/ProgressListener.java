package org.noisescape.runs;

/** Hears how a long task is coming on; called on the thread that does it. */
public interface ProgressListener {
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
   * @param step steps done
   * @param steps steps of the whole task
   * @param note what there is to say, for example the loss; may be empty
   */
  void progressed(long step, long steps, String note);

  /** Something worth a line of its own, such as the memory a run is about to take. */
  default void told(String line) {}

  /** The last task is over. */
  default void finished() {}
}
