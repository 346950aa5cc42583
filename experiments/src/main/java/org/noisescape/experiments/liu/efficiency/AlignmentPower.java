package org.noisescape.experiments.liu.efficiency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.WeightedLine;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;

/**
 * How the ratio of aligned to isotropic noise after one step grows with D: one curvature is 1, the
 * others D^−d.
 *
 * <p>(79) is aD/(l + (D − l)D^−d)², of the order D^(2d−1) for d &lt; 1 and D for d &gt; 1; Eq. 43
 * prints the first for all d.
 *
 * @param ratios by flatness d, then D
 */
record AlignmentPower(List<Ratio> ratios) {
  /** d below 1, where Eq. 43 is to hold, and the one of the other panels. */
  static final List<Double> FLATNESS = List.of(0.75, 2.0);

  /** An order is right for large D: at D = 16 to 1,024 (79) itself is 0.07 off. */
  private static final double TOLERANCE = 0.15;

  AlignmentPower {
    ratios = List.copyOf(ratios);
  }

  /** Aligned over isotropic noise at one D, with what Eq. 41 says. */
  record Ratio(double flatness, int dimension, PointEstimate value, double exact) {
    double logError() {
      return value.log().standardError();
    }
  }

  /** Curvatures of one D. */
  static double[] curvatures(int dimension, double flatness) {
    double[] curvatures = new double[dimension];
    Arrays.fill(curvatures, Math.pow(dimension, -flatness));
    curvatures[0] = 1;
    return curvatures;
  }

  /** Two systems for every D and d: aligned noise, then isotropic noise of its trace. */
  static List<EscapeEfficiencyTimes.Setup> setups(List<Integer> dimensions) {
    List<EscapeEfficiencyTimes.Setup> all = new ArrayList<>();
    for (double flatness : FLATNESS) {
      for (int dimension : dimensions) {
        double[] curvatures = curvatures(dimension, flatness);
        double[] equal = new double[dimension];
        Arrays.fill(equal, Arrays.stream(curvatures).sum() / dimension);
        String panel = "d = %s, D = %d, ".formatted(Plots.number(flatness), dimension);
        all.add(new EscapeEfficiencyTimes.Setup(panel + "aligned", 1, curvatures, curvatures));
        all.add(new EscapeEfficiencyTimes.Setup(panel + "isotropic", 1, curvatures, equal));
      }
    }
    return all;
  }

  /**
   * Of the points of those systems.
   *
   * @param points one a system
   */
  static AlignmentPower of(List<Integer> dimensions, List<GridPoint> points) {
    List<Ratio> ratios = new ArrayList<>();
    int at = 0;
    for (double flatness : FLATNESS) {
      for (int dimension : dimensions) {
        GridPoint above = points.get(at++);
        GridPoint below = points.get(at++);
        ratios.add(
            new Ratio(
                flatness,
                dimension,
                EscapeEfficiencyTimes.quotient(above, below),
                above.exact() / below.exact()));
      }
    }
    return new AlignmentPower(ratios);
  }

  private List<Ratio> of(double flatness) {
    return ratios.stream().filter(r -> r.flatness() == flatness).toList();
  }

  private PointEstimate power(double flatness) {
    List<Ratio> own = of(flatness);
    WeightedLine line =
        WeightedLine.of(
            Column.of(own, r -> Math.log(r.dimension())),
            Column.of(own, r -> Math.log(r.value().value())),
            Column.of(own, Ratio::logError));
    return new PointEstimate(
        line.slope(), line.slopeError(), own.getFirst().value().degreesOfFreedom());
  }

  /**
   * The powers of D.
   *
   * @param below that at d below 1
   * @param above that at d above 1
   */
  Measurements judged(double below, double above) {
    Measurements numbers = new Measurements();
    for (double flatness : FLATNESS) {
      numbers.judged(
          name(flatness),
          power(flatness),
          Criterion.within(flatness < 1 ? below : above, TOLERANCE));
    }
    return numbers;
  }

  /** (79): 2d − 1 below 1, 1 above. */
  Measurements theory() {
    return judged(printed(FLATNESS.getFirst()), 1);
  }

  /** Eq. 43 as it stands, where d is above 1. */
  Measurements asPrinted() {
    double flat = FLATNESS.getLast();
    return new Measurements()
        .judged(name(flat), power(flat), Criterion.within(printed(flat), TOLERANCE));
  }

  /** One and the same power for every d. */
  Measurements linear() {
    return judged(1, 1);
  }

  private static String name(double flatness) {
    return "power of D in aligned / isotropic (Eq. 43), t = 1, d = " + Plots.number(flatness);
  }

  private static double printed(double flatness) {
    return 2 * flatness - 1;
  }

  static String text() {
    return "Ratio at the first step against D, other curvatures D^-d: "
        + Criterion.within(0, TOLERANCE).text("power", "(2 d - 1)")
        + " for d < 1 and 1 for d > 1 (79); rivals are Eq. 43's 2 d - 1 at d > 1, and D for every d. ";
  }

  Figure figure() {
    FigureBuilder figure =
        Figure.titled("dimension", "Aligned over isotropic noise against the dimension")
            .logX("D")
            .logY("Ratio of mean losses, t = 1");
    int colour = 0;
    for (double flatness : FLATNESS) {
      List<Ratio> own = of(flatness);
      Ratio first = own.getFirst();
      figure
          .line(
              "d = " + Plots.number(flatness) + ", exact",
              colour,
              own,
              Ratio::dimension,
              Ratio::exact)
          .line(
              colour == 0 ? "Eq. 43 as printed" : "",
              colour,
              Figure.Stroke.THIN,
              own,
              Ratio::dimension,
              r ->
                  first.exact()
                      * Math.pow((double) r.dimension() / first.dimension(), printed(flatness)))
          .points(
              "",
              colour,
              own,
              Ratio::dimension,
              r -> r.value().value(),
              r -> r.value().standardError());
      colour++;
    }
    return figure.captioned(
        "One curvature 1, the others D^-d, learning rate 1. Thin: D^(2d-1) through the first point;"
            + " for d above 1 it is of the order D.");
  }
}
