package org.noisescape.experiments.mori.timechange;

import org.hipparchus.util.ResizableDoubleArray;

/**
 * One trajectory looked at on the clock τ = Σ ηL(θ_k), in units of L* / h.
 *
 * <p>θ at τ is that θ_k during whose step the clock passes τ. The clock is known before the step,
 * so that these are stopping times, and what noise did between two of them, ΔM = Δθ + Σ ηL′(θ_k),
 * has the mean square 2TΔτ exactly wherever a step has the variance 2TηL.
 *
 * @param logInTime Σ log(L/L*) over all steps
 * @param steps number of steps
 * @param logOnClock Σ log(L/L*) at equal distances of τ
 * @param readings number of these
 * @param start log(L/L*) where a window begins; of this and the next three an entry a window and
 *     coordinate
 * @param squares (ΔM)² along a coordinate, in units of a² = 2L* / h
 * @param clock Δτ of the window
 * @param exact Σ of the variances of the window's steps, in units of a²
 */
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
   * @param theta θ_k from its minimum, a row a coordinate
   */
  static ClockedPath of(
      ClockDynamics.Data data, double learningRate, int batch, double window, double[]... theta) {
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
    double[] drift = new double[theta.length];
    double variance = 0;
    // of the last reading; none before the first, which is where τ has passed one window
    int last = -1;
    double logThen = 0;
    double tauThen = 0;
    double[] driftThen = new double[theta.length];
    double varianceThen = 0;
    int steps = theta[0].length;
    for (int k = 0; k < steps; k++) {
      double square = 0;
      for (double[] coordinate : theta) {
        square += coordinate[k] * coordinate[k];
      }
      double log = Math.log1p(square / squaredWidth);
      logInTime += log;
      double next = tau + learningRate * h * (1 + square / squaredWidth);
      long passed = (long) (next / window) - (long) (tau / window);
      if (passed > 0) {
        readings += passed;
        logOnClock += passed * log;
        for (int i = 0; i < theta.length && last >= 0; i++) {
          double change = theta[i][k] - theta[i][last] + drift[i] - driftThen[i];
          start.addElement(logThen);
          squares.addElement(change * change / squaredWidth);
          clocks.addElement(tau - tauThen);
          exacts.addElement((variance - varianceThen) / squaredWidth);
        }
        last = k;
        logThen = log;
        tauThen = tau;
        System.arraycopy(drift, 0, driftThen, 0, drift.length);
        varianceThen = variance;
      }
      tau = next;
      for (int i = 0; i < theta.length; i++) {
        drift[i] += learningRate * h * theta[i][k];
      }
      variance += learningRate * learningRate * data.variance(square) / batch;
    }
    return new ClockedPath(
        logInTime,
        steps,
        logOnClock,
        readings,
        start.getElements(),
        squares.getElements(),
        clocks.getElements(),
        exacts.getElements());
  }

  /** Number of windows, of each as many as coordinates. */
  int windows() {
    return start.length;
  }
}
