package org.noisescape.experiments.meng.escapetime;

import java.util.List;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.Curve;
import org.noisescape.dynamics.landscape.QuarticWell;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.theory.meng.ManyCoordinates;

/**
 * Escape from one double well, or the first escape from several side by side.
 *
 * @param dynamics dynamics
 * @param coordinate the well and its noise, of several the first
 * @param dimension number of wells side by side
 * @param time mean time to the other minimum, for jumps to the top of the barrier, at half the step
 * @param top mean time to the top of the barrier, at half the step
 * @param halving that time at the step and half of it
 * @param exact exact time for one well, NaN for jumps
 * @param exactTop exact time to the top for one well, NaN for jumps
 * @param formula the text's formula for one well
 */
record WellPassage(
    WellDynamics dynamics,
    WellCoordinate coordinate,
    int dimension,
    MeanPassageTime time,
    MeanPassageTime top,
    StepHalving halving,
    double exact,
    double exactTop,
    double formula) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Standard errors by which one of a run's halvings may differ. A run has dozens of them: 3 are
   * passed by chance in 15 of 100 runs of 58, 4 in 4 of 1,000.
   */
  static final int HALVING_ERRORS = 4;

  /** Largest dt ℓ″ in the walls: a fifth of what Euler's scheme can stand. */
  private static final double STEEPEST = 0.4;

  /** Runs it at a step of time and at half of it. */
  static WellPassage run(
      EscapeTime.Plan plan, WellEnsemble ensemble, Ensembles ensembles, int index) {
    WellDynamics dynamics = ensemble.dynamics();
    WellCoordinate own = ensemble.own();
    boolean jumps = dynamics == WellDynamics.STABLE;
    double formula = dynamics.formula(plan, own);
    double limit = plan.limit() * (jumps ? formula : expected(ensemble));
    MeanPassageTime[][] last = new MeanPassageTime[1][];
    double steepest =
        ensemble.coordinates().stream().mapToDouble(c -> c.walls().steepness()).max().orElseThrow();
    double step = Math.min(plan.dt(), STEEPEST / steepest);
    StepHalving halving =
        StepHalving.of(
            step,
            dt -> {
              int seed = 2 * index + (dt == step ? 0 : 1);
              last[0] = times(plan, ensemble, limit, dt, ensembles, seed);
              MeanPassageTime judged = last[0][jumps ? 0 : 1];
              return new Reading(judged.value(), judged.standardError());
            });
    return new WellPassage(
        dynamics,
        own,
        ensemble.coordinates().size(),
        last[0][jumps ? 0 : 1],
        last[0][0],
        halving,
        dynamics.exact(own),
        dynamics.exactTop(own),
        formula);
  }

  /** Exact time of what the ensemble looks at: rates of coordinates that all count add up. */
  static double expected(WellEnsemble ensemble) {
    WellDynamics dynamics = ensemble.dynamics();
    return ensemble.any()
        ? ManyCoordinates.firstOf(
            ensemble.coordinates().stream().mapToDouble(dynamics::exact).toArray())
        : dynamics.exact(ensemble.own());
  }

  /** To the top of the barrier, and to the other minimum. */
  private static MeanPassageTime[] times(
      EscapeTime.Plan plan,
      WellEnsemble wells,
      double limit,
      double dt,
      Ensembles ensembles,
      int index) {
    List<WellCoordinate> coordinates = wells.coordinates();
    LandscapePlan ensemble =
        LandscapePlan.of(
                new Separable(coordinates.stream().<Curve>map(WellCoordinate::walls).toList()),
                wells.dynamics().noise(plan, coordinates, dt))
            .learningRate(dt)
            .start(coordinates.stream().mapToDouble(c -> c.well().minimum()).toArray())
            .detecting(wells.progress(), 0, 1)
            .seed(ensembles.seed(index))
            .replicas(wells.replicas())
            .build();
    long steps = (long) Math.ceil(limit / dt);
    ReplicaState end = ensembles.run(wells.title(dt), ensemble, EnsembleSchedule.to(steps));
    MeanPassageTime[] means = new MeanPassageTime[2];
    for (int t = 0; t < 2; t++) {
      double[] times = new double[wells.replicas()];
      for (int r = 0; r < times.length; r++) {
        long passage = end.passage(r, t);
        times[r] = passage == ReplicaState.NONE ? Double.NaN : passage * dt;
      }
      means[t] =
          MeanPassageTime.of(
              CensoredTimes.until(times, end.step() * dt),
              CONFIDENCE,
              RandomKey.of(ensembles.seed(index), Purpose.BOOTSTRAP, t));
    }
    return means;
  }

  /** Whether its time rests on enough passages, and on a step short enough. */
  boolean settled() {
    return time.reliable() && stepConverged();
  }

  boolean stepConverged() {
    return halving.converged(HALVING_ERRORS);
  }

  /** The well. */
  QuarticWell well() {
    return coordinate.well();
  }

  /** log of the time. */
  double log() {
    return Math.log(time.value());
  }

  /** Standard error of it. */
  double logError() {
    return time.standardError() / time.value();
  }
}
