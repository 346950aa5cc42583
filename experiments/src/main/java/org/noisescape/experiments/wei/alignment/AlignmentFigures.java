package org.noisescape.experiments.wei.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.Metrics;

/** Fig. 5 of the text: cosine similarity and training loss against epochs, a loss each. */
final class AlignmentFigures {

  private AlignmentFigures() {}

  /** Both figures of a panel. */
  static List<Figure> of(
      AlignmentPanel panel, List<AlignmentPoint> points, List<Metrics> training) {
    return List.of(similarity(panel, points), loss(panel, training));
  }

  private static Figure similarity(AlignmentPanel panel, List<AlignmentPoint> points) {
    double[] epochs = Column.of(panel.epochs(), epoch -> epoch);
    double[] ends = {epochs[0], epochs[epochs.length - 1]};
    double[] bound = {AlignmentCriterion.THRESHOLD, AlignmentCriterion.THRESHOLD};
    List<Mark> marks = new ArrayList<>();
    marks.add(new Line("0.9, the text's bound", Figure.INK, Stroke.DASHED, ends, bound));
    series(marks, "C centred", 1, panel, points, AlignmentSums::centred);
    series(marks, "C as in the text, not centred", 0, panel, points, AlignmentSums::uncentred);
    series(marks, "eigenvectors turned at random", 2, panel, points, AlignmentSums::rotated);
    marks.add(
        new Line("random symmetric matrices", Figure.INK, Stroke.DOTTED, ends, new double[2]));
    return new Figure(
        panel.name() + "-alignment",
        panel.title() + ": alignment of Hessian and noise",
        panel.description()
            + ". Cosine similarity of the Hessian of L and the covariance C of the per-sample"
            + " gradients, "
            + panel.vectors().map(v -> "by " + v + " random vectors").orElse("exact")
            + ", over "
            + panel.samples().map(n -> "the first " + n).orElse("all")
            + " training samples; mean over seeds with its standard error. Controls: the mean over"
            + " random rotations of one of the two, with both spectra as they are, and independent"
            + " random symmetric matrices.",
        new Axis("Epoch", Scale.LINEAR),
        new Axis("Cosine similarity CS(H, C)", Scale.LINEAR),
        marks);
  }

  private static void series(
      List<Mark> marks,
      String name,
      int colour,
      AlignmentPanel panel,
      List<AlignmentPoint> points,
      ToDoubleFunction<AlignmentSums> quantity) {
    List<Integer> epochs = panel.epochs();
    double[] x = Column.of(epochs, epoch -> epoch);
    double[] mean = new double[x.length];
    double[] error = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int epoch = epochs.get(i);
      SeedMean seeds =
          Measurements.over(
              points.stream().filter(point -> point.epoch() == epoch).toList(),
              point -> quantity.applyAsDouble(point.sums()));
      mean[i] = seeds.mean();
      error[i] = Double.isNaN(seeds.standardError()) ? 0 : seeds.standardError();
    }
    marks.add(new Line("", colour, Stroke.SOLID, x, mean));
    marks.add(new Points(name, colour, x, mean, error));
  }

  private static Figure loss(AlignmentPanel panel, List<Metrics> training) {
    List<Mark> marks = new ArrayList<>();
    for (Metrics seed : training) {
      double[] epochs = seed.column("epoch");
      marks.add(
          new Line(
              "seed " + seed.replica(),
              seed.replica(),
              Stroke.SOLID,
              epochs,
              seed.column("train_loss")));
    }
    return new Figure(
        panel.name() + "-training",
        panel.title() + ": training loss",
        panel.description()
            + String.format(
                Locale.ROOT, ". Loss over all %d training samples after each epoch.", panel.size()),
        new Axis("Epoch", Scale.LINEAR),
        new Axis("Training loss L", Scale.LINEAR),
        marks);
  }
}
