package org.noisescape.experiments.mori.timechange;

import org.hipparchus.util.ResizableDoubleArray;

/**
 * One trajectory looked at on the clock τ = Σ ηL(θ_k), in units of L* / h.
 *
 * <p>θ at τ is that θ_k during whose step the clock passes τ. The clock is known before the step, so
 * that these are stopping times, and what noise did between two of them, ΔM = Δθ + Σ ηL′(θ_k), has
 * the mean square 2TΔτ exactly wherever a step has the variance 2TηL.
 *
 * @param logInTime Σ log(L/L*) over all steps
 * @param steps number of steps
 * @param logOnClock Σ log(L/L*) at equal distances of τ
 * @param readings number of these
 * @param start log(L/L*) where a window begins
 * @param squares (ΔM)² of the windows, in units of a² = 2L* / h
 * @param clock Δτ of the windows
 * @param exact Σ of the variances of the windows' steps, in units of a²
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read by the estimates
record ClockedPath(
    double logInTime,
    long steps,
    double logOnClock,
    long readings,
    double[] start,
    double[] squares,
    double[] clock,
    double[] exact) {

  /**
   * Puts a trajectory on the clock.
   *
   * @param data its loss
   * @param learningRate η
   * @param batch B
   * @param window distance of the readings, in units of L* / h
   * @param theta θ_k
   */
  static ClockedPath of(
      ClockDynamics.Data data, double learningRate, int batch, double window, double... theta) {
    double h = data.curvature();
    double squaredWidth = 2 * data.minimumLoss() / h;
    ResizableDoubleArray start = new ResizableDoubleArray();
    ResizableDoubleArray squares = new ResizableDoubleArray();
    ResizableDoubleArray clocks = new ResizableDoubleArray();
    ResizableDoubleArray exacts = new ResizableDoubleArray();
    double logInTime = 0;
    double logOnClock = 0;
    long readings = 0;
    double tau = 0;
    double drift = 0;
    double variance = 0;
    // of the last reading; none before the first, which is where τ has passed one window
    int last = -1;
    double tauThen = 0;
    double driftThen = 0;
    double varianceThen = 0;
    for (int k = 0; k < theta.length; k++) {
      double log = Math.log1p(theta[k] * theta[k] / squaredWidth);
      logInTime += log;
      double next = tau + learningRate * h * data.loss(theta[k]) / data.minimumLoss();
      long passed = (long) (next / window) - (long) (tau / window);
      if (passed > 0) {
        readings += passed;
        logOnClock += passed * log;
        if (last >= 0) {
          double change = theta[k] - theta[last] + drift - driftThen;
          start.addElement(Math.log1p(theta[last] * theta[last] / squaredWidth));
          squares.addElement(change * change / squaredWidth);
          clocks.addElement(tau - tauThen);
          exacts.addElement((variance - varianceThen) / squaredWidth);
        }
        last = k;
        tauThen = tau;
        driftThen = drift;
        varianceThen = variance;
      }
      tau = next;
      drift += learningRate * h * theta[k];
      variance += learningRate * learningRate * data.variance(theta[k]) / batch;
    }
    return new ClockedPath(
        logInTime,
        theta.length,
        logOnClock,
        readings,
        start.getElements(),
        squares.getElements(),
        clocks.getElements(),
        exacts.getElements());
  }

  /** Number of windows. */
  int windows() {
    return start.length;
  }
}
