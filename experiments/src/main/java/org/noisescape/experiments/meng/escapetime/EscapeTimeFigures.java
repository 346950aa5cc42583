package org.noisescape.experiments.meng.escapetime;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.passage.Interpretation;

/** Figures of {@link EscapeTime}. */
final class EscapeTimeFigures {
  private static final int PIECES = 24;

  /** Half the width of a level at one number of wells, as a factor. */
  private static final double MARK = 1.1;

  private static final String BARRIER = "Barrier \u0394L";
  private static final String TIME = "Mean escape time";

  private EscapeTimeFigures() {}

  static List<Figure> of(EscapeTimeResults results) {
    return List.of(
        barriers("escape-time", Scale.LINEAR, results),
        barriers("escape-time-log", Scale.LOG, results),
        widths(results),
        wells(results),
        growth(results),
        epsilon(results.epsilon()));
  }

  private static Figure barriers(String name, Scale scale, EscapeTimeResults results) {
    String title = "Escape times against the barrier";
    FigureBuilder figure =
        Figure.titled(name, scale == Scale.LOG ? title + ", both logarithmic" : title)
            .x(BARRIER, scale)
            .logY(TIME);
    EscapeTime.Plan plan = results.plan();
    for (WellDynamics dynamics : WellDynamics.values()) {
      List<WellPassage> own = results.of(dynamics);
      double[] x =
          Abscissas.even(own.getFirst().well().barrier(), own.getLast().well().barrier(), PIECES);
      int colour = dynamics.ordinal();
      if (dynamics != WellDynamics.STABLE) {
        figure.line(
            colour == 0 ? "exact" : "",
            colour,
            Stroke.DASHED,
            x,
            barrier -> dynamics.exact(plan.coordinate(plan.well(barrier))));
      }
      figure.line(
          colour == 0 ? "formula" : "",
          colour,
          Stroke.DOTTED,
          x,
          barrier -> dynamics.formula(plan, plan.coordinate(plan.well(barrier))));
      if (dynamics != WellDynamics.STABLE) {
        figure.line(
            colour == 0 ? "the other law, fitted" : "",
            colour,
            Stroke.THIN,
            x,
            other(results, dynamics));
      }
      points(figure, dynamics.label, colour, own, p -> p.well().barrier());
    }
    return figure.captioned(
        "Times to the other minimum, for jumps to the top of the barrier, at fixed curvatures."
            + " Dashed: exact, by quadrature. Dotted: Theorem 6 (with Ito's power for Ito), Kramers,"
            + " and for jumps Table 1's order with its constant. Thin: an exponential through the times of"
            + " power-law noise, a power through those of constant noise.");
  }

  /** The law that the dynamics should not follow, fitted. */
  private static DoubleUnaryOperator other(EscapeTimeResults results, WellDynamics dynamics) {
    GrowthLaw law = results.growth(dynamics);
    double growth = results.plan().growth() / results.plan().noise();
    return dynamics.isPowerLaw()
        ? barrier -> Math.exp(law.exponential().at(barrier))
        : barrier -> Math.exp(law.power().at(Math.log1p(growth * barrier)));
  }

  private static FigureBuilder points(
      FigureBuilder figure,
      String name,
      int colour,
      List<WellPassage> own,
      ToDoubleFunction<WellPassage> x) {
    return figure.points(
        name, colour, own, x, p -> p.time().value(), p -> p.time().standardError());
  }

  private static Figure widths(EscapeTimeResults results) {
    List<WellPassage> fixed = results.fixedWidth();
    WellPassage first = fixed.getFirst();
    ToDoubleFunction<WellPassage> x = p -> p.well().barrier();
    FigureBuilder figure =
        Figure.titled("fixed-width", "Jumps do not see the height of the barrier")
            .x(BARRIER)
            .logY(TIME)
            .line("theory", Figure.INK, Stroke.DOTTED, fixed, x, WellPassage::formula)
            .line(
                "as Theorem 6 has it",
                Figure.INK,
                Stroke.THIN,
                fixed,
                x,
                p ->
                    first.formula()
                        * Math.exp(EscapeTimeLaws.powerLawRatio(results.plan(), first, p)));
    return points(figure, "\u03b1-stable", 3, fixed, x)
        .captioned(
            "Alpha-stable noise, times to the top of barriers at a fixed distance. Dotted: Table 1's order"
                + " with its constant. Thin: growth as of power-law noise, which sees the barrier.");
  }

  private static Figure wells(EscapeTimeResults results) {
    List<WellPassage> own =
        results.sideBySide().stream()
            .sorted(Comparator.comparingInt(WellPassage::dimension))
            .toList();
    FigureBuilder figure =
        Figure.titled("product-wells", "First escape from several wells side by side")
            .logX("Number of wells")
            .logY(TIME)
            .dashed(
                "theory", Figure.INK, own, WellPassage::dimension, p -> p.exact() / p.dimension())
            .line(
                "another law",
                Figure.INK,
                Stroke.THIN,
                own,
                WellPassage::dimension,
                WellPassage::exact);
    points(figure, "power-law, It\u00f4", 0, own, WellPassage::dimension);
    UnequalWells unequal = results.unequal();
    WellPassage along = unequal.own();
    mark(figure, 1, unequal.first(), unequal.exactFirst(), along.exact() / along.dimension());
    mark(figure, 2, along, along.exact(), along.exact() * unequal.literalFactor());
    points(figure, "unequal wells, the first", 1, List.of(unequal.first()), WellPassage::dimension);
    points(figure, "unequal wells, along one", 2, List.of(along), WellPassage::dimension);
    return figure.captioned(
        ("Power-law noise, barrier %s. Dashed: exact time of one well over their number; of unequal"
                + " wells the rates added, and along one as without the others. Thin: as slow as one;"
                + " as many as the first; the barriers of all multiplied (22).")
            .formatted(own.getFirst().well().barrier()));
  }

  /** What theory and rival say of one passage. */
  private static void mark(
      FigureBuilder into, int colour, WellPassage passage, double theory, double rival) {
    double[] ends = {passage.dimension() / MARK, passage.dimension() * MARK};
    into.level("", colour, Stroke.DASHED, ends, theory).level("", colour, Stroke.THIN, ends, rival);
  }

  private static Figure growth(EscapeTimeResults results) {
    EscapeTime.Plan plan = results.plan();
    FigureBuilder figure =
        Figure.titled("noise-to-signal", "Escape times against the growth of the noise")
            .x("1/(\u03b7\u03bc)")
            .logY(TIME);
    int colour = 0;
    for (GrowthSweep sweep : results.sweeps()) {
      List<WellPassage> own = sweep.points();
      ToDoubleFunction<WellPassage> x = p -> 1 / p.coordinate().growth();
      double[] even =
          Abscissas.even(x.applyAsDouble(own.getLast()), x.applyAsDouble(own.getFirst()), PIECES);
      boolean first = colour == 0;
      figure
          .line(
              first ? "exact" : "",
              colour,
              Stroke.DASHED,
              even,
              u -> sweep.dynamics().exact(GrowthSweep.coordinate(plan, sweep.kept(), 1 / u)))
          .line(
              first ? "half of the power (Table 1)" : "",
              colour,
              Stroke.THIN,
              even,
              u -> half(sweep, GrowthSweep.coordinate(plan, sweep.kept(), 1 / u)));
      points(figure, sweep.dynamics().label + ", " + sweep.kept().entry, colour++, own, x);
    }
    return figure.captioned(
        "Times to the other minimum over the middle barrier. With \u03bc/\u03c3 kept they grow"
            + " exponentially with 1/(\u03b7\u03bc); with \u03c3 kept they end at Langevin's time. Dashed:"
            + " exact, by quadrature. Thin: Table 1's power, half of Theorem 6's main one, through"
            + " the time at the largest \u03b7\u03bc.");
  }

  /** Of half the main power, through the last point. */
  private static double half(GrowthSweep sweep, WellCoordinate coordinate) {
    WellPassage last = sweep.points().getLast();
    return last.exact()
        * Math.exp(GrowthSweep.abscissa(coordinate) - GrowthSweep.abscissa(last.coordinate()));
  }

  private static Figure epsilon(EpsilonEscapeRun run) {
    double[] x = run.times();
    double first = run.plan().dynamic().secondMoment(x[0], Interpretation.ITO);
    return Figure.titled("second-moment", "Second moment from the minimum")
        .logX("Time")
        .logY("\u27e8w\u00b2\u27e9")
        .points("iteration", 0, x, run.moments(), run.errors())
        .line(
            "exact",
            Figure.INK,
            Stroke.DASHED,
            x,
            t -> run.plan().dynamic().secondMoment(t, Interpretation.ITO))
        // Theorem 4's power through the first point: its constant is not in question
        .line(
            "power of Theorem 4",
            Figure.INK,
            Stroke.DOTTED,
            x,
            t -> first * Math.pow(t / x[0], run.plan().textPower()))
        .captioned(
            "kappa = %s. Theorem 4 takes the time to an epsilon from this growth."
                .formatted(run.plan().kappa()));
  }
}
