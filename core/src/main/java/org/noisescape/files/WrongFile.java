package org.noisescape.files;

import java.nio.file.Path;

/** A file that cannot be read, or does not hold what it should: one line that begins with it. */
public class WrongFile extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Characters of a complaint that are kept: what a file holds may be endless. */
  private static final int LONGEST = 1000;

  /**
   * A complaint.
   *
   * @param what is wrong, and what to do about it
   */
  public WrongFile(Path file, String what) {
    this(file, what, null);
  }

  /** A complaint with what made it known. */
  public WrongFile(Path file, String what, Throwable cause) {
    super(Printable.text(file + ": " + Printable.shortened(what, LONGEST)), cause);
  }
}
