package org.noisescape.experiments.liu.kramers;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.theory.liu.KramersRate;

/**
 * Escape rate from a double well against the scale r of its loss, at one learning rate.
 *
 * <p>Escaped is what has passed the inflection beyond the barrier. The text does not give its
 * double well, S or λ. Source: Liu et al. (2021), section 6.3, Fig. 6.
 */
public final class Kramers extends LandscapeExperiment<Kramers.Plan> {
  /** The experiment. */
  public Kramers() {
    super(
        "liu/kramers",
        "Escape over a barrier at large learning rates",
        "Liu, Ziyin, Ueda (2021), section 6.3, Fig. 6",
        row(
            "scales",
            "r in L -> rL; curvatures are 2r at the minimum, -r at the top",
            "0.02,0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9"),
        row("lr", "learning rate lambda", "1"),
        row("batch", "S in C = k/S", "10"),
        row("replicas", "independent replicas of every scale", "4000", "10000"),
        row("steps", "step limit: what has not escaped is censored", "20000", "50000"));
  }

  /** What runs. */
  record Plan(List<Double> scales, double rate, int batch, int replicas, int steps) {}

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.positives("scales").stream().sorted().toList(),
            settings.positive("lr"),
            settings.integer("batch", 1),
            settings.integer("replicas", 1),
            settings.integer("steps", 1));
    // checks the stability
    plan.scales.forEach(scale -> theory(scale, plan.batch).discrete(plan.rate));
    return Planned.of(plan, KramersCriterion.text())
        .ensembles(NoiseReading.values().length * plan.scales.size());
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<EscapePoint> points = new ArrayList<>();
    for (NoiseReading reading : NoiseReading.values()) {
      for (double scale : plan.scales) {
        points.add(
            new EscapePoint(
                reading,
                scale,
                escapes(plan, reading, scale, points.size(), ensembles),
                plan.replicas,
                theory(scale, plan.batch),
                plan.rate));
      }
    }
    EscapePoint flat = of(points, NoiseReading.TWO_TEMPERATURES).getFirst();
    double exact = flat.reduced(flat.exactMeanTime());
    return findings(points, exact).figures(KramersFigures.of(points, exact));
  }

  private static ExponentialTail escapes(
      Plan plan, NoiseReading reading, double scale, int index, Ensembles ensembles) {
    CappedDoubleWell well = new CappedDoubleWell(scale);
    LandscapePlan ensemble =
        LandscapePlan.of(well, reading.of(well, plan.batch))
            .learningRate(plan.rate)
            .start(1)
            .detecting(theta -> -theta[0], CappedDoubleWell.INFLECTION)
            .seed(ensembles.seed())
            .firstReplica(index * plan.replicas)
            .replicas(plan.replicas)
            .build();
    String title = "r = %s, %s".formatted(scale, reading.label);
    ReplicaState end = ensembles.run(title, ensemble, EnsembleSchedule.to(plan.steps));
    return ExponentialTail.beyond(CensoredTimes.until(end.firstPassages(0), end.step()), 0);
  }

  private static KramersRate theory(double scale, int batch) {
    CappedDoubleWell well = new CappedDoubleWell(scale);
    return new KramersRate(
        well.barrier(), well.atMinimum(), well.atTop(), CappedDoubleWell.MIDPOINT, batch);
  }

  /**
   * Numbers and table of the points.
   *
   * @param exact γ/|k_b| of exact continuous time, the same for every scale
   */
  static Findings findings(List<EscapePoint> points, double exact) {
    List<EscapePoint> judged = of(points, NoiseReading.TWO_TEMPERATURES);
    EscapePoint first = judged.getFirst();
    EscapePoint last = judged.getLast();
    String small =
        "gamma/|k_b| at lambda k_a = %s over ".formatted(Plots.number(first.scaledRate()));
    Measurements numbers =
        new Measurements()
            .judged(
                "gamma/|k_b| at the largest scale / at the smallest (Eq. 52: %s)"
                    .formatted(Plots.number(last.discrete() / first.discrete())),
                KramersCriterion.growth(judged),
                KramersCriterion.grows())
            .addAll(shape("Eq. 52", judged, EscapePoint::discrete))
            .judged(
                small + "exact continuous time (quadrature)",
                KramersCriterion.limit(first, exact),
                KramersCriterion.met());
    Measurements uncorrected =
        new Measurements()
            .judged(
                small + "Eq. 51",
                KramersCriterion.limit(first, first.continuous()),
                KramersCriterion.met());
    for (NoiseReading reading : NoiseReading.values()) {
      List<EscapePoint> own = of(points, reading);
      EscapePoint flat = own.getFirst();
      numbers
          .value(
              reading.label + ": constant of Eq. 52",
              KramersCriterion.constant(own, EscapePoint::discrete))
          .value(
              reading.label + ": constant of Eq. 51",
              KramersCriterion.constant(own, EscapePoint::continuous))
          .value(
              "%s: gamma/|k_b| at lambda k_a = %s over Eq. 51"
                  .formatted(reading.label, Plots.number(flat.scaledRate())),
              flat.reduced() / flat.continuous(),
              flat.reducedError() / flat.continuous(),
              1);
    }
    return Findings.of(numbers)
        .rival(
            "no effect of the scale: Eq. 51 times a constant",
            shape("Eq. 51", judged, EscapePoint::continuous))
        .rival("Eq. 51 without a constant at a small rate", uncorrected)
        .table(table(points, exact));
  }

  private static Measurements shape(
      String name, List<EscapePoint> points, ToDoubleFunction<EscapePoint> law) {
    EscapePoint worst = KramersCriterion.furthest(points, law);
    return new Measurements()
        .judged(
            "rate / (c %s), furthest of %d (r = %s)"
                .formatted(name, points.size(), Plots.number(worst.scale())),
            KramersCriterion.over(worst, points, law),
            1,
            KramersCriterion.follows(points, law));
  }

  private static Csv<EscapePoint> table(List<EscapePoint> points, double exact) {
    return Csv.of("escape_rate", points)
        .column("scale", EscapePoint::scale)
        .column("learning_rate", EscapePoint::learningRate)
        .column("batch", p -> p.theory().batch())
        .column("noise", p -> p.reading().label)
        .column("rate_over_curvature", EscapePoint::reduced)
        .column("standard_error", EscapePoint::reducedError)
        .column("theory_discrete", EscapePoint::discrete)
        .column("theory_continuous", EscapePoint::continuous)
        .column(
            "exact_continuous",
            p -> p.reading() == NoiseReading.TWO_TEMPERATURES ? exact : Double.NaN)
        .column("escapes", p -> p.measured().events())
        .column("replicas", EscapePoint::replicas);
  }

  static List<EscapePoint> of(List<EscapePoint> points, NoiseReading reading) {
    return points.stream().filter(p -> p.reading() == reading).toList();
  }
}
