package org.noisescape.experiments.meng.covariance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Measurements;

/**
 * Eq. 4 with its own coefficients, and Prop. 1 one parameter at a time; judged by themselves.
 *
 * <p>Tolerances: a tenth of the deviation, as for the fitted quadratic (R² ≥ 0.99 without a fit). A
 * correlation r of g_j and h̃_jj changes D_j by r at the shift where both terms of Eq. 5 are alike:
 * r² ≤ 0.01 is again a tenth; the other conditions, whose covariances the proposition sets to zero
 * likewise, are held to the same. The parameters are a sample of all: the error is their spread.
 */
final class ExpansionCriterion {
  private static final double CORRELATION = 0.01;
  private static final Criterion OF_CORRELATION = Criterion.within(0, CORRELATION);
  private static final Criterion OF_ERROR = Criterion.atMost(0.1);

  private ExpansionCriterion() {}

  /** A condition of Prop. 1: a mean squared correlation that should be 0. */
  private record Condition(String name, ToDoubleFunction<CoordinateNoise> of) {}

  private static final List<Condition> CONDITIONS =
      List.of(
          new Condition("Cov(g_j, h_j)", CoordinateNoise::own),
          new Condition("Cov(g_i, h_j)", CoordinateNoise::crossed),
          new Condition("Cov(g_i, g_j)", CoordinateNoise::gradients),
          new Condition("Cov(h_i, h_j)", CoordinateNoise::curvatures));

  /** Everything that is judged and told of one network's minima. */
  static Measurements judged(PanelResult result, List<NoiseExpansion> minima) {
    Measurements numbers = new Measurements();
    for (String layer : result.panel().scales().keySet()) {
      List<PathFit> paths = result.of(layer, result.judgedFactor());
      if (paths.stream().allMatch(PathFit::varies)) {
        for (ExpansionForm form : ExpansionForm.values()) {
          if (form != ExpansionForm.CONSTANT) {
            path(numbers, layer, form, paths, minima);
          }
        }
      }
    }
    return numbers.addApart(
        coordinates(minima.stream().flatMap(m -> m.coordinates().stream()).toList()));
  }

  private static void path(
      Measurements into,
      String layer,
      ExpansionForm form,
      List<PathFit> paths,
      List<NoiseExpansion> minima) {
    List<PointEstimate> found = new ArrayList<>();
    for (PathFit fit : paths) {
      LayerExpansion expansion =
          minima.stream()
              .filter(m -> m.seed() == fit.path().seed())
              .findFirst()
              .orElseThrow()
              .of(layer);
      found.add(PointEstimate.exact(expansion.rSquared(form, fit.path())));
    }
    PointEstimate worst = Collections.min(found, Comparator.comparing(PointEstimate::value));
    into.apart(
        "%s least R^2 without a fit: %s".formatted(layer, form.label),
        worst,
        QuadraticCriterion.FIT.theory(),
        Judgement.all(found.stream().map(QuadraticCriterion.FIT::judge).toList()));
  }

  /** The conditions, and D_j. */
  static Measurements coordinates(List<CoordinateNoise> all) {
    Measurements numbers = new Measurements();
    for (Condition condition : CONDITIONS) {
      numbers.apart(
          condition.name() + ": mean squared correlation",
          mean(all, condition.of()),
          OF_CORRELATION);
    }
    numbers.apart(
        "conditions of Prop. 1, if one cause moved all",
        mean(all, CoordinateNoise::own),
        1,
        conditions(all, 1));
    numbers.value("h_ij^2 over h_ii h_jj, mean", mean(all, CoordinateNoise::offDiagonal));
    for (ExpansionForm form : ExpansionForm.values()) {
      numbers.apart("D_j error of " + form.label, mean(all, c -> c.error(form)), OF_ERROR);
    }
    return numbers;
  }

  /** All four conditions held against one squared correlation. */
  static Judgement conditions(List<CoordinateNoise> all, double squared) {
    return Judgement.all(
        CONDITIONS.stream()
            .map(c -> OF_CORRELATION.against(squared).judge(mean(all, c.of())))
            .toList());
  }

  /** How well a form describes D_j. */
  static Judgement form(List<CoordinateNoise> all, ExpansionForm form) {
    return OF_ERROR.judge(mean(all, c -> c.error(form)));
  }

  private static PointEstimate mean(
      List<CoordinateNoise> all, ToDoubleFunction<CoordinateNoise> quantity) {
    return PointEstimate.of(Measurements.over(all, quantity));
  }

  static String text() {
    return "By themselves, of the cnn: R^2 of the same points without a fit, by tr Cov(g, H~u) and"
        + " tr Cov(H~u) of the samples (Eq. 4), "
        + QuadraticCriterion.FIT.text("R^2")
        + "; Prop. 1, means over parameters drawn at random from every layer: "
        + OF_CORRELATION.text("squared correlation")
        + " for each condition, and "
        + OF_ERROR.text("error of D_j")
        + ", root mean square over the deviation of D_j within a shift of sqrt(sigma_j/rho_j). ";
  }
}
