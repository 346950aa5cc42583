package org.noisescape.runs;

/** A run that cannot go on, through no fault of its configuration: one line for the user. */
public final class RunFailure extends RuntimeException {
  /** A failure in one line. */
  public RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
