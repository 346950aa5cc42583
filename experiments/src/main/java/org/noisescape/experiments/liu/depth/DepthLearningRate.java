package org.noisescape.experiments.liu.depth;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.experiments.liu.depth.DepthCriterion.Change;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/**
 * Test error of networks of several depths against the learning rate, beside its small-rate limit.
 *
 * <p>All are trained to the same loss, so that none is merely behind. The text's figure, which is
 * reproduced from Mori and Ueda (2020), has the neural tangent kernel of infinite width for the
 * limit; here it is the smallest rate at the same width, and that kernel beside it. Source: Liu et
 * al. (2021), Fig. 1(a).
 */
public final class DepthLearningRate extends PlannedExperiment<DepthLearningRate.Plan> {
  /** The experiment. */
  public DepthLearningRate() {
    super(
        "liu/depth-learning-rate",
        "Test error against learning rate at several depths leaves its small-rate limit",
        "Liu, Ziyin, Ueda (2021), Fig. 1(a)",
        row(
            "dataset",
            "data set with a test set",
            "digits:train=300,test=1000,size=14",
            "digits:train=500,test=2000,size=14",
            "mnist"),
        row("subset", "the first so many training samples, or all", "300", "500", "1000"),
        row("depths", "numbers of hidden layers", "1,3", "1,2,4"),
        row("width", "units of each", "50", "64", "100"),
        row("rates", "learning rates", "0.05,0.1,0.3", "0.05,0.1,0.2,0.3,0.4"),
        row("batch", "mini-batch size", "50"),
        row("time", "learning rate times steps, the length of every training", "120"),
        // mini-batch noise keeps the largest rates from losses much lower
        row("loss", "training loss at which test errors are compared", "0.12"),
        row("seeds", "independent runs from different initial weights", "6", "72"));
  }

  /**
   * What runs.
   *
   * @param parts a training for every depth and rate
   * @param target L at which test errors are compared
   * @param description of it all, for the figures
   * @param data what all learn
   * @param samples how many of the training set
   * @param width units of each hidden layer
   */
  record Plan(
      List<Part> parts,
      double target,
      String description,
      DatasetPair data,
      int samples,
      int width) {
    List<Integer> depths() {
      return parts.stream().map(Part::depth).distinct().toList();
    }
  }

  /** Networks of one depth at one rate. */
  record Part(int depth, double rate, TrainConfiguration training) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    if (pair.test().isEmpty()) {
      throw settings.wrong("dataset", "needs a test set");
    }
    List<Double> rates = settings.positives("rates").stream().sorted().toList();
    if (rates.size() < 3) {
      throw settings.wrong("rates", "must be three or more, two for the limit");
    }
    List<Part> parts = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (int depth : settings.integers("depths", 1)) {
      for (double rate : rates) {
        parts.add(new Part(depth, rate, training(settings, request, pair, depth, rate)));
      }
      digests.putAll(StageData.check("depth-" + depth, parts.getLast().training(), pair));
    }
    int samples = pair.train().size();
    Plan plan =
        new Plan(
            parts,
            settings.positive("loss"),
            description(settings),
            pair,
            settings.subset("subset", samples).orElse(samples),
            settings.integer("width", 1));
    return Planned.of(plan, DepthCriterion.text())
        .digests(digests)
        .trainings(plan.parts.size())
        .measurements(plan.depths().size());
  }

  private static TrainConfiguration training(
      Settings settings, ExperimentRequest request, DatasetPair pair, int depth, double rate) {
    int samples = pair.train().size();
    Optional<Integer> subset = settings.subset("subset", samples);
    int batch = settings.integer("batch", 1);
    String width = Integer.toString(settings.integer("width", 1));
    double stepsPerEpoch = Math.max(1, subset.orElse(samples) / batch);
    return TrainingValues.of(settings, request, "")
        .data(samples)
        .with("model", "mlp:" + String.join(",", Collections.nCopies(depth, width)))
        .with("loss", "mse")
        .with("learning_rate", rate)
        .with("batch", batch)
        .with("epochs", Math.ceil(settings.positive("time") / rate) / stepsPerEpoch)
        .seeds()
        .probes("log1.1", "loss")
        .configuration();
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<DepthRun> runs = new ArrayList<>();
    for (Part part : plan.parts) {
      String folder = "depth-" + part.depth + "/lr-" + part.rate;
      String title = "depth %d, rate %s".formatted(part.depth, part.rate);
      // one that diverges does not meet its target
      run.attempt(folder, title, "rates", part.training);
      List<Metrics> seeds = Metrics.read(run.path().resolve(folder));
      runs.add(DepthRun.of(part.depth, part.rate, plan.target, seeds));
    }
    List<Integer> depths = plan.depths();
    List<KernelLimit> limits =
        run.systems(
            depths.size(),
            KernelLimit.class,
            i ->
                KernelLimit.of(
                    plan.data.train(),
                    plan.data.test().orElseThrow(),
                    plan.samples,
                    depths.get(i),
                    plan.width,
                    plan.target,
                    run.request().seed()));
    return findings(runs, limits).figures(DepthFigures.of(runs, limits, plan.description));
  }

  private static Csv<Csv.Entry<DepthRun>> table(List<DepthRun> runs) {
    return Csv.each("test_error", runs, run -> run.errors().length)
        .column("depth", e -> e.of().depth())
        .column("learning_rate", e -> e.of().rate())
        .column("seed", Csv.Entry::index)
        .column("test_error", e -> e.of().errors()[e.index()])
        .column("time", e -> e.of().times()[e.index()]);
  }

  /**
   * Numbers and table. The largest rate of a depth is the largest at which every seed meets the
   * target.
   */
  static Findings findings(List<DepthRun> runs, List<KernelLimit> limits) {
    Measurements numbers = new Measurements();
    Measurements noEffect = new Measurements();
    List<Change> changes = new ArrayList<>();
    for (int depth : runs.stream().map(DepthRun::depth).distinct().toList()) {
      List<DepthRun> own = runs.stream().filter(r -> r.depth() == depth).toList();
      Change limit = new Change(own.get(0), own.get(1));
      numbers.judged(limit.name(), limit.estimate(), DepthCriterion.none());
      // the two smallest rates are the limit and no change from it
      DepthRun largest =
          own.stream().skip(2).filter(DepthRun::reached).reduce((a, b) -> b).orElse(own.getLast());
      changes.add(new Change(own.getFirst(), largest));
    }
    Change most = DepthCriterion.largest(changes);
    numbers.judged(
        "largest change of %d: %s".formatted(changes.size(), most.name()),
        most.estimate(),
        Double.NaN,
        DepthCriterion.deviates(changes));
    changes.forEach(c -> noEffect.judged(c.name(), c.estimate(), DepthCriterion.none()));
    for (DepthRun run : runs) {
      SeedMean error = run.error();
      numbers.value(
          "depth %d, rate %s: test error".formatted(run.depth(), run.rate()),
          error.mean(),
          error.standardError(),
          Double.NaN);
    }
    for (KernelLimit limit : limits) {
      kernel(limit, runs, numbers);
    }
    return Findings.of(numbers)
        .rival("no effect of the learning rate", noEffect)
        .table(table(runs));
  }

  /** Whether the smallest rate has the error of the tangent kernel, judged by itself. */
  private static void kernel(KernelLimit limit, List<DepthRun> runs, Measurements into) {
    DepthRun smallest =
        runs.stream().filter(r -> r.depth() == limit.depth()).findFirst().orElseThrow();
    String name = "depth %d: ".formatted(limit.depth());
    PointEstimate kernel = PointEstimate.of(limit.error());
    into.value(name + "test error of the tangent kernel", kernel)
        .value(name + "the same from outputs of 0", limit.fromZero())
        .apart(
            name + "test error at the smallest rate - the tangent kernel's",
            PointEstimate.of(smallest.error()).provided(smallest.reached()).minus(kernel),
            DepthCriterion.none());
  }

  private static String description(Settings settings) {
    return "%s units a layer, %s, B = %s, one-hot targets and mean-square loss, trained to L = %s; %s seeds"
        .formatted(
            settings.text("width"),
            settings.text("dataset"),
            settings.text("batch"),
            settings.text("loss"),
            settings.text("seeds"));
  }
}
