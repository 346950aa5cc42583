package org.noisescape.files;

import java.io.IOException;

/** A file that could not be written: one line that names it, and why. */
public final class WriteFailure extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A failure.
   *
   * @param target what was to be written
   */
  public WriteFailure(Object target, IOException cause) {
    this("write", target, cause);
  }

  WriteFailure(String verb, Object target, IOException cause) {
    super(Printable.text("cannot " + verb + " " + target + ": " + FileErrors.reason(cause)), cause);
  }

  WriteFailure(Object target, String reason) {
    super(Printable.text("cannot write " + target + ": " + reason));
  }
}
