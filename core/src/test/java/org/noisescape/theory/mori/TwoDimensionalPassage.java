package org.noisescape.theory.mori;

import java.util.function.DoubleUnaryOperator;

/**
 * Mean first-passage time to x = 0.8 of dθ = −∇L dt + √(2L/β) dW, L = L(x) + ky²/2, by finite
 * volumes and a banded Cholesky factorisation: an oracle without saddle-point expansions.
 */
final class TwoDimensionalPassage {
  private static final double LEFT = -2;
  private static final double RIGHT = 0.8;
  private static final double TOP = 1.6;
  private static final int COLUMNS = 140;
  private static final int ROWS = 64;
  private static final double DX = (RIGHT - LEFT) / COLUMNS;
  private static final double DY = TOP / ROWS;

  private final DoubleUnaryOperator profile;
  private final double k;
  private final double beta;

  TwoDimensionalPassage(DoubleUnaryOperator profile, double k, double beta) {
    this.profile = profile;
    this.k = k;
    this.beta = beta;
  }

  /** From (−1, 0); y ≥ 0 by symmetry, all other ends reflect. */
  double meanTime() {
    int n = COLUMNS * ROWS;
    double[][] band = new double[n][ROWS + 1];
    double[] right = new double[n];
    for (int i = 0; i < COLUMNS; i++) {
      for (int j = 0; j < ROWS; j++) {
        double x = LEFT + (i + 0.5) * DX;
        double y = (j + 0.5) * DY;
        int row = i * ROWS + j;
        right[row] = beta * DX * DY * weight(x, y, beta + 1);
        double east = weight(x + DX / 2, y, beta) * DY / DX;
        // the absorbing end is half a cell away
        band[row][0] += i + 1 < COLUMNS ? east : 2 * east;
        if (i + 1 < COLUMNS) {
          band[row + ROWS][0] += east;
          band[row + ROWS][ROWS] = -east;
        }
        if (j + 1 < ROWS) {
          double north = weight(x, y + DY / 2, beta) * DX / DY;
          band[row][0] += north;
          band[row + 1][0] += north;
          band[row + 1][1] = -north;
        }
      }
    }
    solve(band, right);
    double position = (-1 - LEFT) / DX - 0.5;
    int i = (int) Math.floor(position);
    double fraction = position - i;
    return right[i * ROWS] * (1 - fraction) + right[(i + 1) * ROWS] * fraction;
  }

  private double weight(double x, double y, double power) {
    return Math.pow(profile.applyAsDouble(x) + k * y * y / 2, -power);
  }

  /** band[i][o] = A[i][i − o], overwritten by its factor; right by the solution. */
  private static void solve(double[][] band, double[] right) {
    int n = right.length;
    for (int i = 0; i < n; i++) {
      for (int o = Math.min(ROWS, i); o >= 0; o--) {
        int j = i - o;
        double sum = band[i][o];
        for (int m = Math.max(0, i - ROWS); m < j; m++) {
          if (j - m <= ROWS) {
            sum -= band[i][i - m] * band[j][j - m];
          }
        }
        band[i][o] = o == 0 ? Math.sqrt(sum) : sum / band[j][0];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int o = 1; o <= Math.min(ROWS, i); o++) {
        right[i] -= band[i][o] * right[i - o];
      }
      right[i] /= band[i][0];
    }
    for (int i = n - 1; i >= 0; i--) {
      right[i] /= band[i][0];
      for (int o = 1; o <= Math.min(ROWS, i); o++) {
        right[i - o] -= band[i][o] * right[i];
      }
    }
  }
}
