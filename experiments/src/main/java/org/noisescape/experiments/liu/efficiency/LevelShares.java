package org.noisescape.experiments.liu.efficiency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.report.Abscissas;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureBuilder;
import org.noisescape.theory.liu.EscapeEfficiency;
import org.noisescape.theory.liu.EscapeProbability;
import org.noisescape.theory.liu.Hessian;

/**
 * Shares of replicas whose loss is above a level δ = mE, E the mean loss by Eq. 41: Eq. 39 bounds
 * them by 1/m.
 *
 * @param points one a rate, step and m
 */
record LevelShares(List<Point> points) {
  /** m. */
  private static final double[] MULTIPLES = {1, 2, 4, 8};

  /** Where normal noise leaves nothing open: half a per cent of the replicas. */
  private static final double TOLERANCE = 0.005;

  LevelShares {
    points = List.copyOf(points);
  }

  /**
   * A share.
   *
   * @param panel which rate
   * @param steps t
   * @param multiple m
   * @param share of replicas with a loss of δ or more
   * @param replicas R
   * @param exact the probability for normal noise
   */
  record Point(
      String panel, long steps, double multiple, double share, int replicas, double exact) {
    /** Its error is that of a share of R independent draws. */
    PointEstimate estimate() {
      return PointEstimate.ofDraws(
          share, Math.sqrt(Math.max(share, 1.0 / replicas) * (1 - share) / replicas), replicas);
    }

    /** P δ/E, at most 1 by Eq. 39. */
    PointEstimate overBound() {
      return estimate().times(multiple);
    }

    String name() {
      return "%s, t = %d, delta = %.0f E".formatted(panel, steps, multiple);
    }
  }

  /** Levels δ of a system after a step: multiples of E_d. */
  static double[] levels(EscapeEfficiencyTimes.Setup setup, long step) {
    double mean =
        EscapeEfficiency.discrete(setup.rate(), step, setup.hessian(), setup.covariance());
    double[] levels = new double[MULTIPLES.length];
    for (int m = 0; m < levels.length; m++) {
      levels[m] = MULTIPLES[m] * mean;
    }
    return levels;
  }

  /** Of the systems of two curvatures, after the first and the last step. */
  static LevelShares of(
      List<EscapeEfficiencyTimes.Setup> setups, List<LossCurve> curves, int replicas) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < setups.size(); i++) {
      EscapeEfficiencyTimes.Setup setup = setups.get(i);
      double[][] shares = curves.get(i).shares();
      if (setup.curvatures().length != 2) {
        continue;
      }
      for (int t : new int[] {1, shares.length}) {
        double[] levels = levels(setup, t);
        for (int m = 0; m < levels.length; m++) {
          double exact = EscapeProbability.above(mean(setup, 0, t), mean(setup, 1, t), levels[m]);
          points.add(new Point(setup.panel(), t, MULTIPLES[m], shares[t - 1][m], replicas, exact));
        }
      }
    }
    return new LevelShares(points);
  }

  /** E_d of one eigenvector. */
  private static double mean(EscapeEfficiencyTimes.Setup setup, int direction, long steps) {
    double[] noise = new double[setup.noise().length];
    noise[direction] = setup.noise()[direction];
    return EscapeEfficiency.discrete(
        setup.rate(), steps, Hessian.diagonal(setup.curvatures()), Systems.diagonal(noise));
  }

  /** The bound, and the probability that normal noise has. */
  Measurements theory() {
    Point nearest = Collections.max(points, Comparator.comparingDouble(p -> p.overBound().value()));
    Criterion bound = Criterion.atMost(1);
    Measurements numbers =
        new Measurements()
            .judged(
                "P delta/E (Eq. 39), largest of %d (%s)".formatted(points.size(), nearest.name()),
                nearest.overBound(),
                1,
                Judgement.all(points.stream().map(p -> bound.judge(p.overBound())).toList()));
    return numbers.addAll(judged(Point::exact));
  }

  /** All shares, held against a law. */
  Measurements judged(ToDoubleFunction<Point> law) {
    ToDoubleFunction<Point> off = p -> Math.abs(p.share() - law.applyAsDouble(p));
    Point worst = Collections.max(points, Comparator.comparingDouble(off));
    return new Measurements()
        .judged(
            "P(L >= delta), furthest of %d (%s)".formatted(points.size(), worst.name()),
            worst.estimate(),
            law.applyAsDouble(worst),
            Judgement.all(
                points.stream()
                    .map(p -> Criterion.within(law.applyAsDouble(p), TOLERANCE).judge(p.estimate()))
                    .toList()));
  }

  /** Markov's bound, attained. */
  static double attained(Point point) {
    return Math.min(1, 1 / point.multiple());
  }

  /** The law of a loss of two equal directions. */
  static double exponential(Point point) {
    return Math.exp(-point.multiple());
  }

  static String text() {
    return "Shares of replicas above delta = E, 2 E, 4 E, 8 E after the first and the last step: "
        + Criterion.atMost(1).text("P delta/E")
        + " (Eq. 39) and "
        + new Criterion(Criterion.Form.DIFFERENCE, 0, TOLERANCE).text("P", "that of normal noise")
        + "; rivals are that the bound is attained, and exp(-delta/E). ";
  }

  Figure figure() {
    FigureBuilder figure =
        Figure.titled("level-shares", "Share of replicas above a level")
            .logX("\u03b4/E")
            .logY("P(L(w_t) \u2212 L(w\u2080) \u2265 \u03b4)");
    double[] multiples = Abscissas.geometric(MULTIPLES[0], MULTIPLES[MULTIPLES.length - 1], 40);
    figure
        .line("bound (Eq. 39)", Figure.INK, Figure.Stroke.SOLID, multiples, m -> 1 / m)
        .line("exp(\u2212\u03b4/E)", Figure.INK, Figure.Stroke.THIN, multiples, m -> Math.exp(-m));
    int colour = 0;
    for (String panel : points.stream().map(Point::panel).distinct().toList()) {
      for (long t : points.stream().mapToLong(Point::steps).distinct().toArray()) {
        List<Point> own =
            points.stream().filter(p -> p.panel().equals(panel) && p.steps() == t).toList();
        figure
            .dashed(colour == 0 ? "normal noise" : "", colour, own, Point::multiple, Point::exact)
            .points(
                panel + ", t = " + t,
                colour,
                own,
                Point::multiple,
                Point::share,
                p -> p.estimate().standardError());
        colour++;
      }
    }
    return figure.captioned(
        "Curvatures 1 and 0.1, white noise, %d replicas. Dashed: through the exact values for normal noise."
            .formatted(points.getFirst().replicas()));
  }

  Csv<Point> table() {
    return Csv.of("level_shares", points)
        .column("panel", Point::panel)
        .column("steps", Point::steps)
        .column("level_over_mean", Point::multiple)
        .column("share", Point::share)
        .column("standard_error", p -> p.estimate().standardError())
        .column("bound", LevelShares::attained)
        .column("theory_exact", Point::exact)
        .column("replicas", Point::replicas);
  }
}
