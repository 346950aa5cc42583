package org.noisescape.datasets;

/**
 * Hears how the reading of data is coming on. Between {@link #began} and {@link #ended} nothing is
 * made that would have to be kept: a program may end there at once.
 */
public interface ReadingProgress {
  /** Hears nothing. */
  ReadingProgress SILENT = new ReadingProgress() {};

  /** A data set is being read from now on. */
  default void began() {}

  /**
   * Something that takes long is coming on; called by one thread at a time, though not always the
   * same, with counts that rise.
   *
   * @param what in a word or two
   * @param done of it
   * @param of all there is
   */
  default void read(String what, long done, long of) {}

  /** It was read, or was refused. */
  default void ended() {}
}
