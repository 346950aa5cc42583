package org.noisescape.experiments.mori.hessian;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/**
 * All eigenvalues of G = (1/N) Σ ∇f_μ∇f_μᵀ of a small pre-trained network, over several seeds.
 *
 * <p>Source: Mori et al. (2022), appendix E, Fig. 6 and Eq. 44. Beyond the text: the spread over
 * seeds, and the largest eigenvalues of the Hessian itself. For one hidden layer of ReLUs and one
 * output, H − G consists of blocks between the weights of a hidden unit, W_j, and its outgoing
 * weight w_j, each ∂L/∂W_j divided by w_j: at a stationary point H = G.
 */
public final class HessianSpectrum extends PlannedExperiment<HessianSpectrum.Plan> {
  private static final String STAGE = "network";

  /** The experiment. */
  public HessianSpectrum() {
    super(
        "mori/hessian-spectrum",
        "A pre-trained network's Hessian has a few outliers and a bulk near zero",
        "Mori, Ziyin, Liu, Ueda (2022), appendix E, Fig. 6",
        ParityTraining.rows("5000", "2500")
            .and(
                row(
                    "hessian-pairs",
                    "largest eigenvalues of the Hessian itself, by Lanczos",
                    "10")));
  }

  /**
   * What runs.
   *
   * @param training the pre-training
   * @param iterations its steps
   * @param pairs eigenvalues of the Hessian
   * @param samples N
   */
  record Plan(TrainConfiguration training, int iterations, int pairs, int samples) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    int all = pair.train().size();
    TrainConfiguration training =
        ParityTraining.steps(settings, settings.integer("seeds", 1), request, all);
    Plan plan =
        new Plan(
            training,
            settings.integer("iterations", 1),
            settings.integer("hessian-pairs", 1),
            training.subset() == null ? all : training.subset());
    return Planned.of(plan, HessianCriterion.text(request.preset()))
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1)
        .measurements(plan.training().replicas());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    TrainConfiguration training = plan.training();
    Path stage = run.train(STAGE, "pre-training", "lr", training);
    HessianStage spectrum = new HessianStage(stage, run.request(), plan.pairs());
    List<HessianPoint> seeds =
        IntStream.range(0, training.replicas())
            .mapToObj(seed -> spectrum.measure(plan.iterations(), seed))
            .toList();
    String description =
        "%s on %s (%d samples, even against odd), %d iterations"
            .formatted(training.model(), training.dataset(), plan.samples(), plan.iterations());
    boolean values = HessianCriterion.judgesValues(run.request().preset());
    return findings(run.request().preset(), seeds)
        .figures(HessianFigures.of(seeds, description, values));
  }

  /** Numbers and tables of the seeds. */
  static Findings findings(Preset preset, List<HessianPoint> seeds) {
    Measurements numbers = HessianCriterion.structure(seeds);
    text(numbers, preset, "L", seeds, HessianPoint::loss, HessianCriterion.TEXT_LOSS);
    double largest = HessianCriterion.TEXT_LARGEST;
    text(numbers, preset, "lambda_1 of G", seeds, HessianPoint::largest, largest);
    String dimension = "effective dimension n of the text";
    double n = HessianCriterion.TEXT_DIMENSION;
    text(numbers, preset, dimension, seeds, HessianPoint::effectiveDimension, n);
    numbers
        .mean("n / P", seeds, s -> s.effectiveDimension() / s.parameters())
        .mean("outliers, 0 where the bulk has no sharp edge", seeds, HessianPoint::outliers)
        .mean("|grad L|^2", seeds, HessianPoint::gradientNormSquared)
        .deviation("lambda_1, standard deviation over seeds", seeds, HessianPoint::largest)
        .deviation("n, standard deviation over seeds", seeds, HessianPoint::effectiveDimension);
    return tables(judged(seeds, numbers), seeds);
  }

  /** The numbers of the text, and those of its rivals. */
  static Findings judged(List<HessianPoint> seeds, Measurements numbers) {
    return Findings.of(numbers)
        .rivals(
            List.of(HessianRival.values()),
            rival -> rival.label,
            rival -> HessianCriterion.rival(seeds, rival));
  }

  /** A number that the text gives. */
  private static void text(
      Measurements into,
      Preset preset,
      String name,
      List<HessianPoint> seeds,
      ToDoubleFunction<HessianPoint> quantity,
      double text) {
    SeedMean mean = Measurements.over(seeds, quantity);
    if (HessianCriterion.judgesValues(preset)) {
      into.apart(name + ", apart", HessianCriterion.prediction(mean), HessianCriterion.value(text));
    } else {
      into.mean(name, seeds, quantity);
    }
  }

  /** {@code tables/seeds.csv}, {@code hessian.csv} and {@code spectra.csv} of a run folder. */
  private static Findings tables(Findings findings, List<HessianPoint> seeds) {
    return findings
        .table(
            Csv.of("seeds", seeds)
                .column("seed", HessianPoint::seed)
                .column("loss", HessianPoint::loss)
                .column("gradient_norm_squared", HessianPoint::gradientNormSquared)
                .column("train_accuracy", HessianPoint::accuracy)
                .column("largest", HessianPoint::largest)
                .column("effective_dimension", HessianPoint::effectiveDimension)
                .column("outliers", HessianPoint::outliers)
                .column("median", HessianPoint::median)
                .column("eigenvalue_error", HessianPoint::error)
                .column("largest_of_hessian", p -> p.hessian()[0])
                .column("hessian_products", HessianPoint::hessianProducts))
        .table(
            Csv.each("hessian", seeds, p -> p.hessian().length)
                .column("seed", e -> e.of().seed())
                .column("rank", e -> e.index() + 1)
                .column("hessian", e -> e.of().hessian()[e.index()])
                .column("residual", e -> e.of().hessianResiduals()[e.index()])
                .column("gauss_newton", e -> e.of().eigenvalues()[e.index()]))
        .table(
            Csv.each("spectra", seeds, p -> p.eigenvalues().length)
                .column("seed", e -> e.of().seed())
                .column("rank", e -> e.index() + 1)
                .column("eigenvalue", e -> e.of().eigenvalues()[e.index()]));
  }
}
