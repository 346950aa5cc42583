package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.runs.TrainConfiguration;

/**
 * What is trained, and what is judged of it.
 *
 * @param training plain SGD on one seed
 * @param methods SGD first, then SGLD by rising λ₃, then the grid of PL-SGD
 * @param selection seeds of every method, on which λ are chosen
 * @param comparison seeds of SGD and the chosen ones; none of them is a seed of the selection
 * @param atOnce how many seeds are trained in one program
 * @param lastEpochs over how many epochs a final value is the mean
 * @param gap generalisation error that is judged
 * @param margin of test accuracy
 */
record PlSgdPlan(
    TrainConfiguration training,
    List<NoiseMethod> methods,
    SeedRange selection,
    SeedRange comparison,
    int atOnce,
    double lastEpochs,
    CurveQuantity gap,
    double margin) {
  /** Readings of "generalization error". */
  static final Map<String, CurveQuantity> GAPS =
      Map.of("loss", CurveQuantity.LOSS_GAP, "accuracy", CurveQuantity.ACCURACY_GAP);

  PlSgdPlan {
    methods = List.copyOf(methods);
  }

  /**
   * Reads a plan.
   *
   * @param samples training samples there are
   */
  static PlSgdPlan of(Settings settings, ExperimentRequest request, int samples) {
    List<NoiseMethod> methods = new ArrayList<>(List.of(NoiseMethod.SGD));
    settings.notNegatives("lambda3").stream().sorted().map(NoiseMethod::sgld).forEach(methods::add);
    List<Double> additive = settings.notNegatives("lambda2").stream().sorted().toList();
    for (double lambda1 : settings.notNegatives("lambda1").stream().sorted().toList()) {
      additive.forEach(lambda2 -> methods.add(NoiseMethod.powerLaw(lambda1, lambda2)));
    }
    int selected = settings.integer("selection-seeds", 1);
    int compared = settings.integer("comparison-seeds", 1);
    return new PlSgdPlan(
        training(settings, request, samples),
        methods,
        new SeedRange(0, selected),
        new SeedRange(selected, compared),
        settings.integerOrAll("seeds-at-once").orElse(Math.max(selected, compared)),
        settings.positive("final-epochs"),
        gap(settings),
        settings.positive("margin"));
  }

  /** Plain SGD on cross-entropy from He initialisation, without augmentation or decay. */
  private static TrainConfiguration training(
      Settings settings, ExperimentRequest request, int samples) {
    return TrainingValues.of(settings, request, "")
        .data(samples)
        .network()
        .with("normalization", settings.text("normalize"))
        .with("loss", "ce")
        .with("initialization", "he")
        .with("optimizer", NoiseMethod.SGD.optimizer())
        .with("schedule", settings.text("schedule"))
        .with("epochs", settings.integer("epochs", 1))
        .with("checkpoint_every", settings.text("checkpoint-every"))
        .probes(settings.text("every"), "loss")
        .configuration();
  }

  private static CurveQuantity gap(Settings settings) {
    CurveQuantity gap = GAPS.get(settings.text("gap"));
    if (gap == null) {
      throw settings.wrong("gap", "must be loss or accuracy");
    }
    return gap;
  }
}
