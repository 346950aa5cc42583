package org.noisescape.experiments.mori.critical;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/**
 * The learning rate at which SGD leaves a minimum when it is raised slowly, over minima that were
 * found at several learning rates and mini-batch sizes.
 *
 * <p>Source: slides on Mori et al. (2022), where the stability of a minimum needs η &lt; η_c =
 * (2/(n − 2)) B/h*. Beyond them: h* and n measured at each minimum, several ramps from each, a ramp
 * at half the speed, other factors for the jump, and two other predictions.
 */
public final class CriticalLearningRate extends PlannedExperiment<CriticalLearningRate.Plan> {
  /** The experiment. */
  public CriticalLearningRate() {
    super(
        "mori/critical-learning-rate",
        "SGD leaves a minimum at a learning rate set by its curvature and effective dimension",
        "Mori, Ziyin, Liu, Ueda (2022), slides: stability condition and its experiment",
        row("dataset", "data set", "digits:train=1000,test=0", "mnist"),
        row("subset", "the first so many training samples, or all", "1000", "5000"),
        row("model", "architecture", "mlp:30,30,30", "mlp:100,100,100"),
        row(
            "lr",
            "learning rates of the pre-training, with commas",
            "0.01,0.1",
            "0.01,0.03,0.1",
            "0.01,0.02,0.05,0.1"),
        row(
            "batch",
            "mini-batch sizes of the pre-training, with commas, each with each rate",
            "10,50",
            "10,50",
            "10,30,100"),
        row("seeds", "independent runs from different initial weights", "2", "2", "5"),
        row("iterations", "steps of the pre-training", "2000", "10000"),
        row(
            "checkpoint-every",
            "distance in steps of checkpoints an interrupted run continues from",
            "2000",
            "5000"),
        row("ramp-batch", "mini-batch size of the ramps", "8"),
        row("ramp-from", "learning rate at which ramps begin", "0.001"),
        row("ramp-to", "learning rate at which ramps end; what has not jumped is censored", "1"),
        row(
            "ramp-factor",
            "what a ramp multiplies its learning rate by after each piece",
            "1.05",
            "1.04",
            "1.01"),
        row(
            "ramp-hold",
            "steps of a piece, with a look at the loss at its end",
            "50",
            "200",
            "400"),
        row("replicas", "ramps from each minimum, with different mini-batches", "3", "3", "10"),
        row("slow-replicas", "ramps at half the speed from each minimum", "1", "1", "4"),
        row(
            "jump",
            "factor over the least loss of a ramp that is a jump; half and twice of it are shown too",
            "10"));
  }

  /**
   * What runs.
   *
   * @param stages pre-trainings with the ramps from their minima
   * @param description data, network and ramps
   */
  record Plan(List<CriticalStage> stages, String description) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    int all = pair.train().size();
    int samples = settings.subset("subset", all).orElse(all);
    int iterations = settings.integer("iterations", 1);
    RampPlan ramps = RampPlan.of(settings, samples);
    List<CriticalStage> stages = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (double rate : settings.positives("lr")) {
      for (int batch : settings.integers("batch", 1)) {
        Settings one =
            settings.with("lr", Double.toString(rate)).with("batch", Integer.toString(batch));
        TrainConfiguration training =
            ParityTraining.steps(one, settings.integer("seeds", 1), request, all);
        digests.putAll(StageData.check("training", training, pair));
        stages.add(new CriticalStage(stages.size(), training, iterations, ramps));
      }
    }
    String description =
        "%s on %s (%d samples, even against odd), minima after %s steps; B = %s, η × %s every %d steps, a jump is L > %s times its least on the ramp"
            .formatted(
                settings.text("model"),
                settings.text("dataset"),
                samples,
                settings.text("iterations"),
                settings.text("ramp-batch"),
                ramps.fast().factor(),
                ramps.fast().hold(),
                ramps.factors()[CriticalPoint.JUMP]);
    return Planned.of(new Plan(stages, description), CriticalCriterion.text())
        .digests(digests)
        .trainings(stages.size())
        .measurements(stages.stream().mapToInt(stage -> stage.training().replicas()).sum())
        .ensembles(2 * stages.size());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<CriticalPoint> points = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < plan.stages().size() && complete; i++) {
      Optional<List<CriticalPoint>> found = plan.stages().get(i).run(run);
      found.ifPresent(points::addAll);
      complete = found.isPresent();
    }
    return CriticalNumbers.findings(points)
        .figures(points.isEmpty() ? List.of() : CriticalFigures.of(points, plan.description()))
        .complete(complete);
  }
}
