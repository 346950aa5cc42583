package org.noisescape.experiments.mori.networkpassage;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Mean time until SGD first raises a pre-trained network's loss above c L*, against c at several
 * learning rates.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3c and Eq. 16; appendix E for h* and n.
 */
public final class FirstPassageNetwork extends PlannedExperiment<FirstPassageNetwork.Plan> {
  private static final String STAGE = "network";

  /** The experiment. */
  public FirstPassageNetwork() {
    super(
        "mori/first-passage-network",
        "SGD raises a network's loss in a time that is a power of the loss it has to reach",
        "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3c, Eq. 16",
        row("dataset", "data set", "digits:train=4000,test=0", "mnist"),
        row("subset", "the first so many training samples, or all", "all", "10000"),
        row("model", "architecture", "mlp:2", "mlp:10"),
        row("lr", "learning rate of the pre-training", "0.01"),
        row("batch", "mini-batch size of the pre-training", "100"),
        row("iterations", "steps of the pre-training", "50000", "100000"),
        row(
            "checkpoint-every",
            "distance in steps of checkpoints an interrupted run continues from",
            "10000"),
        row("hessian-pairs", "largest eigenvalues of the Hessian itself, by Lanczos", "10"),
        row(
            "passage-lr",
            "learning rates of the ensembles, with commas",
            "0.009,0.012,0.015",
            "0.01,0.012,0.015,0.02"),
        row("passage-batch", "mini-batch size of the ensembles", "10"),
        row(
            "c",
            "thresholds as multiples of the loss after the pre-training, with commas",
            "1.2,1.3,1.4,1.5,1.6,1.7,1.8,2,2.2,2.5,2.8,3.2,3.6,4",
            "1.1,1.15,1.2,1.25,1.3,1.35,1.4,1.45,1.5,1.55,1.6,1.7,1.8,1.9,2,2.2,2.4,2.6,2.8,3"),
        // the text has 100; the criterion decides with as many as this
        row("replicas", "independent runs of each ensemble", "40", "200", "3200"),
        row(
            "steps",
            "step limit; what has not passed by then is censored",
            "10000",
            // t of 50 to 100, where the axis of Fig. 3c ends: later the network has learned on
            "5000"),
        row("look", "steps between two looks at the loss over all samples", "20", "20", "10"));
  }

  /**
   * What runs.
   *
   * @param training the pre-training, one run
   * @param iterations its steps
   * @param pairs eigenvalues of the Hessian
   * @param levels c, ascending
   * @param rates η of the ensembles
   * @param batch their B
   * @param replicas of each
   * @param steps step limit
   * @param look steps between two looks at the loss
   */
  record Plan(
      TrainConfiguration training,
      int iterations,
      int pairs,
      double[] levels,
      List<Double> rates,
      int batch,
      int replicas,
      int steps,
      int look) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    double[] levels = PassagePoint.levels(settings);
    List<Double> rates = settings.positives("passage-lr");
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training = ParityTraining.steps(settings, 1, request, pair.train().size());
    Plan plan =
        new Plan(
            training,
            settings.integer("iterations", 1),
            settings.integer("hessian-pairs", 1),
            levels,
            rates,
            settings.integer("passage-batch", 1),
            settings.integer("replicas", 2),
            settings.integer("steps", 1),
            settings.integer("look", 1));
    return Planned.of(plan, NetworkPassageCriterion.text())
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1)
        .ensembles(rates.size())
        .measurements(1);
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    ExperimentRequest request = run.request();
    TrainConfiguration training = plan.training();
    Path stage = run.train(STAGE, "pre-training", "lr", training);
    HessianPoint minimum =
        new HessianStage(stage, request, plan.pairs()).measure(plan.iterations(), 0);
    plan.rates().forEach(rate -> StabilityBound.require("passage-lr", rate, minimum.hessian()[0]));
    TrainedModel model = request.model(RunDirectory.checkpointOf(stage, plan.iterations()));
    List<NetworkPassageCurve> curves = new ArrayList<>();
    boolean complete = true;
    for (int i = 0; i < plan.rates().size() && complete; i++) {
      EnsembleStage.Result result = ensemble(plan, i, minimum.loss(), model, run);
      complete = result.complete();
      LogLandscape theory = new LogLandscape(plan.rates().get(i), plan.batch(), minimum.largest());
      curves.add(
          NetworkPassageCurve.of(
              theory, plan.levels(), minimum.loss(), result.state(), plan.look(), request.seed()));
    }
    request.progress().finished();
    String description =
        "%s on %s after %d steps, L* = %.4f; B = %d, %d replicas, a look every %d of at most %d steps"
            .formatted(
                training.model(),
                training.dataset(),
                plan.iterations(),
                minimum.loss(),
                plan.batch(),
                plan.replicas(),
                plan.look(),
                plan.steps());
    NetworkPassageFit fit = NetworkPassageFit.of(curves, NetworkPassageLaw.POWER);
    return NetworkPassageNumbers.findings(curves, fit, minimum)
        .figures(NetworkPassageFigures.of(curves, fit, minimum, description))
        .complete(complete);
  }

  private static EnsembleStage.Result ensemble(
      Plan plan, int index, double loss, TrainedModel model, ExperimentRun run) {
    ExperimentRequest request = run.request();
    double rate = plan.rates().get(index);
    NetworkPlan ensemble =
        NetworkPlan.of(model.network(), model.loss())
            .learningRate(rate)
            .batch(plan.batch())
            .start(model.state().theta(0))
            .detecting(Arrays.stream(plan.levels()).map(c -> c * loss).toArray())
            .lookEvery(plan.look())
            .seed(request.seed())
            .firstReplica(index * plan.replicas())
            .replicas(plan.replicas())
            .dtype(request.precision().dtype())
            .build();
    Path file = run.path().resolve("ensembles/lr-%s.safetensors".formatted(rate));
    try (Engine engine = request.openEngine()) {
      return new EnsembleStage("eta = " + rate, EnsembleSchedule.to(plan.steps()))
          .run(
              file,
              ensemble,
              part -> part.program(engine, model.train()),
              request,
              EnsembleStage.Reduction.theta());
    }
  }
}
