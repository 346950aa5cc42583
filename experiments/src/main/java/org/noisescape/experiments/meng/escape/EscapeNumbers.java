package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.frame.NamedMeasurement;

/** Numbers and table of {@link EscapeTwoD}. */
final class EscapeNumbers {
  private static final double STANDARD_ERRORS = 2;

  private EscapeNumbers() {}

  /** What is told of one reading on L and on the flatter loss. */
  static void describe(
      List<NamedMeasurement> numbers,
      String which,
      EscapeReading reading,
      EscapeReading flatter,
      EscapeTwoD.Plan plan,
      long seed) {
    EscapeScene scene = new EscapeScene(plan, reading.factor(), reading.batch(), seed);
    String name = which + " (" + reading.name() + ")";
    numbers.add(
        new NamedMeasurement(
            name + ": lambda_1 that meets SGD",
            reading.crossing(),
            Double.NaN,
            32,
            Optional.of(reading.verdict())));
    numbers.add(
        new NamedMeasurement(
            which + ": dynamics that escape less often from the flatter loss",
            slower(reading, flatter),
            Double.NaN,
            reading.powerLaw().size() + 2.0,
            Optional.of(flatter(reading, flatter))));
    number(numbers, which + ": eta H at the minimum, stable below 2", scene.stability());
    number(numbers, which + ": largest share of diverged replicas", reading.diverged());
    rate(numbers, which + ": SGD", reading.sgd());
    rate(numbers, which + ": Langevin", reading.langevin());
    for (int i = 0; i < reading.lambdas().size(); i++) {
      rate(numbers, which + ": lambda_1 = " + reading.lambdas().get(i), reading.powerLaw().get(i));
    }
    rate(numbers, which + ": SGD on the flatter loss", flatter.sgd());
    rate(numbers, which + ": Langevin on the flatter loss", flatter.langevin());
    number(numbers, which + ": height of the barrier", scene.height());
    number(
        numbers,
        which + ": lambda_1 of Eq. 12 with the second derivative of tr C",
        Math.sqrt(scene.noiseCurvature() / 2));
    number(numbers, which + ": R^2 of the parabola through tr C", scene.noiseFit());
  }

  /** How much the reading that works depends on the samples. */
  static void others(List<NamedMeasurement> numbers, List<EscapeReading> others) {
    if (others.isEmpty()) {
      return;
    }
    double[] crossings =
        others.stream().mapToDouble(EscapeReading::crossing).filter(Double::isFinite).toArray();
    String of = " of %d other sets of samples".formatted(others.size());
    spread(numbers, "working: lambda_1 that meets SGD," + of, crossings);
    spread(
        numbers,
        "working: SGD," + of,
        others.stream().mapToDouble(r -> r.sgd().escaped().value()).toArray());
    spread(
        numbers,
        "working: Langevin," + of,
        others.stream().mapToDouble(r -> r.langevin().escaped().value()).toArray());
    numbers.add(
        new NamedMeasurement(
            "working: sets of samples with the figure's order," + of,
            others.stream().filter(r -> r.verdict() == Verdict.AGREES).count(),
            Double.NaN,
            Double.NaN));
  }

  /** Mean, and as its error the standard deviation: that of one more set of samples. */
  private static void spread(List<NamedMeasurement> numbers, String name, double[] values) {
    SeedMean mean = SeedMean.of(values);
    numbers.add(
        new NamedMeasurement(
            name + " (error: deviation)", mean.mean(), mean.deviation(), Double.NaN));
  }

  private static void number(List<NamedMeasurement> numbers, String name, double value) {
    numbers.add(new NamedMeasurement(name, value, Double.NaN, Double.NaN));
  }

  private static void rate(List<NamedMeasurement> numbers, String name, EscapedShare rate) {
    numbers.add(
        new NamedMeasurement(
            name, rate.escaped().value(), rate.escaped().standardError(), Double.NaN));
  }

  /** Fig. 3d. */
  static Verdict flatter(EscapeReading reading, EscapeReading flatter) {
    for (int i = 0; i < all(reading).size(); i++) {
      if (share(flatter, i).above(share(reading, i), STANDARD_ERRORS)) {
        return Verdict.DISAGREES;
      }
    }
    boolean enough = reading.stability() < 2;
    return enough && slower(reading, flatter) > 0 ? Verdict.AGREES : Verdict.INCONCLUSIVE;
  }

  private static int slower(EscapeReading reading, EscapeReading flatter) {
    int count = 0;
    for (int i = 0; i < all(reading).size(); i++) {
      count += share(reading, i).above(share(flatter, i), STANDARD_ERRORS) ? 1 : 0;
    }
    return count;
  }

  private static Share share(EscapeReading reading, int i) {
    return all(reading).get(i).escaped();
  }

  private static List<EscapedShare> all(EscapeReading reading) {
    List<EscapedShare> all = new ArrayList<>(List.of(reading.sgd(), reading.langevin()));
    all.addAll(reading.powerLaw());
    return all;
  }

  static CsvTable table(
      EscapeTwoD.Plan plan, List<EscapeReading> readings, List<EscapeReading> map) {
    CsvTable table =
        new CsvTable(
            "escape_rates",
            "factor",
            "batch",
            "meaning",
            "eta_h",
            "dynamics",
            "learning_rate",
            "strength",
            "value",
            "standard_error",
            "lower",
            "upper",
            "replicas",
            "censored",
            "diverged",
            "value_of_first_100",
            "verdict_of_reading");
    for (EscapeReading reading : readings) {
      rows(table, plan, reading);
    }
    for (EscapeReading reading : map) {
      rows(table, plan, reading);
    }
    return table;
  }

  private static void rows(CsvTable table, EscapeTwoD.Plan plan, EscapeReading reading) {
    row(table, plan, reading, "sgd", Double.NaN, reading.sgd());
    row(table, plan, reading, "langevin", 0, reading.langevin());
    for (int i = 0; i < reading.lambdas().size(); i++) {
      row(table, plan, reading, "power-law", reading.lambdas().get(i), reading.powerLaw().get(i));
    }
  }

  private static void row(
      CsvTable table,
      EscapeTwoD.Plan plan,
      EscapeReading reading,
      String dynamics,
      double lambda,
      EscapedShare rate) {
    Share share = rate.escaped();
    table.row(
        (float) reading.factor(),
        reading.batch(),
        reading.meaning().label(),
        reading.stability(),
        dynamics,
        plan.rate(),
        lambda,
        share.value(),
        share.standardError(),
        share.lower(1.96),
        share.upper(1.96),
        share.trials(),
        share.trials() - share.successes(),
        rate.diverged(),
        rate.first().value(),
        reading.verdict());
  }
}
