package org.noisescape.experiments.meng.plsgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.train.TrainingEvent.Outcome;

/**
 * Trains methods on seeds, in a folder a method and part of the seeds.
 *
 * <p>Seed s is replica s of the run's seed, whichever seeds are trained with it: initial weights
 * and mini-batches are functions of the two and the step, and so every method begins at the same
 * weights and sees the same mini-batches.
 *
 * @param plan what is trained
 * @param run of the experiment
 */
record MethodTraining(PlSgdPlan plan, ExperimentRun run) {

  /** All of some methods. */
  List<MethodRuns> train(List<NoiseMethod> methods, SeedRange seeds) {
    List<MethodRuns> runs = new ArrayList<>();
    for (NoiseMethod method : methods) {
      List<SeedCurve> curves = new ArrayList<>();
      for (SeedRange part : seeds.parts(plan.atOnce())) {
        curves.addAll(train(method, part));
      }
      runs.add(new MethodRuns(method, seeds, curves, plan.lastEpochs()));
    }
    return runs;
  }

  /** No curves where the part diverged. */
  private List<SeedCurve> train(NoiseMethod method, SeedRange seeds) {
    String part = "training/" + method.folder() + "/" + seeds.folder();
    String title =
        "%s, seeds %d to %d"
            .formatted(method.label(), seeds.first(), seeds.first() + seeds.count() - 1);
    TrainConfiguration training =
        plan.training()
            .with(
                Map.of(
                    "optimizer",
                    method.optimizer(),
                    "replicas",
                    seeds.count(),
                    "first_replica",
                    seeds.first()));
    if (method.equals(NoiseMethod.SGD)) {
      run.train(part, title, "lr", training);
    } else if (run.attempt(part, title, "lr", training) == Outcome.DIVERGED) {
      return List.of();
    }
    return Metrics.read(run.path().resolve(part)).stream()
        .map(metrics -> new SeedCurve(seeds.first() + metrics.replica(), metrics.rows()))
        .toList();
  }
}
