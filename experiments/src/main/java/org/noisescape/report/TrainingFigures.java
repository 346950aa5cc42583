package org.noisescape.report;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.report.Figure.Stroke;

/** Figures of a plain training run: losses, accuracies, noise strength. */
final class TrainingFigures {
  private TrainingFigures() {}

  /** The figures that the measurements suffice for. */
  static List<Figure> of(List<Metrics> replicas) {
    List<Figure> figures = new ArrayList<>();
    if (any(replicas, "train_loss")) {
      FigureBuilder loss = Figure.titled("loss", "Loss").x("Epoch").logY("Loss L");
      curves(loss, replicas, "train_loss", "training", 0);
      curves(loss, replicas, "test_loss", "test", 1);
      curves(loss, replicas, "validation_loss", "validation", 2);
      figures.add(loss.captioned("Loss over the whole data set against epochs done."));
    }
    if (any(replicas, "train_accuracy") || any(replicas, "test_accuracy")) {
      FigureBuilder accuracy = Figure.titled("accuracy", "Accuracy").x("Epoch").y("Accuracy");
      curves(accuracy, replicas, "train_accuracy", "training", 0);
      curves(accuracy, replicas, "test_accuracy", "test", 1);
      curves(accuracy, replicas, "validation_accuracy", "validation", 2);
      figures.add(
          accuracy.captioned("Fraction of samples classified correctly against epochs done."));
    }
    if (any(replicas, "noise_strength")) {
      FigureBuilder noise = Figure.titled("noise", "Noise strength").x("Epoch").logY("N,  |∇L|²");
      curves(noise, replicas, "noise_strength", "noise strength N", 0);
      curves(noise, replicas, "gradient_norm_squared", "|∇L|²", 1);
      figures.add(
          noise.captioned(
              "Noise strength N = tr S of the per-sample gradients over the whole training set, and"
                  + " the squared norm of the full gradient, against epochs done."));
      figures.add(noiseAgainstLoss(replicas));
    }
    return figures;
  }

  private static Figure noiseAgainstLoss(List<Metrics> replicas) {
    FigureBuilder figure =
        Figure.titled("noise-vs-loss", "Noise strength against loss")
            .logX("Training loss L")
            .logY("Noise strength N");
    int longest = replicas.stream().mapToInt(metrics -> metrics.rows().size()).max().orElse(0);
    int stride = Thinning.stride(longest, replicas.size());
    for (Metrics metrics : replicas) {
      figure.points(
          replicas.size() == 1 ? "measured" : "replica " + metrics.replica(),
          metrics.replica(),
          Thinning.every(stride, metrics.column("train_loss")),
          Thinning.every(stride, metrics.column("noise_strength")));
    }
    return figure.captioned(
        "Noise strength N against training loss L, both over the whole training set."
            + (stride == 1 ? "" : " One in " + stride + " measurements is drawn."));
  }

  /** A quantity of the replicas that have it. */
  private static void curves(
      FigureBuilder figure, List<Metrics> replicas, String quantity, String name, int colour) {
    Stroke stroke = replicas.size() == 1 ? Stroke.SOLID : Stroke.THIN;
    for (Metrics metrics : replicas) {
      if (metrics.has(quantity)) {
        double[] epochs = metrics.column("epoch");
        double[] values = metrics.column(quantity);
        String entry = metrics.equals(replicas.getFirst()) ? name : "";
        figure.line(entry, colour, stroke, epochs, values);
        if (values.length == 1) {
          figure.points("", colour, epochs, values);
        }
      }
    }
  }

  private static boolean any(List<Metrics> replicas, String quantity) {
    return replicas.stream().anyMatch(metrics -> metrics.has(quantity));
  }
}
