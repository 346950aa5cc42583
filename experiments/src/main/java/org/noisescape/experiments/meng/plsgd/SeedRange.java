package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;

/**
 * Successive seeds: replicas first, …, first + count − 1 of the ensemble of the run's seed.
 *
 * @param first ≥ 0
 * @param count ≥ 1
 */
record SeedRange(int first, int count) {
  /** The same in parts of at most so many. */
  List<SeedRange> parts(int most) {
    List<SeedRange> parts = new ArrayList<>();
    for (int begin = 0; begin < count; begin += most) {
      parts.add(new SeedRange(first + begin, Math.min(most, count - begin)));
    }
    return parts;
  }

  /** Name of their folder. */
  String folder() {
    return "seeds-%d-%d".formatted(first, first + count - 1);
  }
}
