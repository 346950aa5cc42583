package org.noisescape.theory.meng;

import org.noisescape.theory.Domain;
import org.noisescape.theory.passage.Interpretation;

/**
 * Ω-escape time from a over b for dw = −L′ dt + √(η(σ + μ(L − L(a)))) dB, at low temperature.
 *
 * <pre>
 * H–K  τ = 2π/((1 − ημ/4)√(H_a|H_b|)) (1 + (μ/σ)ΔL)^(2/(ημ) − ½)   Theorem 6
 * Itô  τ = 2π/((1 + ημ/4)√(H_a|H_b|)) (1 + (μ/σ)ΔL)^(2/(ημ) + ½)   ours, by the same steps
 * </pre>
 *
 * <p>These are times to the other side. Definition 5, the time until b itself is first reached, is
 * half of them, since half of the paths return: (11) does not have the factor that its own
 * definition asks for. The power of the Itô form is that of Mori et al. (2022), Eq. 15, whose μ =
 * 2h/B, σ = μL*; (15) lacks the factor 1 + ημ/4, which is of the order that its saddle-point
 * expansion leaves out. Table 1 prints the power 1/(ημ) − ½: half of the main term.
 *
 * <p>Source: Meng et al. (2020), Theorems 6 and 10, Table 1.
 *
 * @param learningRate η
 * @param sigma σ &gt; 0
 * @param mu μ ≥ 0; 0 is Langevin dynamics
 * @param minimumCurvature H_a &gt; 0
 * @param barrierCurvature H_b &lt; 0
 * @param barrier ΔL ≥ 0
 */
public record BarrierEscape(
    double learningRate,
    double sigma,
    double mu,
    double minimumCurvature,
    double barrierCurvature,
    double barrier) {
  /** Requires a minimum and a barrier above it: curvatures of opposite sign, σ &gt; 0, μ ≥ 0. */
  public BarrierEscape {
    Domain.positive("learning rate", learningRate);
    Domain.positive("sigma", sigma);
    Domain.nonNegative("mu", mu);
    Domain.positive("curvature at the minimum", minimumCurvature);
    Domain.positive("minus the curvature at the barrier", -barrierCurvature);
    Domain.nonNegative("barrier", barrier);
  }

  /** Mean time to the other side; for Hänggi and Klimontovich, ημ &lt; 4 is needed. */
  public double time(Interpretation interpretation) {
    return Math.exp(logTime(interpretation));
  }

  /** Its logarithm, for barriers beyond the range of double. */
  public double logTime(Interpretation interpretation) {
    double half = learningRate * mu / 4;
    double sign = interpretation == Interpretation.ITO ? 1 : -1;
    if (!(1 + sign * half > 0)) {
      throw new IllegalArgumentException(
          "Theorem 6 needs eta*mu < 4 (kappa < 2), got " + learningRate * mu);
    }
    // (2/(ημ)) log(1 + (μ/σ)ΔL) tends to 2ΔL/(ησ)
    double grown = Math.log1p(mu / sigma * barrier);
    double main = mu == 0 ? 2 * barrier / (learningRate * sigma) : 2 * grown / (learningRate * mu);
    return logPrefactor() - Math.log1p(sign * half) + main + sign * grown / 2;
  }

  /** Kramers' time of Langevin dynamics, μ = 0: 2π/√(H_a|H_b|) exp(2ΔL/(ησ)). */
  public double langevinTime() {
    return Math.exp(logPrefactor() + 2 * barrier / (learningRate * sigma));
  }

  /**
   * exp(ΔL/(ησ)) 2π/√(H_a|H_b|), as the text prints it.
   *
   * <p>With the noise √(ησ) dB of the text the temperature is ησ/2; this exponent is half of the
   * right one, and of the limit μ → 0 of Theorem 6, which the text says it is.
   */
  public double literalLangevinTime() {
    return Math.exp(logPrefactor() + barrier / (learningRate * sigma));
  }

  /** 1 + (ημΔL/Σ)^(1/(ημ) − ½), Σ = ησ, the order printed in Table 1, for ημ &lt; 2. */
  public double literalTableOneOrder() {
    double rate = learningRate * mu;
    Domain.between("eta*mu of Table 1", rate, 0, 2);
    return 1 + Math.pow(mu / sigma * barrier, 1 / rate - 0.5);
  }

  private double logPrefactor() {
    return Math.log(2 * Math.PI) - Math.log(-minimumCurvature * barrierCurvature) / 2;
  }
}
