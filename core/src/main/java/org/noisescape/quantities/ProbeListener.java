package org.noisescape.quantities;

/** Hears how a measurement is coming on; on the thread that computes. */
public interface ProbeListener {
  /** Hears nothing. */
  ProbeListener SILENT = new ProbeListener() {};

  /**
   * A quantity is measured next.
   *
   * @param request what
   * @param measured how many were measured before it, each of each replica counted
   * @param of how many there are in all
   */
  default void measuring(QuantityRequest request, int measured, int of) {}

  /**
   * It is coming on; told many times a second.
   *
   * @param products with a vector that it took so far, and with it what it shares with others
   */
  default void worked(long products) {}

  /**
   * LAPACK begins with a matrix.
   *
   * @param dimension n
   * @param seconds that it will take, or thereabouts
   */
  default void factorizing(int dimension, double seconds) {}
}
