package org.noisescape.tensor;

/** A recorded sequence of operations. */
@FunctionalInterface
public interface Program {
  /** Runs the sequence once. */
  void replay();
}
