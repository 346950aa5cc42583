package org.noisescape.theory.meng;

import org.noisescape.theory.Domain;

/**
 * Order of the escape time under α-stable noise of small strength: by one jump over the width.
 *
 * <p>With dw = −L′ dt + ε dL_α and a jump measure |y|^(−1−α) dy, a jump beyond b comes at the rate
 * ε^α ∫_{b−a}^∞ y^(−1−α) dy = ε^α/(α|b − a|^α): the text's order, whatever the barrier.
 *
 * <p>Source: Meng et al. (2020), Table 1, after Imkeller and Pavlyukevich (2006).
 */
public final class AlphaStableEscape {
  private AlphaStableEscape() {}

  /** α|b − a|^α, without its constant (ε = 1). */
  public static double order(double alpha, double width) {
    return time(alpha, width, 1);
  }

  /** α|b − a|^α/ε^α. */
  public static double time(double alpha, double width, double strength) {
    if (!(alpha > 0 && alpha < 2)) {
      throw new IllegalArgumentException(
          "alpha must lie in (0, 2), where jumps carry a process, got " + alpha);
    }
    Domain.positive("width", width);
    Domain.positive("strength", strength);
    return alpha * Math.pow(width / strength, alpha);
  }
}
