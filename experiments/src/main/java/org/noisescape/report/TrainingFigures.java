package org.noisescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Figures of a training: everything that {@code metrics.jsonl} holds. */
final class TrainingFigures {
  private static final String LOSS = "train_loss";
  private static final String NOISE = "noise_strength";

  /** Fewer eigenvalues are seen as well over the epochs. */
  private static final int LEAST_SPECTRUM = 3;

  private TrainingFigures() {}

  /** The figures that the measurements suffice for. */
  static List<Figure> of(List<Metrics> replicas) {
    List<Figure> figures = new ArrayList<>();
    MeasuredColumns columns = new MeasuredColumns(replicas);
    for (MeasuredColumns.Family family : columns.families()) {
      FamilyFigure.of(family, columns, replicas).ifPresent(figures::add);
      if (family.columns().contains(NOISE) && any(replicas, LOSS)) {
        figures.add(noiseAgainstLoss(replicas));
      }
      if (family.drawn().figure().matches("(hessian|ggn|covariance|preconditioned)-top")
          && family.columns().size() >= LEAST_SPECTRUM) {
        figures.add(spectrum(family, columns, replicas));
      }
    }
    if (!replicas.isEmpty()) {
      figures.addAll(ShapeFigures.of(replicas.getFirst(), replicas.size() > 1));
    }
    return figures;
  }

  private static Figure noiseAgainstLoss(List<Metrics> replicas) {
    FigureBuilder figure =
        Figure.titled("noise-vs-loss", "Noise strength against loss")
            .logX("Training loss L")
            .logY("Noise strength 𝒩");
    int longest = replicas.stream().mapToInt(metrics -> metrics.rows().size()).max().orElse(0);
    int stride = Thinning.stride(longest, replicas.size());
    for (Metrics metrics : replicas) {
      double[] noise = metrics.column(NOISE);
      double[] error = metrics.column(NOISE + "_standard_error");
      figure.points(
          replicas.size() == 1 ? "measured" : "replica " + metrics.replica(),
          metrics.replica(),
          Thinning.every(stride, metrics.column(LOSS)),
          Thinning.every(stride, noise),
          Arrays.stream(Thinning.every(stride, error)).map(e -> e > 0 ? e : 0).toArray());
    }
    return figure.captioned(
        "Noise strength 𝒩 against training loss L, both over the whole training set; bars: ±"
            + " standard error."
            + (stride == 1 ? "" : " One in " + stride + " measurements is drawn."));
  }

  /** Eigenvalues by rank where they were measured last. */
  private static Figure spectrum(
      MeasuredColumns.Family family, MeasuredColumns columns, List<Metrics> replicas) {
    FigureBuilder figure =
        Figure.titled(family.drawn().figure() + "-spectrum", family.drawn().title() + " by rank");
    int count = family.columns().size();
    double[] ranks = IntStream.rangeClosed(1, count).asDoubleStream().toArray();
    boolean positive = true;
    for (Metrics metrics : replicas) {
      Map<String, Double> row = last(metrics, family.columns().getFirst());
      double[] values =
          family.columns().stream().mapToDouble(c -> row.getOrDefault(c, Double.NaN)).toArray();
      double[] errors =
          family.columns().stream()
              .mapToDouble(c -> columns.error(c).map(e -> row.getOrDefault(e, 0.0)).orElse(0.0))
              .toArray();
      positive &= Arrays.stream(values).allMatch(value -> value > 0 || Double.isNaN(value));
      figure
          .line("", metrics.replica(), Stroke.THIN, ranks, values)
          .points(
              replicas.size() == 1 ? "" : "replica " + metrics.replica(),
              metrics.replica(),
              ranks,
              values,
              errors);
    }
    return figure
        .x("Rank")
        .y(family.drawn().label(), positive ? Scale.LOG : Scale.LINEAR)
        .captioned("At the last measurement, by rank; bars: residuals.");
  }

  private static Map<String, Double> last(Metrics metrics, String column) {
    return metrics.rows().reversed().stream()
        .filter(row -> row.containsKey(column))
        .findFirst()
        .orElse(Map.of());
  }

  private static boolean any(List<Metrics> replicas, String quantity) {
    return replicas.stream().anyMatch(metrics -> metrics.has(quantity));
  }
}
