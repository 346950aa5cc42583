package org.noisescape.quantities;

import java.util.Arrays;
import org.noisescape.objective.ClassCounts;

/** How the samples are classified: the confusion matrix, or the top-k accuracy. */
final class Classification {
  private Classification() {}

  /**
   * The confusion matrix row by row, C² counts of true and predicted class, with the accuracies of
   * the classes beside it.
   *
   * @param need training or test samples
   */
  record Confusion(Need need) implements Measure.OfClasses {
    @Override
    public Finding measure(Point point, int k) {
      ClassCounts counts = point.classes(need);
      int classes = counts.classes();
      double[] accuracies = new double[classes];
      double[] errors = new double[classes];
      double[] samples = new double[classes];
      Arrays.setAll(samples, counts::samples);
      for (int truth = 0; truth < classes; truth++) {
        accuracies[truth] = counts.right(truth) / samples[truth];
        errors[truth] = ClassCounts.standardError(counts.right(truth), counts.samples(truth));
      }
      return Finding.exact(Arrays.stream(counts.confusion()).asDoubleStream().toArray())
          .with("classes", (long) classes)
          .with("class_samples", samples)
          .with("class_accuracy", accuracies)
          .with("class_accuracy_standard_error", errors);
    }
  }

  /**
   * The share of samples whose true class is among the k largest outputs.
   *
   * @param need training or test samples
   */
  record Top(Need need) implements Measure.OfClasses {
    @Override
    public void announce(Demand demand, int k) {
      int classes = Math.max(2, demand.outputs());
      if (k >= classes) {
        throw new IllegalArgumentException(
            "of %d classes it is 1 whatever the model does: choose K from 1 to %d"
                .formatted(classes, classes - 1));
      }
    }

    @Override
    public Finding measure(Point point, int k) {
      ClassCounts counts = point.classes(need);
      return Finding.mean(
          (double) counts.top(k) / counts.samples(),
          ClassCounts.standardError(counts.top(k), counts.samples()));
    }
  }
}
