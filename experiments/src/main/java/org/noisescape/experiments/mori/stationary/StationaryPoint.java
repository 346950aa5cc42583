package org.noisescape.experiments.mori.stationary;

import java.util.Arrays;
import org.noisescape.dynamics.statistics.BurnIn;
import org.noisescape.dynamics.statistics.PowerLawFit;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.theory.mori.GaussianRegression;
import org.noisescape.theory.mori.LogLandscape;

/**
 * The stationary distribution of θ at one η and B, d = 1.
 *
 * @param theory η, B, h and what follows from them
 * @param series θ − θ* of the replicas after the burn-in, a row each; none where it diverged
 * @param burnIn how much was dropped
 * @param fit exponent φ of L^−φ; null where the iteration diverged
 * @param kurtosis excess kurtosis of θ − θ*
 */
record StationaryPoint(
    LogLandscape theory,
    double[][] series,
    BurnIn burnIn,
    PowerLawFit fit,
    PointEstimate kurtosis) {

  /**
   * Fits what was sampled.
   *
   * @param theta θ (R, n)
   */
  static StationaryPoint of(RegressionData data, LogLandscape theory, double[][] theta) {
    double[][] excess = new double[theta.length][];
    double[][] logs = new double[theta.length][];
    boolean finite = true;
    for (int r = 0; r < theta.length; r++) {
      double[] row = theta[r];
      excess[r] = new double[row.length];
      Arrays.setAll(excess[r], i -> data.excess(row, i));
      logs[r] = Arrays.stream(excess[r]).map(Math::log1p).toArray();
      finite &= Arrays.stream(excess[r]).allMatch(Double::isFinite);
    }
    if (!finite) {
      BurnIn none = new BurnIn(0, theta[0].length, false);
      return new StationaryPoint(
          theory, new double[0][], none, null, PointEstimate.unknown(Double.NaN));
    }
    BurnIn burnIn = BurnIn.pooled(logs);
    double[][] kept = new double[theta.length][];
    double[][] deviations = new double[theta.length][];
    for (int r = 0; r < theta.length; r++) {
      kept[r] = burnIn.rest(excess[r]);
      deviations[r] =
          Arrays.stream(burnIn.rest(theta[r])).map(t -> t - data.minimum()[0]).toArray();
    }
    return new StationaryPoint(
        theory, deviations, burnIn, PowerLawFit.of(kept, 1), ReplicaKurtosis.of(deviations));
  }

  double learningRate() {
    return theory.learningRate();
  }

  int batch() {
    return theory.batch();
  }

  /**
   * φ of the exact second moment for Gaussian inputs, φ_d − ½; NaN up to 3/2, where it is infinite.
   */
  double secondMomentExponent() {
    double exponent = GaussianRegression.momentMatchedExponent(theory);
    return exponent > 1.5 ? exponent : Double.NaN;
  }

  /** Whether any replica left the finite numbers. */
  boolean diverged() {
    return fit == null;
  }

  /** φ by maximum likelihood, NaN where it diverged. */
  double exponent() {
    return diverged() ? Double.NaN : fit.exponent();
  }

  double standardError() {
    return diverged() ? Double.NaN : fit.standardError();
  }

  /** φ with an error on as many degrees of freedom as independent samples. */
  PointEstimate estimate() {
    return diverged()
        ? PointEstimate.unknown(Double.NaN)
        : PointEstimate.ofDraws(fit.exponent(), fit.standardError(), (long) fit.effectiveSamples())
            .provided(converged());
  }

  /** Whether burn-in, autocorrelation and exponent are known. */
  boolean converged() {
    return !diverged() && burnIn.converged() && fit.converged();
  }
}
