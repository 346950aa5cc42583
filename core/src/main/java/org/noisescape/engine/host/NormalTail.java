package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;

/**
 * Φ(−y) e^(y²/2) for y ≥ 0, Φ the distribution function of N(0, 1): polynomials of degree 9 and 21
 * in s, an affine function of 1/(1 + y/k), which runs from 1 at y = 0 to −1 at the end of the
 * range.
 *
 * <p>Chebyshev series of the function in 40 digits, cut off; the relative error is below 6·10⁻⁸ on
 * [0, 14], 10⁻⁸ up to y = 3, and below 10⁻¹⁶ on [0, 39], beyond which e^(−y²/2) underflows. No sum
 * cancels: the coefficients' absolute values add up to ½, the value at 0.
 */
final class NormalTail {
  /** End of the float32 range. */
  static final float SINGLE_END = 14;

  /** End of the float64 range. */
  static final double END = 39;

  // vectors, not numbers: a broadcast a use would be more than the compiler inlines in one loop
  private static final FloatVector SCALE = constant(18f / 7 * 4);
  private static final FloatVector START = constant(4f);
  private static final FloatVector SHIFT = constant(11f / 7);
  private static final FloatVector C9 = constant(7.5288658366581e-6f);
  private static final FloatVector C8 = constant(-4.6772790550142e-6f);
  private static final FloatVector C7 = constant(-1.46187168136786e-4f);
  private static final FloatVector C6 = constant(-1.53911706469564e-4f);
  private static final FloatVector C5 = constant(0.00239273496550178f);
  private static final FloatVector C4 = constant(0.0147858749055639f);
  private static final FloatVector C3 = constant(0.0486450268752725f);
  private static final FloatVector C2 = constant(0.110263229054168f);
  private static final FloatVector C1 = constant(0.184924566709542f);
  private static final FloatVector C0 = constant(0.139285814274509f);

  private static final double[] DEGREE_21 = {
    0.094847255871324956596, 0.15358175127806490554, 0.11605299824920711417,
    0.073771161516650753303, 0.038900803644658579317, 0.016524559672903217727,
    0.0053071543365585465078, 0.0010768736910675908142, 0.000018077204428122747216,
    -0.00006799513306102096159, -0.000016629025327724001805, 2.3796771648351503456e-6,
    1.7852167059554427822e-6, -1.18882206874471575e-8, -1.7304994997876659021e-7,
    -8.2874804831999634605e-9, 1.7800190382025526777e-8, 9.7997803296605426267e-10,
    -1.8355091351035424256e-9, -5.2063071072379707767e-11, 1.3357315124619643901e-10,
    -8.6403597073104532321e-13
  };

  private NormalTail() {}

  /** For 0 ≤ y ≤ SINGLE_END, lane by lane. */
  static FloatVector of(FloatVector y) {
    FloatVector s = SCALE.div(y.add(START)).sub(SHIFT);
    FloatVector p = C9.fma(s, C8).fma(s, C7).fma(s, C6).fma(s, C5).fma(s, C4);
    return p.fma(s, C3).fma(s, C2).fma(s, C1).fma(s, C0);
  }

  /** For 0 ≤ y ≤ END. */
  static double of(double y) {
    double s = 88.0 / 39 * 5 / (5 + y) - 49.0 / 39;
    double p = DEGREE_21[DEGREE_21.length - 1];
    for (int i = DEGREE_21.length - 2; i >= 0; i--) {
      p = Math.fma(p, s, DEGREE_21[i]);
    }
    return p;
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(Float32Kernels.S, value);
  }
}
