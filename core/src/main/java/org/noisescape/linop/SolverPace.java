package org.noisescape.linop;

/**
 * How long LAPACK takes: cubic in n, by the time of the largest matrix that was solved so far.
 *
 * <p>Small matrices are solved at a lower rate than large ones, so that an estimate from one is too
 * long rather than too short.
 */
final class SolverPace {
  /** Dimension of what is solved where nothing was before: some hundredths of a second. */
  private static final int TRIAL = 400;

  private static int largest;
  private static double secondsAnOperation;

  private SolverPace() {}

  /** Operations of n values with k vectors, 4n³/3 + 4n²k; all vectors take up to 9n³. */
  private static double operations(int n, int k) {
    double square = (double) n * n;
    return k == n ? 9 * square * n : square * (4.0 / 3 * n + 4.0 * k);
  }

  /** Seconds for n values with k vectors. */
  static double seconds(int n, int k, SymmetricEigen solver) {
    if (!known()) {
      try (SymmetricMatrix trial = SymmetricMatrix.zeros(TRIAL)) {
        for (int i = 0; i < TRIAL; i++) {
          // coupled neighbours: nothing of it decouples
          trial.set(i, i, 1, 1, new double[] {i});
          if (i > 0) {
            trial.set(i, 0, 1, i, ones(i));
          }
        }
        solver.values(trial);
      }
    }
    return perOperation() * operations(n, k);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static synchronized boolean known() {
    return largest > 0;
  }

  private static synchronized double perOperation() {
    return secondsAnOperation;
  }

  /** Takes up what n values with k vectors took; of values alone k is n too, and taken for none. */
  static synchronized void took(int n, int k, double seconds) {
    if (n >= TRIAL && n >= largest) {
      largest = n;
      secondsAnOperation = seconds / operations(n, k == n ? 0 : k);
    }
  }
}
