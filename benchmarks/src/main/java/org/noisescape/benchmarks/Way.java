package org.noisescape.benchmarks;

/**
 * A peer's way to do a piece of work.
 *
 * @param work as peers know it: a model and variants, each with a slash before it
 * @param divisor of the time of one repetition, for example replicas that take part in it
 * @param repetitions in a measurement
 */
record Way(String work, double divisor, int repetitions) {
  /** One that does the work once in a repetition. */
  static Way of(String work, int repetitions) {
    return new Way(work, 1, repetitions);
  }
}
