package org.noisescape.experiments.meng.escapetime;

import java.util.List;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.theory.meng.BarrierEscape;
import org.noisescape.theory.meng.ManyCoordinates;

/**
 * Three wells side by side, each with a barrier and a noise of its own: coordinates are
 * independent, so that the escape along one is that of Theorem 6, and the first of all adds the
 * rates.
 *
 * <p>Source: Meng et al. (2020), Theorem 10, whose noise it takes as the text does.
 *
 * @param own escapes along the first
 * @param first first escapes
 * @param exactFirst their exact mean time
 * @param ensemble the wells
 */
record UnequalWells(WellPassage own, WellPassage first, double exactFirst, WellEnsemble ensemble) {
  /** That it runs. */
  static final int PASSAGES = 2;

  private static final WellDynamics DYNAMICS = WellDynamics.POWER_LAW_HANGGI;

  /** Runs both; their seeds begin at an index. */
  static UnequalWells run(EscapeTime.Plan plan, Ensembles ensembles, int index) {
    WellEnsemble along = along(plan);
    return new UnequalWells(
        WellPassage.run(plan, along, ensembles, index),
        WellPassage.run(plan, first(along), ensembles, index + 1),
        WellPassage.expected(first(along)),
        along);
  }

  /** Escapes along the middle barrier, beside a lower and a higher one. */
  static WellEnsemble along(EscapeTime.Plan plan) {
    return new WellEnsemble(
        "unequal wells",
        DYNAMICS,
        plan.middle(),
        List.of(other(plan, 0.5, 0.4, 0.5), other(plan, 1.5, 1.4, 0.8)),
        false,
        plan.replicas());
  }

  static WellEnsemble first(WellEnsemble along) {
    return new WellEnsemble(
        along.part(), along.dynamics(), along.own(), along.beside(), true, along.replicas());
  }

  /** The middle well with another barrier, noise and growth. */
  private static WellCoordinate other(
      EscapeTime.Plan plan, double barrier, double noise, double growth) {
    WellCoordinate middle = plan.middle();
    QuarticWell well = plan.well(barrier * middle.well().barrier());
    return new WellCoordinate(well, noise * middle.noise(), growth * middle.growth());
  }

  /** (22) where every coordinate brings its own barrier into the product, over Theorem 6. */
  double literalFactor() {
    WellCoordinate own = ensemble.own();
    BarrierEscape escape =
        new BarrierEscape(
            1,
            own.noise(),
            own.growth(),
            own.well().curvatureOfMinimum(),
            own.well().curvatureOfBarrier(),
            own.well().barrier());
    List<ManyCoordinates.Spectator> others =
        ensemble.beside().stream()
            .map(
                c ->
                    new ManyCoordinates.Spectator(
                        c.noise(),
                        c.growth(),
                        c.well().curvatureOfMinimum(),
                        c.well().curvatureOfMinimum(),
                        c.well().barrier()))
            .toList();
    return ManyCoordinates.literalTime(escape, others)
        / ManyCoordinates.literalTime(escape, List.of());
  }

  void judgeOwn(double theory, Measurements into) {
    judge("mean time along the first", own, theory, into);
  }

  void judgeFirst(double theory, Measurements into) {
    judge("mean time to the first escape", first, theory, into);
  }

  private static void judge(
      String quantity, WellPassage passage, double theory, Measurements into) {
    into.judged(
        "n = %d unequal wells: %s".formatted(passage.dimension(), quantity),
        EscapeTimeLaws.estimate(
            passage.time().value(), passage.time().standardError(), List.of(passage)),
        EscapeTimeCriterion.first(theory));
  }
}
