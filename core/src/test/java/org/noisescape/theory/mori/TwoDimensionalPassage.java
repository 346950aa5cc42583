package org.noisescape.theory.mori;

import java.util.function.DoubleUnaryOperator;

/**
 * Mean first-passage time to x = 0.8 of dθ_i = −∂_iL dt + √(2T_iL) dW_i, L = L(x) + k(x)y²/2, by
 * finite volumes and a banded elimination: an oracle without saddle-point expansions.
 *
 * <p>A jump from a cell to its neighbour at a distance Δ has the rate L(T_i/Δ²) b(ΔU/T_i), U = log
 * L and b(z) = z/(e^z − 1), exact for a constant slope of U (Scharfetter and Gummel 1969). With T_x
 * ≠ T_y there is no detailed balance, and none is supposed.
 */
final class TwoDimensionalPassage {
  private static final double LEFT = -2;
  private static final double RIGHT = 0.8;
  private static final int COLUMNS = 140;
  private static final int ROWS = 64;
  private static final double DX = (RIGHT - LEFT) / COLUMNS;

  private final DoubleUnaryOperator profile;
  private final DoubleUnaryOperator stiffness;
  private final double alongX;
  private final double alongY;
  private final double dy;

  /** Isotropic noise of temperature 1/β, and a constant k. */
  TwoDimensionalPassage(DoubleUnaryOperator profile, double k, double beta) {
    this(profile, x -> k, 1 / beta, 1 / beta, 1.6);
  }

  /**
   * Any noise.
   *
   * @param alongX T_x
   * @param alongY T_y
   * @param top where y ends
   */
  TwoDimensionalPassage(
      DoubleUnaryOperator profile,
      DoubleUnaryOperator stiffness,
      double alongX,
      double alongY,
      double top) {
    this.profile = profile;
    this.stiffness = stiffness;
    this.alongX = alongX;
    this.alongY = alongY;
    this.dy = top / ROWS;
  }

  /** From (−1, 0); y ≥ 0 by symmetry, all other ends reflect. */
  double meanTime() {
    int n = COLUMNS * ROWS;
    // A[i][j] at band[i][j − i + ROWS]
    double[][] band = new double[n][2 * ROWS + 1];
    double[] right = new double[n];
    for (int i = 0; i < COLUMNS; i++) {
      for (int j = 0; j < ROWS; j++) {
        double[] row = band[i * ROWS + j];
        double x = LEFT + (i + 0.5) * DX;
        double y = (j + 0.5) * dy;
        right[i * ROWS + j] = 1;
        if (i > 0) {
          jump(row, -ROWS, rate(x, y, x - DX, y, alongX));
        }
        if (i + 1 < COLUMNS) {
          jump(row, ROWS, rate(x, y, x + DX, y, alongX));
        } else {
          // the absorbing end is half a cell away, its flux enters a whole cell
          row[ROWS] += rate(x, y, x + DX / 2, y, alongX) / 2;
        }
        if (j > 0) {
          jump(row, -1, rate(x, y, x, y - dy, alongY));
        }
        if (j + 1 < ROWS) {
          jump(row, 1, rate(x, y, x, y + dy, alongY));
        }
      }
    }
    solve(band, right);
    double position = (-1 - LEFT) / DX - 0.5;
    int i = (int) Math.floor(position);
    double fraction = position - i;
    return right[i * ROWS] * (1 - fraction) + right[(i + 1) * ROWS] * fraction;
  }

  private static void jump(double[] row, int offset, double rate) {
    row[ROWS] += rate;
    row[ROWS + offset] -= rate;
  }

  private double rate(double x, double y, double toX, double toY, double temperature) {
    double here = loss(x, y);
    double z = Math.log(loss(toX, toY) / here) / temperature;
    double bernoulli = Math.abs(z) < 1e-8 ? 1 - z / 2 : z / Math.expm1(z);
    return here * temperature * bernoulli / (Math.pow(toX - x, 2) + Math.pow(toY - y, 2));
  }

  private double loss(double x, double y) {
    return profile.applyAsDouble(x) + stiffness.applyAsDouble(x) * y * y / 2;
  }

  /** Gauss without pivots, which an M-matrix does not need; right becomes the solution. */
  private static void solve(double[][] band, double[] right) {
    int n = right.length;
    for (int k = 0; k < n; k++) {
      int last = Math.min(n - 1, k + ROWS);
      for (int i = k + 1; i <= last; i++) {
        double factor = band[i][k - i + ROWS] / band[k][ROWS];
        if (factor != 0) {
          for (int j = k + 1; j <= last; j++) {
            band[i][j - i + ROWS] -= factor * band[k][j - k + ROWS];
          }
          right[i] -= factor * right[k];
        }
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j <= Math.min(n - 1, k + ROWS); j++) {
        right[k] -= band[k][j - k + ROWS] * right[j];
      }
      right[k] /= band[k][ROWS];
    }
  }
}
