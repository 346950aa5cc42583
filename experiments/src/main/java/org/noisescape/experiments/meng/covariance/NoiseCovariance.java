package org.noisescape.experiments.meng.covariance;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.report.Figure;

/**
 * Trace of the gradient covariance along straight paths through a minimum, a layer at a time.
 *
 * <p>To second order in the distance s a mini-batch gradient is g(w*) + s H̃u, so that tr C(s) = tr
 * C(0) + 2 s tr Cov(g, H̃u) + s² tr Cov(H̃u); Eq. 5 leaves the linear term out. Source: Meng et al.
 * (2020), section 5.1, Fig. 2 and Eqs. 4, 5. C = S/B; what is reported is tr S, that is B = 1 with
 * replacement. Batch normalisation is in evaluation mode, with the running statistics of the
 * minimum: the noise is that of per-sample gradients, which training mode does not have.
 */
public final class NoiseCovariance extends PlannedExperiment<NoiseCovariance.Plan> {
  /** The experiment. */
  public NoiseCovariance() {
    super(
        "meng/noise-covariance",
        "Around a minimum the gradient noise is quadratic in the distance",
        "Meng, Gong, Chen, Ma, Liu (2020), section 5.1, Fig. 2",
        SettingRows.of(
                row("dataset", "data set", "digits:train=300,test=0", "fashion-mnist"),
                row("subset", "the first so many training samples, or all", "300", "1000"),
                row("model", "architecture", "meng-cnn:literal"),
                row("lr", "learning rate of gradient descent", "0.1"),
                row("steps", "steps of full-batch gradient descent, at most", "400", "3000"),
                row("target-loss", "loss at which a point counts as the minimum", "0.005", "0.001"),
                row("every", "distance in steps at which the loss is looked at", "20", "100"),
                row("seeds", "minima from different initial weights", "1", "2", "5"),
                row("layers", "layers to move: conv1,conv2,fc1,fc2", "conv1,conv2,fc1,fc2"),
                row("points", "points on each side of the minimum", "10"),
                // the text's for the convolutions; the dense layers move by a similar distance
                row(
                    "conv1-scale",
                    "distance of neighbouring points, a parameter of conv1",
                    "0.001"),
                row(
                    "conv2-scale",
                    "distance of neighbouring points, a parameter of conv2",
                    "0.0001"),
                row("fc1-scale", "distance of neighbouring points, a parameter of fc1", "0.0001"),
                row("fc2-scale", "distance of neighbouring points, a parameter of fc2", "0.001"),
                row(
                    "coordinates",
                    "parameters of each layer of the cnn that are looked at by themselves",
                    "5",
                    "20"),
                row("factors", "multiples of the scales, the first one judged", "1,30", "1,10,100"),
                row("panels", "networks: cnn, resnet or both with a comma", "cnn,resnet"),
                row(
                    "resnet-dataset",
                    "data set, of the resnet",
                    "digits:train=300,test=0,only=3+5",
                    // the Kaggle set of the text cannot be fetched without an account
                    "cifar-10:only=cat+dog"),
                row(
                    "resnet-subset",
                    "the first so many training samples, or all, of the resnet",
                    "all",
                    "300",
                    "1000"),
                row(
                    "resnet-model",
                    "architecture, of the resnet",
                    "resnet18:4",
                    "resnet18:8",
                    "resnet18"),
                // the text's 0.001 and 10,000 steps at its width
                row(
                    "resnet-lr",
                    "learning rate of gradient descent, of the resnet",
                    "0.05",
                    "0.05",
                    "0.001"),
                row(
                    "resnet-steps",
                    "steps of full-batch gradient descent, at most, of the resnet",
                    "100",
                    "600",
                    "10000"),
                row(
                    "resnet-target-loss",
                    "loss at which a point counts as the minimum, of the resnet",
                    "0.02",
                    "0.005",
                    "0.001"),
                row(
                    "resnet-every",
                    "distance in steps at which the loss is looked at, of the resnet",
                    "5",
                    "50",
                    "500"),
                row("resnet-seeds", "minima from different initial weights, of the resnet", "1"),
                row(
                    "resnet-layers",
                    "layers of the resnet to move, by the names of their parameters",
                    // the first and the second residual block
                    "layer1.0.conv1,layer1.1.conv1"),
                row(
                    "resnet-scale",
                    "distance of neighbouring points, a parameter of the resnet's layers",
                    "0.0001"))
            .datasets("dataset", "resnet-dataset"));
  }

  /**
   * What runs.
   *
   * @param panels networks
   * @param factors multiples of their scales, the judged one first
   * @param points on each side of a minimum
   * @param coordinates parameters of a layer that are looked at by themselves
   */
  record Plan(List<CovariancePanel> panels, List<Double> factors, int points, int coordinates) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    List<Double> factors = settings.positives("factors");
    int points = settings.integer("points", PathFit.DEGREES);
    List<CovariancePanel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", CovariancePanel.NAMES)) {
      CovariancePanel panel = CovariancePanel.of(name, settings, request);
      panels.add(panel);
      digests.putAll(panel.digests());
    }
    return Planned.of(
            new Plan(panels, factors, points, settings.integer("coordinates", 2)),
            QuadraticCriterion.text(
                String.join(
                    " and ", panels.stream().map(p -> p.name() + " " + p.target()).toList())))
        .digests(digests)
        .trainings(panels.size())
        .measurements(panels.stream().mapToInt(panel -> panel.measurements(factors.size())).sum());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<PanelResult> results = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<NoiseExpansion> expansions = new ArrayList<>();
    Measurements apart = new Measurements();
    for (CovariancePanel panel : plan.panels()) {
      PanelResult result = panel.measure(run, plan.factors(), plan.points());
      results.add(result);
      figures.addAll(CovarianceFigures.of(result));
      // Hessians of single samples, one after the other, are for small networks
      if (panel.expands()) {
        expansions.addAll(panel.expansions(run, result.minima(), plan.coordinates()));
        apart.addApart(ExpansionCriterion.judged(result, expansions));
        figures.add(CoordinateFigures.of(expansions));
      }
    }
    return CoordinateFigures.tables(CovarianceNumbers.findings(results, apart), expansions)
        .figures(figures);
  }
}
