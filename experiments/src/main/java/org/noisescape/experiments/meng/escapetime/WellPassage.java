package org.noisescape.experiments.meng.escapetime;

import java.util.Arrays;
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

/**
 * Escape from one double well, or the first escape from several side by side.
 *
 * @param dynamics dynamics
 * @param well the well
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
    QuarticWell well,
    int dimension,
    MeanPassageTime time,
    MeanPassageTime top,
    StepHalving halving,
    double exact,
    double exactTop,
    double formula) {
  private static final double CONFIDENCE = 0.95;

  /** Largest dt ℓ″ in the walls: a fifth of what Euler's scheme can stand. */
  private static final double STEEPEST = 0.4;

  /** Runs it at a step of time and at half of it. */
  static WellPassage run(
      EscapeTime.Plan plan,
      WellDynamics dynamics,
      QuarticWell well,
      int dimension,
      Ensembles ensembles,
      int index) {
    boolean jumps = dynamics == WellDynamics.STABLE;
    double exact = dynamics.exact(plan, well, -well.minimum());
    double formula = dynamics.formula(plan, well);
    double limit = plan.limit() * (jumps ? formula : exact) / dimension;
    MeanPassageTime[][] last = new MeanPassageTime[1][];
    double step = Math.min(plan.dt(), STEEPEST / WellDynamics.walls(well).steepness());
    StepHalving halving =
        StepHalving.of(
            step,
            dt -> {
              int own = 2 * index + (dt == step ? 0 : 1);
              last[0] = times(plan, dynamics, well, dimension, limit, dt, ensembles, own);
              MeanPassageTime judged = last[0][jumps ? 0 : 1];
              return new Reading(judged.value(), judged.standardError());
            });
    return new WellPassage(
        dynamics,
        well,
        dimension,
        last[0][jumps ? 0 : 1],
        last[0][0],
        halving,
        exact,
        dynamics.exact(plan, well, 0),
        formula);
  }

  /** To the top of the barrier, and to the other minimum. */
  private static MeanPassageTime[] times(
      EscapeTime.Plan plan,
      WellDynamics dynamics,
      QuarticWell well,
      int dimension,
      double limit,
      double dt,
      Ensembles ensembles,
      int index) {
    Curve curve = WellDynamics.walls(well);
    double[] start = new double[dimension];
    Arrays.fill(start, well.minimum());
    LandscapePlan ensemble =
        LandscapePlan.of(
                Separable.copies(curve, dimension),
                dynamics.noise(plan, curve, dt),
                dt,
                LandscapePlan.Start.at(start),
                ensembles.seed(index),
                plan.replicas())
            .detecting(WellPassage::farthest, 0, -well.minimum());
    long steps = (long) Math.ceil(limit / dt);
    ReplicaState end =
        ensembles.run(
            "%s barrier %s width %.4g n %d dt %s"
                .formatted(dynamics, well.barrier(), well.halfDistance(), dimension, dt),
            ensemble,
            EnsembleSchedule.to(steps));
    MeanPassageTime[] means = new MeanPassageTime[2];
    for (int t = 0; t < 2; t++) {
      double[] times = new double[plan.replicas()];
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

  private static double farthest(double[] w) {
    double most = w[0];
    for (int j = 1; j < w.length; j++) {
      // keeps NaN
      most = Math.max(most, w[j]);
    }
    return most;
  }

  /** log of the time. */
  double log() {
    return Math.log(time.value());
  }

  /** Standard error of it. */
  double logError() {
    return time.standardError() / time.value();
  }

  /** Exact time where there is one, else the formula; of one well. */
  double theory() {
    return Double.isNaN(exact) ? formula : exact;
  }
}
