package org.noisescape.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Stroke;

/** Noise strength against loss, of all runs that measured both: trainings and experiments. */
final class NoiseOverlay {
  private static final String LOSS = "train_loss";
  private static final String NOISE = "noise_strength";

  /** What is drawn of a trajectory, in its order: loss and noise above zero. */
  private record Series(String name, int colour, double[] loss, double[] noise) {}

  private final List<Series> all = new ArrayList<>();
  private double logLoss;
  private double logNoise;
  private double low = Double.POSITIVE_INFINITY;
  private double high;
  private int points;

  private NoiseOverlay() {}

  /** The figure, where anything measured both. */
  static Optional<Figure> of(List<TrainingGroup> groups, GroupNames names, List<ReportedRun> runs)
      throws IOException {
    NoiseOverlay overlay = new NoiseOverlay();
    for (TrainingGroup group : groups) {
      String name = names.legend(group, group.trajectories().size());
      for (Metrics trajectory : group.trajectories()) {
        double[] loss = trajectory.column(LOSS);
        double[] noise = trajectory.column(NOISE);
        name = overlay.add(name, group.index(), loss, noise) ? "" : name;
      }
    }
    int colour = groups.size();
    for (ReportedRun run : runs) {
      if (run.folder().isExperiment()) {
        for (Path file : run.folder().tables()) {
          Optional<RunTable> table = RunTable.read(file, List.of(LOSS, NOISE));
          if (table.isPresent()) {
            for (Map.Entry<String, RunTable> part : table.get().by("panel").entrySet()) {
              String name = (run.name() + " " + part.getKey()).strip();
              RunTable own = part.getValue();
              overlay.add(name, colour++, own.numbers(LOSS), own.numbers(NOISE));
            }
          }
        }
      }
    }
    return overlay.figure(names);
  }

  private boolean add(String name, int colour, double[] loss, double[] noise) {
    int[] shown =
        IntStream.range(0, loss.length)
            .filter(i -> loss[i] > 0 && noise[i] > 0)
            .filter(i -> Double.isFinite(loss[i]) && Double.isFinite(noise[i]))
            .toArray();
    if (shown.length == 0) {
      return false;
    }
    double[] x = Arrays.stream(shown).mapToDouble(i -> loss[i]).toArray();
    double[] y = Arrays.stream(shown).mapToDouble(i -> noise[i]).toArray();
    for (int i = 0; i < x.length; i++) {
      logLoss += Math.log(x[i]);
      logNoise += Math.log(y[i]);
      low = Math.min(low, x[i]);
      high = Math.max(high, x[i]);
    }
    points += x.length;
    all.add(new Series(name, colour, x, y));
    return true;
  }

  private Optional<Figure> figure(GroupNames names) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double ratio = Math.exp((logNoise - logLoss) / points);
    FigureBuilder figure =
        Figure.titled("noise-vs-loss", "Noise strength against loss")
            .logX("Training loss L")
            .logY("Noise strength 𝒩")
            .line(
                "N ∝ L, to guide the eye",
                Figure.INK,
                Stroke.DOTTED,
                new double[] {low, high},
                loss -> ratio * loss);
    boolean thinned = false;
    for (Series series : all) {
      int stride = Thinning.stride(series.loss().length, all.size());
      thinned |= stride > 1;
      figure.points(
          series.name(),
          series.colour(),
          Thinning.every(stride, series.loss()),
          Thinning.every(stride, series.noise()));
    }
    return Optional.of(
        figure.captioned(
            "Noise strength 𝒩 against training loss L, both over the whole training set; a symbol a"
                + " measurement, all replicas of a configuration alike."
                + (thinned ? " Of long runs not every measurement is drawn." : "")
                + names.legendElsewhere()));
  }
}
