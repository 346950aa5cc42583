package org.noisescape.experiments.wei.alignment;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.report.Figure;
import org.noisescape.report.Metrics;

/**
 * Cosine similarity of the Hessian H and the gradient noise covariance C while a network trains.
 *
 * <p>CS(H, C) = tr(HC)/(‖H‖ ‖C‖), exact or by random vectors. C is (1/B)(1 − B/N) times the second
 * moment of the per-sample gradients (section 2.1.2); the factor drops out. Source: Wei and Schwab,
 * appendix A.4, Eq. 35 and Fig. 5.
 */
public final class HessianNoiseAlignment extends PlannedExperiment<HessianNoiseAlignment.Plan> {
  static final String ID = "wei/alignment";

  /** The experiment. */
  public HessianNoiseAlignment() {
    super(
        ID,
        "Hessian and gradient noise covariance align early in training",
        "Wei, Schwab, appendix A.4, Fig. 5",
        SettingRows.of(
                row("panels", "losses to train with: ce, mse or both with a comma", "ce,mse"),
                row(
                    "dataset",
                    "data set",
                    "digits:train=1000,test=0,size=7",
                    "cifar-10:grey,size=7"),
                row("subset", "the first so many training samples, or all", "all"),
                row("model", "architecture", "mlp:20", "mlp:70"),
                // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
                row("smoothing", "label smoothing of the cross-entropy", "0.1"),
                row("ce-lr", "learning rate with cross-entropy", "0.001"),
                row(
                    "mse-lr",
                    "learning rate with the mean-square loss, (1/2)|f - y|^2 summed over outputs",
                    "0.1"),
                row("batch", "mini-batch size", "50", "512"),
                row(
                    "at",
                    "epochs to measure at; the last one ends the training",
                    // 20 and 19 steps each: 970 steps, ten epochs of the text, are 49 and 52
                    "0,10,49,70,100",
                    "0,10,52,102,255",
                    "0,1,2,3,5,7,10,15,20,30,40,50"),
                row(
                    "samples",
                    "the first so many training samples that H and C are taken of, or all",
                    "all",
                    "10000",
                    "all"),
                // the text's matrices are exact; random vectors make many samples affordable
                row(
                    "vectors",
                    "random vectors that traces are estimated with, or all for exact traces",
                    "all",
                    "300",
                    "all"),
                row("seeds", "independent runs from different initial weights", "5", "4", "3"))
            .shortcut("lr", List.of("ce-lr", "mse-lr")));
  }

  /**
   * What runs.
   *
   * @param panels the losses
   * @param seed of the random matrices
   */
  record Plan(List<AlignmentPanel> panels, long seed) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    List<AlignmentPanel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", AlignmentPanel.NAMES)) {
      AlignmentPanel panel = AlignmentPanel.of(name, settings, request, pair.train().size());
      digests.putAll(StageData.check(name, panel.training(), pair));
      panels.add(panel);
    }
    return Planned.of(new Plan(panels, request.seed()), AlignmentCriterion.text())
        .digests(digests)
        .trainings(panels.size())
        .measurements(panels.stream().mapToInt(AlignmentPanel::measurements).sum());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    Map<AlignmentPanel, List<AlignmentPoint>> points = new LinkedHashMap<>();
    Map<AlignmentPanel, List<AlignmentSums>> turned = new LinkedHashMap<>();
    List<Figure> figures = new ArrayList<>();
    for (AlignmentPanel panel : plan.panels) {
      points.put(panel, panel.run(run));
      turned.put(panel, panel.turned(run));
      figures.addAll(
          AlignmentFigures.of(
              panel,
              points.get(panel),
              turned.get(panel),
              Metrics.read(run.path().resolve(panel.name()))));
    }
    return findings(points, turned, plan.seed).figures(figures);
  }

  /**
   * Numbers, rivals and table.
   *
   * @param panels the points of each
   * @param turned a seed each with residuals turned at random, where the panel has it
   * @param seed of the random matrices
   */
  static Findings findings(
      Map<AlignmentPanel, List<AlignmentPoint>> panels,
      Map<AlignmentPanel, List<AlignmentSums>> turned,
      long seed) {
    Map<AlignmentPanel, List<AlignmentPoint>> smallest = new LinkedHashMap<>();
    panels.forEach((panel, points) -> smallest.put(panel, AlignmentCriterion.smallest(points)));
    Measurements numbers = judged(smallest, panel -> PointEstimate.exact(1));
    panels.forEach(
        (panel, points) -> {
          for (int epoch : panel.epochs()) {
            numbers.mean(
                panel.name() + " CS at epoch " + epoch,
                at(epoch, points),
                point -> point.sums().uncentred());
          }
          int last = panel.epochs().getLast();
          numbers
              .mean(
                  panel.name() + " centred CS at epoch " + last,
                  at(last, points),
                  point -> point.sums().centred())
              .mean(
                  panel.name() + " CS of random orientations",
                  at(last, points),
                  point -> point.sums().rotated());
          List<AlignmentSums> isotropic = turned.getOrDefault(panel, List.of());
          if (!isotropic.isEmpty()) {
            numbers.mean(
                panel.name() + " CS with residuals turned at random",
                isotropic,
                AlignmentSums::uncentred);
          }
        });
    int dimension = panels.values().iterator().next().getFirst().sums().dimension();
    numbers.value(
        "CS of random symmetric matrices",
        RandomAlignment.cosine(dimension, seed),
        RandomAlignment.deviation(dimension),
        0);
    return Findings.of(numbers)
        .rival(
            "eigenvectors turned at random",
            judged(
                smallest,
                panel -> AlignmentCriterion.mean(smallest.get(panel), AlignmentPoint::rotated)))
        .rival(
            "no better aligned than before training",
            judged(smallest, panel -> AlignmentCriterion.similarity(at(0, panels.get(panel)))))
        .table(table(panels));
  }

  /** The smallest CS of each panel held against another value, which may have an error itself. */
  private static Measurements judged(
      Map<AlignmentPanel, List<AlignmentPoint>> smallest,
      Function<AlignmentPanel, PointEstimate> other) {
    Measurements numbers = new Measurements();
    smallest.forEach(
        (panel, points) -> {
          PointEstimate value = other.apply(panel);
          numbers.judged(
              "%s smallest CS from step %d on"
                  .formatted(panel.name(), AlignmentCriterion.FROM_STEP),
              AlignmentCriterion.similarity(points)
                  .plusError(value.standardError(), value.degreesOfFreedom()),
              AlignmentCriterion.ALIGNED.against(value.value()));
        });
    return numbers;
  }

  private static List<AlignmentPoint> at(int epoch, List<AlignmentPoint> points) {
    return points.stream().filter(point -> point.epoch() == epoch).toList();
  }

  private static Csv<?> table(Map<AlignmentPanel, List<AlignmentPoint>> panels) {
    return Csv.parts("alignment", panels.keySet(), panels::get)
        .column("panel", r -> r.of().name())
        .column("seed", r -> r.part().seed())
        .column("epoch", r -> r.part().epoch())
        .column("step", r -> r.part().step())
        .column("loss", r -> r.part().loss())
        .column("cs", r -> r.part().sums().uncentred())
        .column("cs_centred", r -> r.part().sums().centred())
        .column("cs_random_orientation", r -> r.part().sums().rotated())
        .column("cs_standard_error", r -> r.part().sums().similarityError())
        .column("vectors", r -> r.part().sums().vectors())
        .column("trace_h", r -> r.part().sums().hessianTrace())
        .column("trace_m", r -> r.part().sums().momentTrace())
        .column("trace_hh", r -> r.part().sums().hessianSquares())
        .column("trace_mm", r -> r.part().sums().momentSquares())
        .column("trace_ss", r -> r.part().sums().covarianceSquares())
        .column("trace_hm", r -> r.part().sums().hessianMoment())
        .column("trace_hs", r -> r.part().sums().hessianCovariance());
  }
}
