package org.noisescape.experiments.mori.timechange;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.regression.SimpleRegression;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.landscape.DiffusionNoise;
import org.noisescape.dynamics.landscape.Parabola;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;

/**
 * A minimum with L* = 0, L = θ²/2 from θ = 1, where the clock comes to rest: the process (12) with
 * L + ε for L, on the same random numbers as without.
 *
 * @param offsets ε over L at the start, descending
 * @param changes √(⟨(θ_ε − θ₀)²⟩/⟨θ₀²⟩) at t = 1/h
 * @param power d log of these/d log ε
 * @param rest ⟨τ⟩ at the end without ε over what it should be
 */
record OffsetRun(double[] offsets, double[] changes, PointEstimate power, PointEstimate rest) {
  private static final double[] OFFSETS = {1e-2, 1e-3, 1e-4};
  private static final double START = 0.5;

  /** In units of 1/h. */
  private static final double LOOK = 1;

  private static final double END = 8;

  /** One without an offset, and one with each. */
  static final int ENSEMBLES = 1 + OFFSETS.length;

  static OffsetRun run(double temperature, double dt, int replicas, Ensembles ensembles, int seed) {
    int steps = (int) Math.ceil(END / dt);
    int look = (int) Math.round(LOOK / dt);
    EnsembleRecording without = record(temperature, dt, replicas, 0, steps, ensembles, seed);
    double[] tau = new double[replicas];
    for (int k = 0; k < steps; k++) {
      double[] theta = without.at(0, k);
      for (int r = 0; r < replicas; r++) {
        tau[r] += dt * theta[r] * theta[r] / 2;
      }
    }
    double[][] changed = new double[OFFSETS.length][];
    for (int i = 0; i < OFFSETS.length; i++) {
      changed[i] =
          record(temperature, dt, replicas, OFFSETS[i] * START, look, ensembles, seed).at(0, look);
    }
    return of(without.at(0, look), changed, tau, clock(temperature, dt, steps));
  }

  private static EnsembleRecording record(
      double temperature,
      double dt,
      int replicas,
      double offset,
      int steps,
      Ensembles ensembles,
      int seed) {
    LandscapePlan plan =
        LandscapePlan.of(
                Separable.of(new Parabola(1, 0)),
                DiffusionNoise.ito(
                    dt,
                    (theta, into) ->
                        into[0] = 2 * temperature * (theta[0] * theta[0] / 2 + offset)))
            .learningRate(dt)
            .start(Math.sqrt(2 * START))
            .seed(ensembles.seed(seed))
            .replicas(replicas)
            .build();
    return ensembles.record(
        "offset " + offset,
        plan,
        EnsembleSchedule.to(steps).snapshots(1),
        List.of(theta -> theta[0]));
  }

  /** ⟨Σ dt L⟩ without ε: a step multiplies ⟨θ²⟩ by (1 − dt)² + T dt. */
  static double clock(double temperature, double dt, int steps) {
    double kept = (1 - dt) * (1 - dt) + temperature * dt;
    return dt * START * (1 - Math.pow(kept, steps)) / (1 - kept);
  }

  /**
   * Of the replicas.
   *
   * @param without θ₀ at the look
   * @param changed θ_ε, a row an offset
   * @param tau τ at the end
   * @param expected ⟨τ⟩
   */
  static OffsetRun of(double[] without, double[][] changed, double[] tau, double expected) {
    double[] changes = new double[OFFSETS.length];
    Arrays.setAll(changes, i -> change(without, changed[i], -1));
    double sum = Arrays.stream(tau).sum();
    int n = tau.length;
    return new OffsetRun(
        OFFSETS.clone(),
        changes,
        PointEstimate.jackknife(
            n,
            r -> {
              SimpleRegression line = new SimpleRegression();
              for (int i = 0; i < OFFSETS.length; i++) {
                line.addData(Math.log(OFFSETS[i]), Math.log(change(without, changed[i], r)));
              }
              return line.getSlope();
            }),
        PointEstimate.jackknife(n, r -> (r < 0 ? sum / n : (sum - tau[r]) / (n - 1)) / expected));
  }

  private static double change(double[] before, double[] after, int left) {
    double squares = 0;
    double all = 0;
    for (int r = 0; r < before.length; r++) {
      if (r != left) {
        squares += (after[r] - before[r]) * (after[r] - before[r]);
        all += before[r] * before[r];
      }
    }
    return Math.sqrt(squares / all);
  }
}
