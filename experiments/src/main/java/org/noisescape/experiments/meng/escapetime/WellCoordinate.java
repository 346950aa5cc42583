package org.noisescape.experiments.meng.escapetime;

import org.noisescape.dynamics.landscape.ParabolicWalls;
import org.noisescape.dynamics.landscape.QuarticWell;

/**
 * A double well with the noise in it, D = ησ + ημ ℓ.
 *
 * @param well ℓ
 * @param noise ησ
 * @param growth ημ
 */
record WellCoordinate(QuarticWell well, double noise, double growth) {
  /** ℓ with walls that no step is too long for. */
  ParabolicWalls walls() {
    return new ParabolicWalls(well, -1.5 * well.halfDistance(), 1.5 * well.halfDistance());
  }

  /** (μ/σ)ΔL. */
  double grown() {
    return growth / noise * well.barrier();
  }
}
