package org.noisescape.experiments.meng.escapetime;

import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.statistics.MeanPassageTime;

/** Passages as if measured. */
final class WellPassages {
  private WellPassages() {}

  static WellPassage passage(EscapeTime.Plan plan, double barrier, double time) {
    return passage(
        WellDynamics.POWER_LAW_ITO,
        plan.coordinate(plan.well(barrier)),
        1,
        time,
        0.05 * time,
        time,
        time,
        time);
  }

  static WellPassage passage(
      WellDynamics dynamics,
      QuarticWell well,
      int dimension,
      double time,
      double error,
      double exact,
      double exactTop,
      double formula) {
    return passage(
        dynamics,
        new WellCoordinate(well, 1, 0.5),
        dimension,
        time,
        error,
        exact,
        exactTop,
        formula);
  }

  static WellPassage passage(
      WellDynamics dynamics,
      WellCoordinate coordinate,
      int dimension,
      double time,
      double error,
      double exact,
      double exactTop,
      double formula) {
    return new WellPassage(
        dynamics,
        coordinate,
        dimension,
        new MeanPassageTime(
            time, error, 0, 99, 21, 4, MeanPassageTime.Method.SURVIVAL_AND_TAIL, true),
        new MeanPassageTime(7.5, 0.75, 0, 99, 22, 3, MeanPassageTime.Method.SAMPLE_MEAN, true),
        new StepHalving(new Reading(6.5, 0.65), new Reading(6.25, 0.6), 0.5),
        exact,
        exactTop,
        formula);
  }
}
