package org.noisescape.experiments.wei.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Figures of {@link NetworkValley}. */
final class NetworkFigures {
  private NetworkFigures() {}

  static List<Figure> of(double strength, List<NetworkRate> rates) {
    return List.of(trace(strength, rates), variances(rates.getFirst()));
  }

  /** Means of the networks, on the axis where all rates have one line. */
  private static Figure trace(double strength, List<NetworkRate> rates) {
    FigureBuilder figure =
        Figure.titled("network-trace", "Trace of the Hessian along the projected path of SGD")
            .x("\u03b7\u00b2s/4 times steps")
            .y("Change of the trace");
    for (int i = 0; i < rates.size(); i++) {
      NetworkRate rate = rates.get(i);
      double unit = rate.learningRate() * rate.learningRate() * strength / 4;
      double[] x = Arrays.stream(rate.steps()).map(step -> step * unit).toArray();
      double[] theorem = mean(rate, rate.theorem());
      figure
          .points("SGD, \u03b7\u03bb = %.3g".formatted(rate.sharpness()), i, x, measured(rate))
          .dashed(i == 0 ? "Theorem 1" : "", Figure.INK, x, theorem);
      if (i == 0) {
        figure
            .line("half and twice", 3, Stroke.THIN, x, scaled(theorem, 0.5))
            .line("", 3, Stroke.THIN, x, scaled(theorem, 2))
            .line("isotropic noise", 4, Stroke.THIN, x, mean(rate, rate.isotropic()))
            .line("the whole gradient", 5, Stroke.THIN, x, mean(rate, rate.whole()))
            .line("no drift", 6, Stroke.THIN, x, scaled(theorem, 0));
      }
    }
    return figure.captioned(
        "Projected states, mean over networks and their replicas. Dashed: Theorem 1 with the gradient"
            + " of the trace along the valley at the projected states, summed by trapezoids. Thin:"
            + " other laws, at the smallest rate; isotropic noise has the trace of the aligned one in"
            + " the curved directions.");
  }

  private static double[] measured(NetworkRate rate) {
    return over(
        rate, i -> Arrays.stream(rate.trace()[i]).map(t -> t - rate.trace()[i][0]).toArray());
  }

  private static double[] mean(NetworkRate rate, double[][] law) {
    return over(rate, i -> rate.along(law[i]));
  }

  private static double[] over(NetworkRate rate, Function<Integer, double[]> of) {
    double[] mean = new double[rate.trace()[0].length];
    for (int i = 0; i < rate.networks(); i++) {
      double[] one = of.apply(i);
      Arrays.setAll(mean, k -> mean[k] + one[k] / rate.networks());
    }
    return mean;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  private static Figure variances(NetworkRate rate) {
    LemmaNumbers lemmas = rate.lemmas();
    double[] x = Arrays.stream(lemmas.eigenvalues()).flatMapToDouble(Arrays::stream).toArray();
    double[] y = Arrays.stream(lemmas.variances()).flatMapToDouble(Arrays::stream).toArray();
    double[] ends = {Arrays.stream(x).min().orElseThrow(), Arrays.stream(x).max().orElseThrow()};
    // noise of the same trace in all n directions: C = s T/n instead of s lambda
    double perDirection =
        IntStream.range(0, rate.networks())
            .mapToDouble(i -> Arrays.stream(lemmas.eigenvalues()[i]).average().orElseThrow())
            .average()
            .orElseThrow();
    return Figure.titled(
            "network-variances", "Variance of SGD along the eigenvectors of the Hessian")
        .logX("Eigenvalue at the projection")
        .logY("Variance / (\u03b7s/2)")
        .points("SGD", 0, x, y)
        .line("Eq. 8", Figure.INK, Stroke.DASHED, ends, e -> 1)
        .line(
            "with the iteration's own factor",
            1,
            Stroke.DOTTED,
            ends,
            e -> 1 / (1 - rate.learningRate() * e / 2))
        .line("isotropic noise", 4, Stroke.THIN, ends, e -> perDirection / e)
        .captioned(
            "States of SGD against their projections, at the smallest learning rate; a point an"
                + " eigenvector of a network, mean over replicas and snapshots.");
  }
}
