package org.noisescape.experiments.mori.cumulants;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.theory.mori.RegressionCumulants;

/**
 * The cumulants of a pre-trained network's mini-batch noise, along single directions, against those
 * of Gaussian noise.
 *
 * <p>Source: Mori et al. (2022), sections 2.2 and 6; Meng et al. (2020), section 2. The networks
 * are those of appendix E of the first.
 */
public final class NoiseCumulants extends PlannedExperiment<NoiseCumulants.Plan> {
  private static final String STAGE = "network";

  /** The experiment. */
  public NoiseCumulants() {
    super(
        "mori/noise-cumulants",
        "The mini-batch noise of a network may be taken as Gaussian",
        "Mori, Ziyin, Liu, Ueda (2022), sections 2.2 and 6; Meng et al. (2020), section 2",
        ParityTraining.rows("5000", "2500")
            .and(
                row(
                    "batches",
                    "mini-batches to draw, with commas, the first one judged",
                    "10,2,5,30,100"),
                row("draws", "mini-batches of each size", "20000"),
                row(
                    "c",
                    "further losses, as multiples of that after the pre-training, to raise it to",
                    "1.2,2,3")));
  }

  /**
   * What runs.
   *
   * @param training the pre-training
   * @param iterations its steps
   * @param batches B, the judged one first
   * @param draws mini-batches of each
   * @param levels c, the judged one first
   */
  record Plan(
      TrainConfiguration training,
      int iterations,
      List<Integer> batches,
      int draws,
      List<Double> levels) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    int all = pair.train().size();
    TrainConfiguration training =
        ParityTraining.steps(settings, settings.integer("seeds", 1), request, all);
    int samples = training.subset() == null ? all : training.subset();
    List<Integer> batches = settings.integers("batches", 1);
    if (batches.stream().anyMatch(batch -> batch >= samples)) {
      throw settings.wrong(
          "batches", "mini-batches must be smaller than the %d samples".formatted(samples));
    }
    List<Double> levels =
        IntStream.range(0, 1 + settings.positives("c").size())
            .mapToObj(i -> i == 0 ? CumulantCriterion.LEVEL : settings.positives("c").get(i - 1))
            .distinct()
            .toList();
    if (levels.stream().anyMatch(level -> level <= 1)) {
      throw settings.wrong("c", "losses to raise to must be > 1");
    }
    Plan plan =
        new Plan(
            training,
            settings.integer("iterations", 1),
            batches,
            settings.integer("draws", 2),
            levels);
    return Planned.of(plan, CumulantCriterion.text())
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1)
        .measurements(plan.training().replicas());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    TrainConfiguration training = plan.training();
    Path stage = run.train(STAGE, "pre-training", "lr", training);
    CumulantStage noise =
        new CumulantStage(stage, run.request(), plan.batches(), plan.draws(), plan.levels());
    List<CumulantPoint> seeds =
        IntStream.range(0, training.replicas())
            .mapToObj(seed -> noise.measure(plan.iterations(), seed))
            .toList();
    String description =
        "%s on %s (even against odd), %d steps"
            .formatted(training.model(), training.dataset(), plan.iterations());
    return findings(seeds, plan.batches()).figures(CumulantFigures.of(seeds, description));
  }

  /** Numbers and tables. */
  static Findings findings(List<CumulantPoint> seeds, List<Integer> batches) {
    Measurements numbers = CumulantCriterion.gaussian(seeds);
    numbers.addApart(CumulantCriterion.scaling(seeds, batches.getFirst()));
    for (CumulantDirection direction : CumulantDirection.values()) {
      String name = direction.label + ": ";
      numbers
          .mean(
              name + "|skewness| of a sample",
              seeds,
              s -> Math.abs(s.along(direction).skewness()),
              0)
          .mean(
              name + "excess kurtosis of a sample",
              seeds,
              s -> s.along(direction).excessKurtosis(),
              0)
          .mean(
              name + "s sqrt(u.Su) where the Gaussian is off by a tenth",
              seeds,
              s -> s.along(direction).failing())
          .mean(
              name + "c that asks for it",
              seeds,
              s -> RegressionCumulants.lossRatio(s.along(direction).failing()));
      for (int i = 0; i < batches.size(); i++) {
        int at = i;
        numbers.mean(
            name + "distance from the normal law, B = " + batches.get(i),
            seeds,
            s -> s.along(direction).batches().get(at).distance(),
            0);
      }
    }
    for (RaisedPoint raised : seeds.getFirst().raised()) {
      double level = raised.level();
      // both ways are one number
      if (raised.shift() > 0) {
        String at = " at L = %s L*, over that of ".formatted(level);
        numbers
            .mean("s*" + at + "the Gaussian", seeds, s -> s.rootOverGaussian(level), 1)
            .mean("s*" + at + "Eq. 6", seeds, s -> s.rootOverText(level), 1);
      }
    }
    numbers
        .mean(
            "largest share of a sample in the sum at s*",
            seeds,
            s -> s.largestShare(CumulantCriterion.LEVEL))
        .mean("L* after the pre-training", seeds, CumulantPoint::loss);
    return tables(judged(seeds, numbers), seeds);
  }

  /** Numbers with what the rivals say. */
  static Findings judged(List<CumulantPoint> seeds, Measurements numbers) {
    return Findings.of(numbers)
        .rival("Laplace's law: exponential tails", CumulantCriterion.laplace(seeds))
        .rival(
            "linear regression with Gaussian inputs: 2c - 1", CumulantCriterion.regression(seeds));
  }

  private static Findings tables(Findings findings, List<CumulantPoint> seeds) {
    return findings
        .table(
            Csv.parts("directions", seeds, CumulantPoint::directions)
                .column("seed", d -> d.of().seed())
                .column("direction", d -> d.part().direction().key)
                .column("curvature", d -> d.part().curvature())
                .column("mean", d -> d.part().mean())
                .column("variance", d -> d.part().variance())
                .column("skewness", d -> d.part().skewness())
                .column("excess_kurtosis", d -> d.part().excessKurtosis())
                .column("even_ratio", d -> d.part().evenRatio())
                .column("failing_tilt", d -> d.part().failing()))
        .table(
            Csv.parts(
                    "batches",
                    seeds.stream()
                        .flatMap(s -> s.directions().stream().map(d -> new Own(s, d)))
                        .toList(),
                    own -> own.law().batches())
                .column("seed", b -> b.of().seed().seed())
                .column("direction", b -> b.of().law().direction().key)
                .column("batch", b -> b.part().batch())
                .column("skewness", b -> b.part().skewness())
                .column("excess_kurtosis", b -> b.part().excessKurtosis())
                .column("distance", b -> b.part().distance()))
        .table(
            Csv.parts("raised", seeds, CumulantPoint::raised)
                .column("seed", r -> r.of().seed())
                .column("c", r -> r.part().level())
                .column("shift", r -> r.part().shift())
                .column("loss", r -> r.part().loss())
                .column("mean", r -> r.part().mean())
                .column("variance", r -> r.part().variance())
                .column("root", r -> r.part().root())
                .column("root_over_gaussian", r -> r.part().rootOverGaussian())
                .column("largest_share", r -> r.part().largestShare()));
  }

  private record Own(CumulantPoint seed, DirectionCumulants law) {}
}
