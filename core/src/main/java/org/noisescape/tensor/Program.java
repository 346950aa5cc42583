package org.noisescape.tensor;

/** A recorded sequence of operations. */
@FunctionalInterface
public interface Program {
  /** Runs the sequence once. */
  void replay();

  /** Runs the sequence so many times, nothing in between; an engine may start many at once. */
  default void replay(int times) {
    for (int i = 0; i < times; i++) {
      replay();
    }
  }
}
