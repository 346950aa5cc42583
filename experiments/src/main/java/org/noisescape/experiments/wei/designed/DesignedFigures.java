package org.noisescape.experiments.wei.designed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;

/** Figures and table of {@link DesignedNoise}. */
final class DesignedFigures {
  private DesignedFigures() {}

  /** A figure each quantity, with all noises. */
  static List<Figure> of(List<DesignedPath> paths) {
    List<Figure> figures = new ArrayList<>();
    for (SpectrumNoise of : SpectrumNoise.values()) {
      FigureBuilder figure =
          Figure.titled(
                  "designed-" + of.column().replace('_', '-'),
                  "Change of the " + of.lowered() + " of the Hessian's positive eigenvalues")
              .x("Step")
              .y("Change of the " + of.lowered());
      for (DesignedPath path : paths) {
        double[] theory = new double[path.looks()];
        double[] measured = new double[path.looks()];
        double[] exchanged = new double[path.looks()];
        for (int i = 0; i < path.networks(); i++) {
          double[] values = path.values()[i][of.ordinal()];
          add(path, path.along(path.rates()[i][of.ordinal()]), theory);
          add(path, Arrays.stream(values).map(v -> v - values[0]).toArray(), measured);
          add(path, path.along(path.exchanged()[i]), exchanged);
        }
        int colour = path.noise().ordinal();
        figure
            .points(path.noise().label(), colour, path.steps(), measured)
            .dashed(colour == 0 ? "Eq. 13" : "", Figure.INK, path.steps(), theory);
        if (path.noise() == of) {
          figure
              .line("half and twice", 5, Stroke.THIN, path.steps(), scaled(theory, 0.5))
              .line("", 5, Stroke.THIN, path.steps(), scaled(theory, 2))
              .line("the other noise's rate", 6, Stroke.THIN, path.steps(), exchanged);
        }
      }
      figures.add(
          figure.captioned(
              "Projected states, mean over networks and replicas. Dashed: Eq. 13, which is Theorem"
                  + " 2 for the noise that is designed for this quantity, summed along the path."
                  + " Thin: other laws of that noise."));
    }
    return figures;
  }

  private static void add(DesignedPath path, double[] one, double[] mean) {
    Arrays.setAll(mean, k -> mean[k] + one[k] / path.networks());
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  /** A quantity of a network at a snapshot. */
  private record Row(DesignedPath path, int network, SpectrumNoise of, int k) {}

  static Csv<?> table(List<DesignedPath> paths) {
    List<Row> rows = new ArrayList<>();
    for (DesignedPath path : paths) {
      for (int i = 0; i < path.networks(); i++) {
        for (SpectrumNoise of : SpectrumNoise.values()) {
          for (int k = 0; k < path.looks(); k++) {
            rows.add(new Row(path, i, of, k));
          }
        }
      }
    }
    return Csv.of("designed_noise", rows)
        .column("noise", r -> r.path().noise().name().toLowerCase(Locale.ROOT))
        .column("learning_rate", r -> r.path().learningRate())
        .column("network", Row::network)
        .column("replicas", r -> r.path().replicas())
        .column("step", r -> (long) r.path().steps()[r.k()])
        .column("quantity", r -> r.of().column())
        .column("value", r -> r.path().values()[r.network()][r.of().ordinal()][r.k()])
        .column("theory_rate", r -> r.path().rates()[r.network()][r.of().ordinal()][r.k()]);
  }
}
