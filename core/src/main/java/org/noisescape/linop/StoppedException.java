package org.noisescape.linop;

/**
 * Work ended before its result was there, since a stop was requested: an outcome, no fault.
 *
 * <p>Memory of the work has been given back; what it worked on (θ, data, options) is unchanged, so
 * that the same work may be begun again.
 */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Stopped. */
  public StoppedException() {
    super("stopped before the result was there");
  }
}
