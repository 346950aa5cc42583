package org.noisescape.experiments.meng.plsgd;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.List;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;

/**
 * Large-batch SGD against SGD with state-dependent noise (PL-SGD) and with additive noise (SGLD).
 *
 * <p>The text reports the best of a grid by test accuracy, on the seed and the test set that chose
 * it. Here the variances are chosen on some seeds and the methods compared on others; the test set
 * is the same one. Source: Meng et al. (2020), section 5.3, Eqs. 13, 14 and Fig. 4.
 */
public final class PlSgd extends PlannedExperiment<PlSgdPlan> {
  /** The experiment. */
  public PlSgd() {
    super(
        "meng/pl-sgd",
        "State-dependent noise improves SGD with large batches, additive noise does not",
        "Meng, Gong, Chen, Ma, Liu (2020), section 5.3, Eqs. 13, 14, Fig. 4",
        row(
            "dataset",
            "data set with a test set",
            "digits:train=500,test=2000,size=14",
            "cifar-10:size=16",
            "cifar-10"),
        row("subset", "the first so many training samples, or all", "500", "10000", "all"),
        row("normalize", "none or standardize", "standardize"),
        row("model", "architecture", "mlp:50", "wei-cnn", "resnet18"),
        row("batch", "mini-batch size", "125", "400", "2048"),
        // the text's, and so are the variances below
        row("lr", "learning rate", "0.1"),
        row("schedule", "its course", "step:0.1@45", "step:0.1@20", "step:0.1@45"),
        row("epochs", "passes over the training data", "90", "40", "90"),
        // the text names the best pair of its grid only: half and twice its standard deviations
        // beside
        row(
            "lambda1",
            "variances of PL-SGD's noise proportional to the weights, with commas",
            "0.005,0.02,0.08"),
        row(
            "lambda2",
            "variances of its additive noise; the grid has all pairs",
            "2.5e-5,1e-4,4e-4"),
        row("lambda3", "variances of SGLD's noise", "5e-4,1e-3,2e-3"),
        row(
            "selection-seeds",
            "seeds on which every method runs and the variances are chosen",
            "6",
            "3"),
        row(
            "comparison-seeds",
            "further seeds, on which SGD and the chosen ones are compared",
            "16",
            "8",
            "5"),
        row("seeds-at-once", "how many of them are trained in one program, or all", "all", "1"),
        row(
            "final-epochs",
            "final values are means over the measurements of the last so many",
            "5"),
        row("gap", "the generalisation error that is judged: loss or accuracy", "loss"),
        row(
            "margin",
            "test accuracy by which SGLD may be better and still counts as comparable",
            "0.005"),
        row("every", "distance of measurements, such as 1epoch", "3epoch", "2epoch", "1epoch"),
        row(
            "checkpoint-every",
            "distance of checkpoints an interrupted run continues from",
            "45epoch",
            "10epoch",
            "1epoch"));
  }

  @Override
  protected Planned<PlSgdPlan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    if (pair.test().isEmpty()) {
      throw settings.wrong("dataset", "needs a test set");
    }
    PlSgdPlan plan = PlSgdPlan.of(settings, request, pair.train().size());
    // SGD, and the best of each other kind
    int comparison = 3 * plan.comparison().parts(plan.atOnce()).size();
    int selection = plan.methods().size() * plan.selection().parts(plan.atOnce()).size();
    return Planned.of(plan, PlSgdCriterion.text(plan))
        .digests(StageData.check("training", plan.training(), pair))
        .trainings(selection + comparison);
  }

  @Override
  protected Findings measure(PlSgdPlan plan, ExperimentRun run) {
    MethodTraining training = new MethodTraining(plan, run);
    List<MethodRuns> selection = training.train(plan.methods(), plan.selection());
    List<NoiseMethod> chosen =
        List.of(
            NoiseMethod.SGD,
            GridChoice.best(selection, Kind.SGLD).method(),
            GridChoice.best(selection, Kind.PL_SGD).method());
    PlSgdResult result =
        new PlSgdResult(plan, selection, training.train(chosen, plan.comparison()));
    List<Claim> claims = result.claims();
    return PlSgdNumbers.findings(result).figures(PlSgdFigures.of(result, claims));
  }
}
