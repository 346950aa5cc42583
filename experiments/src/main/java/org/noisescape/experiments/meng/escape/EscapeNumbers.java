package org.noisescape.experiments.meng.escape;

import static org.noisescape.experiments.meng.escape.EscapeReading.EQUAL;
import static org.noisescape.experiments.meng.escape.EscapeReading.NOT_BELOW;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Rival;

/** Numbers and table of {@link EscapeTwoD}. */
final class EscapeNumbers {
  private EscapeNumbers() {}

  /** What is told of one reading on L and on the flatter loss. */
  static void describe(
      Measurements numbers,
      String which,
      EscapeReading reading,
      EscapeReading flatter,
      EscapeTwoD.Plan plan,
      long seed) {
    String name = which + " (" + reading.name() + ")";
    numbers
        .apart(
            name + ": lambda_1 that meets SGD",
            PointEstimate.unknown(reading.crossing()),
            EscapeReading.TEXT,
            Judgement.of(reading.verdict()))
        .apart(
            which + ": dynamics that escape less often from the flatter loss",
            PointEstimate.unknown(slower(reading, flatter)),
            reading.powerLaw().size() + 2.0,
            Judgement.of(flatter(reading, flatter)))
        .value(which + ": largest share of diverged replicas", reading.diverged());
    rate(numbers, which + ": SGD", reading.sgd());
    rate(numbers, which + ": Langevin", reading.langevin());
    for (int i = 0; i < reading.lambdas().size(); i++) {
      rate(numbers, which + ": lambda_1 = " + reading.lambdas().get(i), reading.powerLaw().get(i));
    }
    rate(numbers, which + ": SGD on the flatter loss", flatter.sgd());
    rate(numbers, which + ": Langevin on the flatter loss", flatter.langevin());
    EscapeScene scene = new EscapeScene(plan, reading.factor(), reading.batch(), seed);
    numbers
        .exact(
            which + ": minima of the surface (Fig. 3a)",
            (double) scene.minima(0).length * scene.minima(1).length,
            4)
        .value(which + ": height of the barrier", scene.height())
        .value(which + ": second coefficient of tr C, the text's about 30", scene.noiseCurvature())
        .value(
            which + ": lambda_1 of Eq. 12 with the second derivative of tr C",
            Math.sqrt(scene.noiseCurvature() / 2))
        .value(which + ": R^2 of the parabola through tr C", scene.noiseFit());
  }

  /** How much the reading that works depends on the samples. */
  static void others(Measurements numbers, List<EscapeReading> others) {
    if (others.isEmpty()) {
      return;
    }
    double[] crossings =
        others.stream().mapToDouble(EscapeReading::crossing).filter(Double::isFinite).toArray();
    String of = " of %d other sets of samples".formatted(others.size());
    spread(numbers, "working: lambda_1 that meets SGD," + of, crossings);
    spread(numbers, "working: SGD," + of, Column.of(others, r -> r.sgd().escaped().value()));
    spread(
        numbers, "working: Langevin," + of, Column.of(others, r -> r.langevin().escaped().value()));
    numbers.value(
        "working: sets of samples with the figure's order," + of,
        others.stream().filter(r -> r.verdict() == Verdict.AGREES).count());
  }

  /** Mean, and as its error the standard deviation: that of one more set of samples. */
  private static void spread(Measurements numbers, String name, double[] values) {
    SeedMean mean = SeedMean.of(values);
    numbers.estimate(name + " (error: deviation)", mean.mean(), mean.deviation());
  }

  private static void rate(Measurements numbers, String name, EscapedShare rate) {
    numbers.estimate(name, rate.escaped().value(), rate.escaped().standardError());
  }

  /** Fig. 3d: nothing escapes more often from the flatter loss, and not all as often. */
  static Verdict flatter(EscapeReading reading, EscapeReading flatter) {
    return Rival.decide(
        flatter(reading, flatter, NOT_BELOW).verdict(),
        List.of(new Rival("no difference", flatter(reading, flatter, EQUAL))));
  }

  private static Measurements flatter(
      EscapeReading reading, EscapeReading flatter, Criterion criterion) {
    Measurements numbers = new Measurements();
    differences(reading, flatter).forEach(difference -> numbers.judged("", difference, criterion));
    return numbers;
  }

  /** Rates on L less those on the flatter loss, which say nothing where descent is unstable. */
  private static List<PointEstimate> differences(EscapeReading reading, EscapeReading flatter) {
    List<PointEstimate> differences = new ArrayList<>();
    for (int i = 0; i < all(reading).size(); i++) {
      differences.add(
          share(reading, i)
              .estimate()
              .minus(share(flatter, i).estimate())
              .provided(reading.stable()));
    }
    return differences;
  }

  private static long slower(EscapeReading reading, EscapeReading flatter) {
    return differences(reading, flatter).stream()
        .filter(d -> d.value() > d.quantile() * d.standardError())
        .count();
  }

  private static Share share(EscapeReading reading, int i) {
    return all(reading).get(i).escaped();
  }

  private static List<EscapedShare> all(EscapeReading reading) {
    List<EscapedShare> all = new ArrayList<>(List.of(reading.sgd(), reading.langevin()));
    all.addAll(reading.powerLaw());
    return all;
  }

  /** One dynamics of a reading, with its λ₁. */
  private record Row(EscapeReading reading, String dynamics, double lambda, EscapedShare rate) {
    Share share() {
      return rate.escaped();
    }
  }

  static Csv<?> table(EscapeTwoD.Plan plan, List<EscapeReading> readings, List<EscapeReading> map) {
    List<EscapeReading> all = new ArrayList<>(readings);
    all.addAll(map);
    List<Row> rows = new ArrayList<>();
    for (EscapeReading reading : all) {
      rows.add(new Row(reading, "sgd", Double.NaN, reading.sgd()));
      rows.add(new Row(reading, "langevin", 0, reading.langevin()));
      for (int i = 0; i < reading.lambdas().size(); i++) {
        rows.add(
            new Row(reading, "power-law", reading.lambdas().get(i), reading.powerLaw().get(i)));
      }
    }
    return Csv.of("escape_rates", rows)
        .column("factor", r -> (float) r.reading().factor())
        .column("batch", r -> r.reading().batch())
        .column("meaning", r -> r.reading().meaning().label())
        .column("eta_h", r -> r.reading().stability())
        .column("dynamics", Row::dynamics)
        .column("learning_rate", r -> plan.rate())
        .column("strength", Row::lambda)
        .column("value", r -> r.share().value())
        .column("standard_error", r -> r.share().standardError())
        .column("lower", r -> r.share().lower(1.96))
        .column("upper", r -> r.share().upper(1.96))
        .column("replicas", r -> r.share().trials())
        .column("censored", r -> r.share().trials() - r.share().successes())
        .column("diverged", r -> r.rate().diverged())
        .column("value_of_first_100", r -> r.rate().first().value())
        .column("verdict_of_reading", r -> r.reading().verdict());
  }
}
