package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;

/** What {@link NoiseCovariance} finds around its minima. */
final class CovarianceNumbers {
  private CovarianceNumbers() {}

  /** Numbers and tables of all networks. */
  static Findings findings(List<PanelResult> panels) {
    Measurements numbers = new Measurements();
    List<Verdict> verdicts = new ArrayList<>();
    for (PanelResult result : panels) {
      judge(result, numbers, verdicts);
      for (double factor : result.factors()) {
        for (String layer : result.panel().scales().keySet()) {
          describe(result, layer, factor, numbers);
        }
      }
      for (Minimum minimum : result.minima()) {
        numbers.exact(
            "loss at minimum " + result.panel().title(Integer.toString(minimum.seed())),
            minimum.loss(),
            result.panel().target());
      }
    }
    return CovarianceTables.add(Findings.of(Verdict.all(verdicts), numbers), panels);
  }

  private static void judge(PanelResult result, Measurements into, List<Verdict> verdicts) {
    CovariancePanel panel = result.panel();
    for (String layer : panel.scales().keySet()) {
      QuadraticCriterion.Estimate r2 =
          QuadraticCriterion.estimate(result.of(layer, result.judgedFactor()));
      Verdict verdict = QuadraticCriterion.judge(r2, result.converged());
      if (panel.judged().contains(layer)) {
        verdicts.add(verdict);
      }
      into.judged(panel.title(layer) + " R^2 of the quadratic", r2.mean(), r2.error(), 1, verdict);
    }
  }

  /** What the criterion does not judge. */
  private static void describe(PanelResult result, String layer, double factor, Measurements into) {
    List<PathFit> seeds = result.of(layer, factor);
    String name = result.panel().title(layer);
    if (factor != result.judgedFactor()) {
      name += " x" + (long) factor;
      QuadraticCriterion.Estimate r2 = QuadraticCriterion.estimate(seeds);
      into.estimate(name + " R^2 of the quadratic", r2.mean(), r2.error());
    }
    // polynomials through the rounding of a constant say nothing
    if (!seeds.stream().allMatch(PathFit::varies)) {
      into.value(name + " tr S does not vary", Double.NaN);
      return;
    }
    into.mean(name + " R^2 of a line", seeds, f -> f.degree(1).rSquared())
        .mean(name + " R^2 without linear term (Eq. 5)", seeds, f -> f.even().rSquared(), 1)
        .mean(name + " largest over smallest tr S", seeds, PathFit::variation);
  }
}
