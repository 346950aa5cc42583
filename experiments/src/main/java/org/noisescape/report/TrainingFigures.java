package org.noisescape.report;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Figures of a plain training run: losses, accuracies, noise strength. */
final class TrainingFigures {
  private static final Axis EPOCH = new Axis("Epoch", Scale.LINEAR);

  private TrainingFigures() {}

  /** The figures that the measurements suffice for. */
  static List<Figure> of(List<Metrics> replicas) {
    List<Figure> figures = new ArrayList<>();
    if (any(replicas, "train_loss")) {
      figures.add(
          new Figure(
              "loss",
              "Loss",
              "Loss over the whole data set against epochs done.",
              EPOCH,
              new Axis("Loss L", Scale.LOG),
              curves(
                  replicas,
                  new Curve("train_loss", "training", 0),
                  new Curve("test_loss", "test", 1))));
    }
    if (any(replicas, "train_accuracy") || any(replicas, "test_accuracy")) {
      figures.add(
          new Figure(
              "accuracy",
              "Accuracy",
              "Fraction of samples classified correctly against epochs done.",
              EPOCH,
              new Axis("Accuracy", Scale.LINEAR),
              curves(
                  replicas,
                  new Curve("train_accuracy", "training", 0),
                  new Curve("test_accuracy", "test", 1))));
    }
    if (any(replicas, "noise_strength")) {
      figures.add(
          new Figure(
              "noise",
              "Noise strength",
              "Noise strength N = tr S of the per-sample gradients over the whole training set, and"
                  + " the squared norm of the full gradient, against epochs done.",
              EPOCH,
              new Axis("N,  |∇L|²", Scale.LOG),
              curves(
                  replicas,
                  new Curve("noise_strength", "noise strength N", 0),
                  new Curve("gradient_norm_squared", "|∇L|²", 1))));
      figures.add(noiseAgainstLoss(replicas));
    }
    return figures;
  }

  private static Figure noiseAgainstLoss(List<Metrics> replicas) {
    List<Mark> marks = new ArrayList<>();
    int longest = replicas.stream().mapToInt(metrics -> metrics.rows().size()).max().orElse(0);
    int stride = Thinning.stride(longest, replicas.size());
    for (Metrics metrics : replicas) {
      marks.add(
          new Points(
              replicas.size() == 1 ? "measured" : "replica " + metrics.replica(),
              metrics.replica(),
              Thinning.every(stride, metrics.column("train_loss")),
              Thinning.every(stride, metrics.column("noise_strength"))));
    }
    return new Figure(
        "noise-vs-loss",
        "Noise strength against loss",
        "Noise strength N against training loss L, both over the whole training set."
            + (stride == 1 ? "" : " One in " + stride + " measurements is drawn."),
        new Axis("Training loss L", Scale.LOG),
        new Axis("Noise strength N", Scale.LOG),
        marks);
  }

  /** One quantity of a figure. */
  private record Curve(String quantity, String name, int colour) {}

  private static List<Mark> curves(List<Metrics> replicas, Curve... curves) {
    List<Mark> marks = new ArrayList<>();
    Stroke stroke = replicas.size() == 1 ? Stroke.SOLID : Stroke.THIN;
    for (Curve curve : curves) {
      for (Metrics metrics : replicas) {
        if (metrics.has(curve.quantity())) {
          String name = metrics.equals(replicas.getFirst()) ? curve.name() : "";
          double[] epochs = metrics.column("epoch");
          double[] values = metrics.column(curve.quantity());
          marks.add(new Line(name, curve.colour(), stroke, epochs, values));
          if (values.length == 1) {
            marks.add(new Points("", curve.colour(), epochs, values));
          }
        }
      }
    }
    return marks;
  }

  private static boolean any(List<Metrics> replicas, String quantity) {
    return replicas.stream().anyMatch(metrics -> metrics.has(quantity));
  }
}
