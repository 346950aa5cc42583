package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.landscape.Curve;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.DisplacedCopies;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.dynamics.landscape.MiniBatchNoise;
import org.noisescape.dynamics.landscape.PowerWell;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.frame.Ensembles;

/**
 * Meng's 2-D loss with one factor, and a batch size: L = (1/N) Σ ℓ(w − x_m), ℓ = f Σ_j |w_j − 1|^p
 * |w_j + 1|^q, from the minimum w* = (1, 1).
 *
 * <p>A replica has escaped, and rests, when for the first time a w_j is beyond the top of the
 * barrier towards the other well, or some |w_j| above {@value #FAR}. The latter, thrown out by a
 * step too long for the steep walls, are counted as diverged besides.
 */
final class EscapeScene {
  /** There ℓ is more than twenty times its barrier. */
  static final double FAR = 3;

  private static final double[] MINIMUM = {1, 1};
  private static final double AROUND = 0.3;
  private static final int POINTS = 10;

  /** Cells on either side of 0 in which minima are sought. */
  private static final int SEARCHED = 300;

  private final EscapeTwoD.Plan plan;
  private final double factor;
  private final int batch;
  private final long seed;
  private final DisplacedCopies landscape;
  private final double[] barrier = new double[2];

  /** A scene with the samples of a seed. */
  EscapeScene(EscapeTwoD.Plan plan, double factor, int batch, long seed) {
    this.seed = seed;
    this.plan = plan;
    this.factor = factor;
    this.batch = batch;
    PowerWell well = new PowerWell(factor, plan.right(), plan.left());
    landscape =
        DisplacedCopies.normal(
            Separable.copies(well, 2), plan.samples(), plan.sampleVariance(), seed);
    for (int j = 0; j < 2; j++) {
      Curve slice = landscape.slice(j);
      barrier[j] = new BrentSolver(1e-10).solve(200, slice::slope, -0.6, 0.6);
    }
  }

  double factor() {
    return factor;
  }

  int batch() {
    return batch;
  }

  /** η times the larger curvature at w*; beyond 2 descent leaves it without any noise. */
  double stability() {
    return plan.rate() * Math.max(landscape.slice(0).curvature(1), landscape.slice(1).curvature(1));
  }

  /** L at the lower of the two saddles, over L(w*). */
  double height() {
    double lowest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < 2; j++) {
      Curve slice = landscape.slice(j);
      lowest = Math.min(lowest, slice.value(barrier[j]) - slice.value(1));
    }
    return lowest;
  }

  /** L. */
  double value(double... at) {
    return landscape.value(at);
  }

  /** Minima of one coordinate's part of L, L being a sum of both. */
  double[] minima(int coordinate) {
    Curve slice = landscape.slice(coordinate);
    List<Double> found = new ArrayList<>();
    for (int k = 0; k < 2 * SEARCHED; k++) {
      double low = FAR * (k - SEARCHED) / SEARCHED;
      double high = FAR * (k + 1.0 - SEARCHED) / SEARCHED;
      if (slice.slope(low) < 0 && slice.slope(high) >= 0) {
        found.add(new BrentSolver(1e-10).solve(200, slice::slope, low, high));
      }
    }
    return Column.of(found, w -> w);
  }

  /** tr C of a mini-batch gradient, C = S/B. */
  double noiseTrace(double... at) {
    double[] one = new double[2];
    double[] mean = new double[2];
    double squares = 0;
    for (int m = 0; m < landscape.samples(); m++) {
      Arrays.fill(one, 0);
      landscape.addSampleGradient(m, at, one);
      for (int j = 0; j < 2; j++) {
        mean[j] += one[j] / landscape.samples();
        squares += one[j] * one[j] / landscape.samples();
      }
    }
    return (squares - mean[0] * mean[0] - mean[1] * mean[1]) / batch;
  }

  /** tr C at (1 + s, 1 + s), |s| ≤ 0.3, and the parabola through it; c₂/2 is λ₁² of Eq. 12. */
  PolynomialFit noiseParabola(double[] s, double[] trace) {
    for (int i = 0; i < s.length; i++) {
      s[i] = AROUND * (2.0 * i / (s.length - 1) - 1);
      trace[i] = noiseTrace(1 + s[i], 1 + s[i]);
    }
    return PolynomialFit.ofDegree(2, s, trace);
  }

  /** The coefficient c₂. */
  double noiseCurvature() {
    int points = 2 * POINTS + 1;
    return noiseParabola(new double[points], new double[points]).coefficients()[2];
  }

  /** R² of that parabola. */
  double noiseFit() {
    int points = 2 * POINTS + 1;
    return noiseParabola(new double[points], new double[points]).rSquared();
  }

  /** SGD with this batch. */
  EscapedShare sgd(Ensembles ensembles, int replicas) {
    return run(ensembles, "SGD", new MiniBatchNoise(batch), Double.NaN, replicas);
  }

  /**
   * Eq. 12 with noise η d |w − w*| ξ₁ + ηλ₂ξ₂, 2λ₂² = tr C(w*).
   *
   * @param deviation d; 0 is Langevin's dynamics
   */
  EscapedShare powerLaw(Ensembles ensembles, double deviation, int replicas) {
    DiagonalNoise noise =
        DiagonalNoise.powerLaw(noiseTrace(MINIMUM) / 2, deviation * deviation, MINIMUM);
    return run(ensembles, "d = " + (float) deviation, noise, deviation, replicas);
  }

  private EscapedShare run(
      Ensembles ensembles, String name, LandscapeNoise noise, double deviation, int replicas) {
    LandscapePlan ensemble =
        LandscapePlan.of(landscape, noise)
            .learningRate(plan.rate())
            .start(MINIMUM)
            .detecting(this::progress, 0)
            .seed(
                ensembles.seed(
                    (int) (Double.doubleToLongBits(deviation + 7 * factor + batch) % 9973)))
            .replicas(replicas)
            .build();
    ReplicaState end =
        ensembles.run(
            "f = %s, b = %d, %s, samples %d, R = %d"
                .formatted((float) factor, batch, name, seed, replicas),
            ensemble,
            EnsembleSchedule.to(plan.steps()));
    boolean[] escaped = new boolean[replicas];
    int diverged = 0;
    for (int r = 0; r < replicas; r++) {
      escaped[r] = end.passage(r, 0) != ReplicaState.NONE;
      diverged += far(end.theta(), r) ? 1 : 0;
    }
    return EscapedShare.of(escaped, diverged);
  }

  /** Above 0 beyond a barrier, infinite where it has diverged. */
  double progress(double[] w) {
    return far(w, 0) ? Double.POSITIVE_INFINITY : Math.max(barrier[0] - w[0], barrier[1] - w[1]);
  }

  /** Also where it is no number. */
  static boolean far(double[] theta, int replica) {
    return !(Math.abs(theta[2 * replica]) <= FAR && Math.abs(theta[2 * replica + 1]) <= FAR);
  }

  /** Success as a share of so many first replicas. */
  static Share share(boolean[] escaped, int first) {
    int count = 0;
    for (int r = 0; r < first; r++) {
      count += escaped[r] ? 1 : 0;
    }
    return new Share(count, first);
  }
}
