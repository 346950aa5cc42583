package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
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
        PlSgdSettings.training(settings, request, samples),
        methods,
        new SeedRange(0, selected),
        new SeedRange(selected, compared),
        settings.integerOrAll("seeds-at-once").orElse(Math.max(selected, compared)),
        settings.positive("final-epochs"),
        PlSgdSettings.gap(settings),
        settings.positive("margin"));
  }
}
