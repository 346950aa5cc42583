package org.noisescape.experiments.mori.networkpassage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.theory.mori.LogLandscape;

/**
 * First passages of SGD from a pre-trained network at one learning rate.
 *
 * <p>The window of the slope begins where the mean time is {@value #LOOKS} looks at the loss and as
 * many relaxation times 1/h*: below, the start and the distance of looks show.
 *
 * @param theory η, B and h*, the largest eigenvalue of G at the start
 * @param points a point a threshold, ascending in c
 * @param slope of log t_p against log c
 * @param early the same over the thresholds that all replicas passed, from {@value #EARLY_LOOKS}
 *     looks on: before the network has learned on from where it started
 * @param lowest least loss of a replica at its last look, over L*
 * @param diverged replicas that left the finite numbers
 */
record NetworkPassageCurve(
    LogLandscape theory,
    List<PassagePoint> points,
    PassageSlope slope,
    PassageSlope early,
    double lowest,
    int diverged) {
  static final double LOOKS = 10;
  static final double EARLY_LOOKS = 3;

  /**
   * Evaluates an ensemble.
   *
   * @param theory η, B and h*
   * @param levels c, ascending, those of the ensemble's thresholds
   * @param start L*
   * @param state where the ensemble ended; who has not passed is censored there
   * @param lookEvery steps between two looks
   * @param seed of the bootstrap
   */
  static NetworkPassageCurve of(
      LogLandscape theory,
      double[] levels,
      double start,
      ReplicaState state,
      int lookEvery,
      long seed) {
    double eta = theory.learningRate();
    int stream = (int) Math.min(1_000_000, Math.round(eta * 1e6)) * 100;
    double[][] steps =
        IntStream.range(0, levels.length).mapToObj(state::firstPassages).toArray(double[][]::new);
    List<PassagePoint> points = PassagePoint.of(levels, steps, state.step(), eta, seed, stream);
    double shortest = LOOKS * Math.max(1 / theory.curvature(), eta * lookEvery);
    return new NetworkPassageCurve(
        theory,
        points,
        PassageSlope.of(points, shortest, RandomKey.of(seed, Purpose.BOOTSTRAP, stream)),
        PassageSlope.of(
            points.stream().filter(p -> p.mean().censored() == 0).toList(),
            EARLY_LOOKS * eta * lookEvery,
            RandomKey.of(seed, Purpose.BOOTSTRAP, stream)),
        Arrays.stream(state.values()).min().orElseThrow() / start,
        state.diverged());
  }

  /** B/η. */
  double batchOverRate() {
    return theory.batch() / theory.learningRate();
  }

  /** R; 0 without thresholds. */
  int replicas() {
    return points.isEmpty() ? 0 : points.getFirst().mean().replicas();
  }
}
