package org.noisescape.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Noise strength against loss, of all runs that measured both: trainings and experiments. */
final class NoiseOverlay {
  /** Points of a trajectory that are drawn. */
  private static final int MOST_POINTS = 200;

  private static final String LOSS = "train_loss";
  private static final String NOISE = "noise_strength";
  private static final double[] NO_ERROR = {};

  private final List<Mark> marks = new ArrayList<>();
  private double logLoss;
  private double logNoise;
  private double low = Double.POSITIVE_INFINITY;
  private double high;
  private int points;
  private boolean thinned;

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
    return overlay.figure();
  }

  private boolean add(String name, int colour, double[] loss, double[] noise) {
    int[] shown =
        java.util.stream.IntStream.range(0, loss.length)
            .filter(i -> loss[i] > 0 && noise[i] > 0)
            .filter(i -> Double.isFinite(loss[i]) && Double.isFinite(noise[i]))
            .toArray();
    if (shown.length == 0) {
      return false;
    }
    int every = Thinning.stride(shown.length, MOST_POINTS);
    thinned |= every > 1;
    int[] drawn =
        java.util.stream.IntStream.range(0, shown.length)
            .filter(i -> i % every == 0)
            .map(i -> shown[i])
            .toArray();
    double[] x = Arrays.stream(drawn).mapToDouble(i -> loss[i]).toArray();
    double[] y = Arrays.stream(drawn).mapToDouble(i -> noise[i]).toArray();
    for (int i = 0; i < x.length; i++) {
      logLoss += Math.log(x[i]);
      logNoise += Math.log(y[i]);
      low = Math.min(low, x[i]);
      high = Math.max(high, x[i]);
    }
    points += x.length;
    marks.add(new Points(name, colour, x, y, NO_ERROR));
    return true;
  }

  private Optional<Figure> figure() {
    if (marks.isEmpty()) {
      return Optional.empty();
    }
    double ratio = Math.exp((logNoise - logLoss) / points);
    List<Mark> all = new ArrayList<>();
    double[] ends = {low, high};
    double[] guide = {ratio * low, ratio * high};
    all.add(new Line("N ∝ L, to guide the eye", Figure.INK, Stroke.DOTTED, ends, guide));
    all.addAll(marks);
    return Optional.of(
        new Figure(
            "noise-vs-loss",
            "Noise strength against loss",
            "Noise strength N against training loss L, both over the whole training set; a symbol a"
                + " measurement, all replicas of a configuration alike."
                + (thinned ? " Of long runs at most " + MOST_POINTS + " points are drawn." : ""),
            new Axis("Training loss L", Scale.LOG),
            new Axis("Noise strength N", Scale.LOG),
            all));
  }
}
