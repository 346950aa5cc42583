package org.noisescape.experiments.meng.escapetime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Replicas in one well, or in several that do not know of each other.
 *
 * @param part of the experiment, empty for the barriers: two sweeps may meet in one well
 * @param dynamics dynamics
 * @param own the coordinate whose escape is meant
 * @param beside other coordinates
 * @param any whether the first escape of all coordinates counts, else that of the own one
 * @param replicas R
 */
record WellEnsemble(
    String part,
    WellDynamics dynamics,
    WellCoordinate own,
    List<WellCoordinate> beside,
    boolean any,
    int replicas) {
  WellEnsemble {
    beside = List.copyOf(beside);
  }

  /** One well. */
  static WellEnsemble single(String part, WellDynamics dynamics, WellCoordinate own, int replicas) {
    return new WellEnsemble(part, dynamics, own, List.of(), false, replicas);
  }

  /** The first escape from equal wells. */
  static WellEnsemble equal(WellDynamics dynamics, WellCoordinate own, int wells, int replicas) {
    return new WellEnsemble(
        "equal wells", dynamics, own, Collections.nCopies(wells - 1, own), true, replicas);
  }

  /** The own coordinate, then the others. */
  List<WellCoordinate> coordinates() {
    List<WellCoordinate> all = new ArrayList<>(List.of(own));
    all.addAll(beside);
    return all;
  }

  /** How far the escape has come: −1 at the minimum, 0 at the top, 1 at the other minimum. */
  ToDoubleFunction<double[]> progress() {
    double[] width = coordinates().stream().mapToDouble(one -> one.well().halfDistance()).toArray();
    int watched = any ? width.length : 1;
    return w -> {
      double most = w[0] / width[0];
      for (int j = 1; j < watched; j++) {
        // keeps NaN
        most = Math.max(most, w[j] / width[j]);
      }
      return most;
    };
  }

  /** What it is in a few words, another for each. */
  String title(double dt) {
    return "%s%s barrier %s width %.4g noise %.4g growth %.4g n %d %s dt %s"
        .formatted(
            part.isEmpty() ? "" : part + ", ",
            dynamics,
            own.well().barrier(),
            own.well().halfDistance(),
            own.noise(),
            own.growth(),
            1 + beside.size(),
            any ? "first" : "own",
            dt);
  }
}
