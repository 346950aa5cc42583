package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.ClassCounts;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Tensor;

/**
 * How training, test and validation samples are classified, counted over all of them: the confusion
 * matrix with the accuracy of each class, or the top-k accuracy.
 *
 * <p>Errors are binomial standard errors √(p(1 − p)/n). Cost: a forward pass over each, the outputs
 * of which are read back.
 */
public final class ClassificationProbe implements Probe {
  /** A matrix of more has more columns than anyone reads. */
  static final int MOST_CLASSES = 100;

  /** Writes what is asked for of a data set. */
  @FunctionalInterface
  private interface Columns {
    void put(Map<String, Double> quantities, String prefix, ClassCounts counts);
  }

  private final Map<String, EmpiricalRisk> risks = new LinkedHashMap<>();
  private final Columns columns;
  private final int replicas;

  private ClassificationProbe(ProbeSite site, Columns columns) {
    this.columns = columns;
    this.replicas = site.plan().replicas();
    risks.put("train_", risk(site, site.train()));
    site.test().ifPresent(held -> risks.put("test_", risk(site, held)));
    site.validation().ifPresent(held -> risks.put("validation_", risk(site, held)));
  }

  private static EmpiricalRisk risk(ProbeSite site, ResidentData data) {
    RiskOptions options =
        RiskOptions.values()
            .with(Backward.NO)
            .withReplicas(site.plan().replicas())
            .withStatistics(site.evaluation());
    return new EmpiricalRisk(data, site.arena(), options).stoppedBy(site.stop());
  }

  /**
   * The accuracy of each class, {@code test_class_accuracy_3}, where there are samples of it, and
   * the confusion matrix, {@code test_confusion_3_5} for samples of true class 3 that are predicted
   * to be of class 5; the same of the other samples.
   */
  public static Probe.Factory confusion() {
    return site -> {
      int outputs = site.plan().network().outputSize();
      if (outputs > MOST_CLASSES) {
        throw new IllegalArgumentException(
            "a confusion matrix is measured of at most %d classes, the model has %d outputs: measure the top-k accuracy"
                .formatted(MOST_CLASSES, outputs));
      }
      return new ClassificationProbe(site, ClassificationProbe::putConfusion);
    };
  }

  /**
   * The share of samples whose true class is among the k largest outputs, {@code
   * test_top5_accuracy}.
   *
   * @param k at least 1, less than the number of classes
   */
  public static Probe.Factory top(int k) {
    return site -> {
      int classes = Math.max(2, site.plan().network().outputSize());
      if (k >= classes) {
        throw new IllegalArgumentException(
            "the top-%d accuracy of %d classes is 1 whatever the model does: choose K from 1 to %d"
                .formatted(k, classes, classes - 1));
      }
      return new ClassificationProbe(
          site,
          (quantities, prefix, counts) ->
              putShare(
                  quantities, prefix + "top" + k + "_accuracy", counts.top(k), counts.samples()));
    };
  }

  private static void putConfusion(
      Map<String, Double> quantities, String prefix, ClassCounts counts) {
    int classes = counts.classes();
    for (int truth = 0; truth < classes; truth++) {
      if (counts.samples(truth) > 0) {
        putShare(
            quantities,
            prefix + "class_accuracy_" + truth,
            counts.right(truth),
            counts.samples(truth));
      }
    }
    for (int i = 0; i < classes * classes; i++) {
      quantities.put(
          prefix + "confusion_" + i / classes + "_" + i % classes, (double) counts.confusion()[i]);
    }
  }

  private static void putShare(
      Map<String, Double> quantities, String name, long part, long samples) {
    quantities.put(name, (double) part / samples);
    quantities.put(name + "_standard_error", ClassCounts.standardError(part, samples));
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    List<Map<String, Double>> all = new ArrayList<>();
    for (int r = 0; r < replicas; r++) {
      all.add(new LinkedHashMap<>());
    }
    risks.forEach(
        (prefix, risk) -> {
          ClassCounts[] counts = new ClassCounts[replicas];
          risk.value(views, counts);
          for (int r = 0; r < replicas; r++) {
            columns.put(all.get(r), prefix, counts[r]);
          }
        });
    return all;
  }
}
