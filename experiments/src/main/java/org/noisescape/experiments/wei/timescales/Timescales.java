package org.noisescape.experiments.wei.timescales;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Csv.Part;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.experiments.wei.timescales.TimescaleResult.Seed;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/**
 * How close SGD is to a stationary state in the top eigenspace of the Hessian and in all of
 * parameter space, by the fluctuation-dissipation relation.
 *
 * <p>Source: Wei and Schwab (2019), appendix A.5 and Fig. 6; Yaida (2019).
 */
public final class Timescales extends PlannedExperiment<Timescales.Plan> {
  static final String ID = "wei/timescales";
  private static final String STAGE = "training";
  private static final String TOP_LATE = "top: d after the first fifth";
  private static final String FULL_END = "full: d at the end";

  /** The experiment. */
  public Timescales() {
    super(
        ID,
        "SGD relaxes far faster in the top eigenspace of the Hessian than in the full space",
        "Wei, Schwab (2019), appendix A.5, Fig. 6",
        row("dataset", "data set", "digits:train=3000,test=200", "cifar-10"),
        row("subset", "the first so many training samples, or all", "all", "10000", "all"),
        row("normalize", "none or standardize", "none", "standardize"),
        // the text's network takes minutes; a small dense one goes through the same in seconds
        row("model", "architecture", "mlp:8", "wei-cnn"),
        // loss, learning rate, momentum and batch of the text's experiments on CIFAR-10, section
        // 1.2; a fifth of the data with a fifth of the batch keeps the number of steps
        row("loss", "loss, with label smoothing such as ce:0.1", "ce:0.1"),
        row("optimizer", "sgd or momentum:MU", "momentum:0.9"),
        row("lr", "learning rate", "0.05", "0.1"),
        row("batch", "mini-batch size", "20", "100", "500"),
        row("epochs", "passes over the training data", "50"),
        row("seeds", "independent runs from different initial weights", "5", "3", "3"),
        row("top", "dimensions of the eigenspace", "1"),
        row("every", "distance of measurements, at which the eigenspace is found anew", "1epoch"));
  }

  /**
   * What runs.
   *
   * @param training everything
   * @param top dimensions of the eigenspace
   */
  record Plan(TrainConfiguration training, int top) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    int top = settings.integer("top", 1);
    TrainConfiguration training =
        TrainingValues.of(settings, request, "")
            .data(pair.train().size())
            .network()
            .seeds()
            .with("normalization", settings.text("normalize"))
            .with("loss", settings.text("loss"))
            .with("optimizer", settings.text("optimizer"))
            .with("epochs", settings.integer("epochs", 1))
            .probes(settings.text("every"), "loss", "fdr", "fdr-top:" + top)
            .configuration();
    return Planned.of(new Plan(training, top), TimescaleCriterion.OF_THE_TEXT.text())
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1);
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<Metrics> seeds = Metrics.read(run.train(STAGE, STAGE, "lr", plan.training));
    TimescaleResult result = TimescaleResult.of(plan.training, "fdr_top" + plan.top + "_", seeds);
    return findings(result).figures(TimescaleFigures.of(result, TimescaleCriterion.OF_THE_TEXT));
  }

  /** Numbers and tables of what was measured. */
  static Findings findings(TimescaleResult result) {
    TimescaleCriterion criterion = TimescaleCriterion.OF_THE_TEXT;
    StationarityCurve full = result.full();
    StationarityCurve top = result.top();
    double ratio = full.last().half() / top.last().half();
    double relative =
        Math.hypot(
            full.last().halfError() / full.last().half(),
            top.last().halfError() / top.last().half());
    List<Seed> seeds = result.curves();
    PointEstimate topLate = TimescaleCriterion.over(seeds, seed -> criterion.late(seed.top()));
    PointEstimate fullLate = TimescaleCriterion.over(seeds, seed -> criterion.late(seed.full()));
    PointEstimate fullEnd = TimescaleCriterion.over(seeds, seed -> seed.full().last().half());
    Measurements numbers =
        new Measurements()
            .judged(TOP_LATE, topLate, criterion.settling())
            .judged(FULL_END, fullEnd, criterion.staying())
            .judged(
                "full d less 3 times top d at the end",
                TimescaleCriterion.over(seeds, criterion::lead),
                criterion.separation())
            .value("full d / top d at the end", ratio, ratio * relative, Double.NaN)
            .value("full: d after the first fifth", fullLate)
            .value("top: d at the end", top.last().half(), top.last().halfError(), 0)
            .value("top: first epoch with d < 0.01", top.touches(criterion.threshold()))
            .value("top: epoch from which d stays <= 0.01", top.settles(criterion.threshold()))
            .value("full: epoch from which d stays <= 0.01", full.settles(criterion.threshold()))
            .value("full: smallest d", full.least());
    Findings found =
        Findings.of(numbers)
            .rival(
                "all directions relax alike",
                new Measurements()
                    .judged(
                        TOP_LATE,
                        topLate.plusError(fullLate.standardError(), fullLate.degreesOfFreedom()),
                        criterion.alike(fullLate.value())))
            .rival(
                "both spaces become stationary",
                new Measurements().judged(FULL_END, fullEnd, criterion.stationary()));
    return tables(found, result);
  }

  private static final List<String> OF_A_SPACE =
      List.of(
          "left",
          "right",
          "deviation",
          "deviation_standard_error",
          "half_left",
          "half_right",
          "half_deviation",
          "half_deviation_standard_error");

  /** A point of a curve. */
  private record Mean(String space, StationarityCurve.Point point) {}

  private static Findings tables(Findings findings, TimescaleResult result) {
    List<Mean> means = new ArrayList<>();
    result.full().points().forEach(point -> means.add(new Mean("full", point)));
    result.top().points().forEach(point -> means.add(new Mean("top", point)));
    Csv<Part<Metrics, Map<String, Double>>> stationarity =
        Csv.parts("stationarity", result.seeds(), Metrics::rows)
            .column("seed", r -> r.of().replica())
            .column("step", r -> r.part().get("step").longValue())
            .column("epoch", r -> r.part().get("epoch"))
            .column("train_loss", r -> r.part().get("train_loss"));
    for (String name : OF_A_SPACE) {
      stationarity.column("full_" + name, r -> r.part().get("fdr_" + name));
    }
    for (String name : OF_A_SPACE) {
      stationarity.column("top_" + name, r -> r.part().get(result.prefix() + name));
    }
    stationarity
        .column("top_eigenvalue", r -> r.part().get(result.prefix() + "eigenvalue"))
        .column("top_overlap", r -> r.part().get(result.prefix() + "overlap"));
    return findings
        .table(stationarity)
        .table(
            Csv.of("curves", means)
                .column("space", Mean::space)
                .column("epoch", m -> m.point().epoch())
                .column("half_deviation", m -> m.point().half())
                .column("half_deviation_standard_error", m -> m.point().halfError())
                .column("deviation", m -> m.point().window()));
  }
}
