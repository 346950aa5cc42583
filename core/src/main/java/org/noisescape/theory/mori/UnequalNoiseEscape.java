package org.noisescape.theory.mori;

import java.util.function.DoubleUnaryOperator;
import org.noisescape.theory.Domain;

/**
 * By what the rate of escape differs from (16) where the noise is not isotropic, 2ηLh_i/B along
 * axis i.
 *
 * <p>For an escape along x, L = L(x) + ½ Σ k_i(x) y_i², U = log L, and T_i = r_i T along y_i, in
 * the limit T → 0 the rate is that of (16) with h* = h_e and the ratio of determinants, times Π
 * F_i,
 *
 * <pre>
 * ln F = ∫ (κ − a) dτ,   da/dτ = 2a(κ − a) + r dκ/dτ,   a = κ at the minimum,   dx/dτ = dU/dx
 * </pre>
 *
 * <p>along the optimal path from the minimum to the saddle, κ = k(x)/L(x). F = 1 for r = 1, and
 * where κ does not change. For k that does not change c^{(r − 1)/2} if y is much faster than x:
 * instead of its dimension n a minimum has Σ h_i/h_e; and (c − r(c − 1))^{−1/2} if it is much
 * slower. Where the straight path is not the optimal one a reaches 0 before the saddle, and (16)
 * has not even the right power: NaN.
 *
 * <p>App. C of Mori et al. (2022) finds F = 1: it takes ∂²U/∂x∂y = 0 in the whole valley, which for
 * U = log L is k ∝ L, and still the width at the saddle that belongs to a k that does not change.
 * Source: Bouchet and Reygner (2016), the prefactor of a diffusion without detailed balance, of
 * which this is the case of a straight path; ours.
 *
 * @param slope dU/dx &gt; 0 between minimum and saddle
 * @param minimum x*
 * @param saddle xˢ &gt; x*
 */
public record UnequalNoiseEscape(DoubleUnaryOperator slope, double minimum, double saddle) {
  /** Share of the way that is left out at either end; the error is of its order. */
  private static final double END = 1e-7;

  /**
   * Of the shortest time of relaxation; the error of Runge's and Kutta's fourth order is its power.
   */
  private static final double STEP = 0.02;

  private static final int MOST_STEPS = 10_000_000;

  /** Checks the ends. */
  public UnequalNoiseEscape {
    Domain.positive("distance of the saddle", saddle - minimum);
  }

  /**
   * ln F of one transverse axis.
   *
   * @param curvature κ = k/L along the path
   * @param derivative dκ/dx
   * @param ratio r = T_y/T_x ≥ 0
   */
  public double logFactor(
      DoubleUnaryOperator curvature, DoubleUnaryOperator derivative, double ratio) {
    Domain.nonNegative("ratio of the temperatures", ratio);
    double distance = saddle - minimum;
    double x = minimum + END * distance;
    double growth = slope.applyAsDouble(x) / (END * distance);
    double[] state = {x, curvature.applyAsDouble(x), 0};
    double fastest =
        growth
            + 2
                * (curvature.applyAsDouble(minimum) + curvature.applyAsDouble(saddle))
                * (1 + ratio);
    double step = STEP / fastest;
    for (int k = 0; saddle - state[0] > END * distance; k++) {
      double[] first = change(state, curvature, derivative, ratio);
      double[] second = change(moved(state, step / 2, first), curvature, derivative, ratio);
      double[] third = change(moved(state, step / 2, second), curvature, derivative, ratio);
      double[] fourth = change(moved(state, step, third), curvature, derivative, ratio);
      for (int i = 0; i < state.length; i++) {
        state[i] += step * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]) / 6;
      }
      if (!(state[1] > 0) || k == MOST_STEPS) {
        return Double.NaN;
      }
    }
    // at the saddle da/dτ = 2a(κ − a), so that ∫(κ − a) dτ = ½ ∫ da/a
    return state[2] + Math.log(curvature.applyAsDouble(saddle) / state[1]) / 2;
  }

  /** d(x, a, ln F)/dτ. */
  private double[] change(
      double[] state, DoubleUnaryOperator curvature, DoubleUnaryOperator derivative, double ratio) {
    double velocity = slope.applyAsDouble(state[0]);
    double gap = curvature.applyAsDouble(state[0]) - state[1];
    return new double[] {
      velocity, 2 * state[1] * gap + ratio * velocity * derivative.applyAsDouble(state[0]), gap
    };
  }

  private static double[] moved(double[] state, double time, double[] change) {
    double[] moved = new double[state.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = state[i] + time * change[i];
    }
    return moved;
  }
}
