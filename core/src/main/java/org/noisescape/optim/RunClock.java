package org.noisescape.optim;

/** Steps and epochs of a run. */
public interface RunClock {
  /** Epochs done after so many steps, fractions included. */
  double epoch(long step);

  /** Steps after which so many epochs are done, to the nearest. */
  long step(double epoch);
}
