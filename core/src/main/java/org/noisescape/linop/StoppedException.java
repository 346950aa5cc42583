package org.noisescape.linop;

import java.util.Optional;

/**
 * Work ended before its result was there, since a stop was requested: an outcome, no fault.
 *
 * <p>Memory of the work has been given back; what it worked on (θ, data, options) is unchanged, so
 * that the same work may be begun again.
 */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean placed;

  /** Stopped. */
  public StoppedException() {
    super("stopped before the result was there");
    placed = false;
  }

  /**
   * Stopped somewhere.
   *
   * @param where the work was, in a line
   */
  public StoppedException(String where) {
    super(where);
    placed = true;
  }

  /** Where the work was, if that is known. */
  public Optional<String> where() {
    return placed ? Optional.of(getMessage()) : Optional.empty();
  }
}
