package org.noisescape.experiments.wei.network;

import static org.noisescape.experiments.wei.network.NetworkCriterion.mean;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.wei.ValleyMinima;

/** Numbers, rivals and tables of {@link NetworkValley}. */
final class NetworkNumbers {
  private NetworkNumbers() {}

  static Findings findings(double strength, ValleyMinima minima, List<NetworkRate> rates) {
    Criterion rate = NetworkCriterion.RATE;
    Criterion exponent = NetworkCriterion.EXPONENT;
    LemmaNumbers lemmas = rates.getFirst().lemmas();
    Measurements numbers =
        rates(rates, r -> 1)
            .addAll(exponent(rates, exponent))
            .addAll(slope(rates, NetworkCriterion.SLOPE))
            .value("change of tr H / Theorem 1, straight line to eta = 0", limit(rates));
    conditions(minima, rates, numbers);
    lemmas(lemmas, numbers);
    return Findings.of(numbers)
        .rival("no drift of the trace", rates(rates, r -> 0))
        .rival("half the rate", rates(rates, r -> 0.5))
        .rival("twice the rate", rates(rates, r -> 2))
        .rival(
            "isotropic noise of the same trace in the curved directions",
            rates(rates, r -> r.rival(r.isotropic()))
                .addAll(slope(rates, NetworkCriterion.SLOPE.against(-1))))
        .rival("the whole gradient of the trace", rates(rates, r -> r.rival(r.whole())))
        .rival("change proportional to eta", exponent(rates, exponent.against(1)))
        .rival("projections move with the state", moved(lemmas, NetworkCriterion.KEPT.against(1)))
        .rival(
            "the first minimum is as near",
            new Measurements()
                .judged(
                    "distance to the minimum SGD began at / that of the projection",
                    mean(lemmas.first()),
                    NetworkCriterion.NEAREST))
        .table(table(strength, rates))
        .table(directions(rates));
  }

  private static Measurements rates(List<NetworkRate> rates, ToDoubleFunction<NetworkRate> law) {
    Measurements numbers = new Measurements();
    for (NetworkRate rate : rates) {
      numbers.judged(
          "change of tr H / Theorem 1 at eta lambda = %.4g".formatted(rate.sharpness()),
          mean(rate.ratios()),
          NetworkCriterion.RATE.against(law.applyAsDouble(rate)));
    }
    return numbers;
  }

  private static Measurements exponent(List<NetworkRate> rates, Criterion law) {
    return new Measurements()
        .judged("exponent d ln|change| / d ln eta", mean(NetworkCriterion.exponents(rates)), law);
  }

  /** The ratios of the two extreme rates, continued to η = 0. */
  private static PointEstimate limit(List<NetworkRate> rates) {
    NetworkRate low = rates.getFirst();
    NetworkRate high = rates.getLast();
    double[] under = low.ratios();
    double[] over = high.ratios();
    double factor = high.learningRate() / low.learningRate();
    return mean(
        IntStream.range(0, under.length)
            .mapToDouble(i -> (factor * under[i] - over[i]) / (factor - 1))
            .toArray());
  }

  private static void conditions(
      ValleyMinima minima, List<NetworkRate> rates, Measurements numbers) {
    numbers
        .value("largest eigenvalue of all minima", minima.largest())
        .value("least positive one", minima.least())
        .exact("largest of the others / that", largest(minima.next()) / minima.least(), 0)
        .exact("largest loss at a minimum", largest(minima.loss()), 0)
        .exact("largest loss at a projected state", left(rates), 0)
        .exact(
            "largest deviation of v_i.S v_j / (sigma^2 sqrt(lambda_i lambda_j)) from 1 or 0",
            largest(minima.misaligned()),
            0)
        .exact("tr S / tr H with plain labels", largest(minima.noiseless()), 1)
        .value("largest relative error of a gradient of an eigenvalue", largest(minima.error()));
  }

  private static void lemmas(LemmaNumbers lemmas, Measurements numbers) {
    Criterion share = NetworkCriterion.SHARE;
    numbers
        .apart("L - L* / quadratic form at the projection, Eq. 17", mean(lemmas.quadratic()), share)
        .apart("the same in the axes of the first minimum, Eq. 1", mean(lemmas.fixed()), share)
        .apart("force along the gradient of the trace / Eq. 7", mean(lemmas.force()), share)
        .value("what Eq. 7 misses of the force in a single state", mean(lemmas.scatter()))
        .apart(
            "mean variance / Eq. 8",
            mean(each(lemmas, i -> Arrays.stream(lemmas.variances()[i]).average().orElseThrow())),
            share)
        .addApart(moved(lemmas, NetworkCriterion.KEPT))
        .value(
            "share of the path from first to last projection across the first axes, Prop. 3",
            mean(lemmas.turned()))
        .apart(
            "distance to the nearest minimum / that of the projection, Eq. 16",
            mean(lemmas.nearest()),
            NetworkCriterion.NEAREST);
  }

  /** Of variances over Eq. 8, means of all rates. */
  private static Measurements slope(List<NetworkRate> rates, Criterion law) {
    double[] slopes =
        IntStream.range(0, rates.getFirst().networks())
            .mapToDouble(
                i ->
                    NetworkCriterion.slope(
                        overRates(rates, lemmas -> lemmas.eigenvalues()[i]),
                        overRates(rates, lemmas -> lemmas.variances()[i])))
            .toArray();
    return new Measurements().judged("slope of ln variance on ln lambda, Eq. 8", mean(slopes), law);
  }

  private static double[] overRates(List<NetworkRate> rates, Function<LemmaNumbers, double[]> of) {
    double[] mean = new double[of.apply(rates.getFirst().lemmas()).length];
    for (NetworkRate rate : rates) {
      double[] one = of.apply(rate.lemmas());
      Arrays.setAll(mean, j -> mean[j] + one[j] / rates.size());
    }
    return mean;
  }

  private static Measurements moved(LemmaNumbers lemmas, Criterion law) {
    return new Measurements()
        .judged("share of a nudge across the valley kept, Lemma 2", mean(lemmas.moved()), law);
  }

  private static double[] each(LemmaNumbers lemmas, IntToDoubleFunction of) {
    return IntStream.range(0, lemmas.quadratic().length).mapToDouble(of).toArray();
  }

  private static double left(List<NetworkRate> rates) {
    return rates.stream().mapToDouble(NetworkRate::left).max().orElseThrow();
  }

  private static double largest(double... values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /** A snapshot of a network at a rate. */
  private record Row(NetworkRate rate, int network, int k) {}

  private static Csv<?> table(double strength, List<NetworkRate> rates) {
    List<Row> rows =
        rates.stream()
            .flatMap(
                rate ->
                    IntStream.range(0, rate.networks() * rate.trace()[0].length)
                        .mapToObj(
                            i ->
                                new Row(
                                    rate, i / rate.trace()[0].length, i % rate.trace()[0].length)))
            .toList();
    return Csv.of("network_trace", rows)
        .column("learning_rate", r -> r.rate().learningRate())
        .column("strength", r -> strength)
        .column("network", Row::network)
        .column("replicas", r -> r.rate().replicas())
        .column("step", r -> (long) r.rate().steps()[r.k()])
        .column("trace", r -> r.rate().trace()[r.network()][r.k()])
        .column("theorem_rate", r -> r.rate().theorem()[r.network()][r.k()])
        .column("isotropic_rate", r -> r.rate().isotropic()[r.network()][r.k()])
        .column("whole_rate", r -> r.rate().whole()[r.network()][r.k()])
        .column("change_error", r -> r.rate().changeError()[r.network()]);
  }

  private static Csv<?> directions(List<NetworkRate> rates) {
    int curved = rates.getFirst().lemmas().variances()[0].length;
    List<Row> rows =
        rates.stream()
            .flatMap(
                rate ->
                    IntStream.range(0, rate.networks() * curved)
                        .mapToObj(i -> new Row(rate, i / curved, i % curved)))
            .toList();
    return Csv.of("network_directions", rows)
        .column("learning_rate", r -> r.rate().learningRate())
        .column("network", Row::network)
        .column("direction", Row::k)
        .column("eigenvalue", r -> r.rate().lemmas().eigenvalues()[r.network()][r.k()])
        .column("variance_over_theory", r -> r.rate().lemmas().variances()[r.network()][r.k()]);
  }
}
