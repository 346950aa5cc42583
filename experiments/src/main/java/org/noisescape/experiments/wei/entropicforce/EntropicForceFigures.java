package org.noisescape.experiments.wei.entropicforce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;

/** Figures and table of {@link EntropicForce}. */
final class EntropicForceFigures {
  private EntropicForceFigures() {}

  static List<Figure> of(EntropicForce.Plan plan, List<ForcePath> paths, ForcePath descent) {
    return List.of(
        second(plan, paths.getFirst(), descent),
        first(plan, paths.getFirst(), descent),
        scan(plan, paths));
  }

  private static Figure second(EntropicForce.Plan plan, ForcePath noisy, ForcePath descent) {
    return Figure.titled("position", "Position along the valley in time")
        .x("Step")
        .y("\u03b8\u2082")
        .spread(0, noisy.steps(), noisy.second(), noisy.secondError())
        .line("with noise", 0, noisy.steps(), noisy.second())
        .line("without noise", 1, descent.steps(), descent.second())
        .dashed("averaged drift", Figure.INK, noisy.steps(), noisy.theory())
        .dashed("", Figure.INK, descent.steps(), descent.theory())
        .level("Eq. 38", Figure.INK, Stroke.DOTTED, ends(noisy), plan.balance(noisy.slope()))
        .captioned(
            "With noise (mean over replicas, band: standard error) the parameter stops where"
                + " the forces balance; without it slides on. Dashed: averaged drift. The approach"
                + " takes 2/(eta^2 s) = "
                + plan.relaxation()
                + " steps.");
  }

  private static Figure first(EntropicForce.Plan plan, ForcePath noisy, ForcePath descent) {
    double theory = Math.sqrt(plan.rate() * plan.strength() / 2);
    return Figure.titled("curved-direction", "Position across the valley in time")
        .x("Step")
        .y("\u03b8\u2081")
        .points("with noise, one replica", 0, noisy.steps(), noisy.sample())
        .line("without noise", 1, descent.steps(), descent.sample())
        .level("\u00b1\u221a(\u03b7s/2)", Figure.INK, Stroke.DASHED, ends(noisy), -theory)
        .level("", Figure.INK, Stroke.DASHED, ends(noisy), theory)
        .captioned(
            "Without noise it is zero at once; with noise it keeps the width from which the entropic"
                + " force comes. Dashed: Eq. 8.");
  }

  private static double[] ends(ForcePath path) {
    return new double[] {0, path.steps()[path.steps().length - 1]};
  }

  private static Figure scan(EntropicForce.Plan plan, List<ForcePath> paths) {
    List<ForcePath> sorted =
        paths.stream().sorted(Comparator.comparingDouble(ForcePath::slope)).toList();
    return Figure.titled("balance", "Where the forces balance")
        .logX("Slope \u03b1 of the floor")
        .logY("\u2212\u27e8\u03b8\u2082\u27e9")
        .dashed(
            "Eq. 38",
            Figure.INK,
            List.of(sorted.getFirst(), sorted.getLast()),
            ForcePath::slope,
            p -> -plan.balance(p.slope()))
        .line(
            "half and twice the force",
            1,
            Stroke.THIN,
            sorted,
            ForcePath::slope,
            p -> -2 * plan.balance(p.slope()))
        .line("", 1, Stroke.THIN, sorted, ForcePath::slope, p -> -plan.balance(p.slope()) / 2)
        .line(
            "isotropic noise",
            2,
            Stroke.THIN,
            sorted,
            ForcePath::slope,
            p -> -plan.isotropicBalance(p.slope()))
        .line(
            "square root",
            3,
            Stroke.THIN,
            sorted,
            ForcePath::slope,
            p -> -plan.rootBalance(p.slope()))
        .points("with noise", 0, paths, ForcePath::slope, p -> -p.mean(), ForcePath::standardError)
        .captioned(
            "Mean position over the second half of the run, with standard errors over replicas (mostly"
                + " smaller than the symbols), against the slope of the floor. Dashed: Eq. 38. Thin: other laws.");
  }

  static Csv<ForcePath> table(EntropicForce.Plan plan, List<ForcePath> paths, ForcePath descent) {
    List<ForcePath> all = new ArrayList<>(paths);
    all.add(descent);
    return Csv.of("entropic_force", all)
        .column("learning_rate", p -> plan.rate())
        .column("strength", p -> p == descent ? (Object) 0 : plan.strength())
        .column("slope", ForcePath::slope)
        .column("quantity", p -> p == descent ? "theta_2_a_step" : "mean_theta_2")
        .column("value", ForcePath::mean)
        .column("standard_error", ForcePath::standardError)
        .column("replicas", ForcePath::replicas)
        .column("censored", p -> 0)
        .column("theory", p -> p == descent ? plan.slide(p) : plan.balance(p.slope()))
        .column("settled", ForcePath::settled)
        .column("transient_steps", ForcePath::transientSteps);
  }
}
