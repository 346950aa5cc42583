package org.noisescape.experiments.mori.decoupling;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/**
 * The decoupling approximation (1/N) Σ ℓ_μ ∇f_μ∇f_μᵀ ≈ L (1/N) Σ ∇f_μ∇f_μᵀ during training.
 *
 * <p>Source: Mori et al. (2022), Eq. 7, section 5.1 and Fig. 1. Beyond the text, which compares the
 * eigenvalues: the cosine of the matrices, and both against losses that are shuffled among the
 * samples.
 */
public final class Decoupling extends PlannedExperiment<Decoupling.Plan> {
  private static final String STAGE = "network";
  private static final double[] CUTS = {1e-1, 1e-2, DecouplingCriterion.CUT, 1e-4, 1e-5};

  /** The experiment. */
  public Decoupling() {
    super(
        "mori/decoupling",
        "Losses and output gradients of the samples decouple, but for very small eigenvalues",
        "Mori, Ziyin, Liu, Ueda (2022), section 5.1, Fig. 1",
        row("dataset", "data set", "digits:train=1000,test=0", "mnist"),
        row("subset", "the first so many training samples, or all", "1000", "5000", "10000"),
        row("model", "architecture", "mlp:100,100"),
        row("lr", "learning rate", "0.01"),
        row("batch", "mini-batch size", "100"),
        row("seeds", "independent runs from different initial weights", "5"),
        row(
            "epochs",
            "times at which the spectra are compared, whole epochs with commas",
            "0,50,500"),
        row("shuffles", "random deals of the losses to the samples, for the cosine", "20"));
  }

  /**
   * What runs.
   *
   * @param training with a checkpoint at each of the times
   * @param epochs times of the comparison
   * @param steps of an epoch
   * @param shuffles random deals of the losses
   * @param samples N
   */
  record Plan(
      TrainConfiguration training, List<Integer> epochs, int steps, int shuffles, int samples) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    int all = pair.train().size();
    List<Integer> epochs = epochs(settings);
    BigInteger common = BigInteger.ZERO;
    int last = 0;
    for (int epoch : epochs) {
      common = common.gcd(BigInteger.valueOf(epoch));
      last = Math.max(last, epoch);
    }
    TrainConfiguration training = ParityTraining.of(settings, request, all, last, common + "epoch");
    Plan plan =
        new Plan(
            training,
            epochs,
            ParityTraining.stepsPerEpoch(settings, all),
            settings.integer("shuffles", 2),
            training.subset() == null ? all : training.subset());
    return Planned.of(plan, DecouplingCriterion.text())
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1)
        .measurements(plan.epochs().size() * plan.training().replicas());
  }

  private static List<Integer> epochs(Settings settings) {
    List<Double> epochs = settings.notNegatives("epochs");
    if (!epochs.stream().allMatch(epoch -> epoch == Math.rint(epoch))
        || epochs.stream().allMatch(epoch -> epoch.intValue() == 0)) {
      throw settings.wrong("epochs", "must be whole epochs, one of them above 0");
    }
    return epochs.stream().map(Double::intValue).toList();
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    TrainConfiguration training = plan.training();
    Path stage = run.train(STAGE, "training", "lr", training);
    List<DecouplingPoint> points = new ArrayList<>();
    for (int epoch : plan.epochs()) {
      for (int seed = 0; seed < training.replicas(); seed++) {
        points.add(
            new DecouplingStage(stage, run.request(), plan.shuffles())
                .measure(epoch, (long) epoch * plan.steps(), seed));
      }
    }
    String description =
        "%s on %s (%d samples, even against odd)"
            .formatted(training.model(), training.dataset(), plan.samples());
    return findings(points).figures(DecouplingFigures.of(points, description));
  }

  /** Numbers and tables of all times and seeds. */
  static Findings findings(List<DecouplingPoint> points) {
    Measurements numbers = judged(points, DecouplingLaw.DECOUPLED);
    for (double epoch : epochs(points)) {
      List<DecouplingPoint> seeds = points.stream().filter(p -> p.epoch() == epoch).toList();
      String name = name(epoch);
      List<SpectrumComparison> shuffled =
          seeds.stream()
              .map(p -> SpectrumComparison.of(p.shuffled(), p.decoupled(), DecouplingCriterion.CUT))
              .toList();
      numbers
          .mean(
              name + "median |log10 ratio|, losses shuffled",
              shuffled,
              SpectrumComparison::median,
              0)
          .mean(name + "L", seeds, DecouplingPoint::loss)
          .mean(name + "cosine of the matrices", seeds, DecouplingPoint::cosine, 1)
          .mean(name + "cosine, losses shuffled", seeds, DecouplingPoint::shuffledCosine)
          .mean(
              name + "tr S / (2 tr decoupled)",
              seeds,
              p -> p.noiseStrength() / p.decoupledNoise(),
              1)
          .mean(name + "correlation of l and |grad f|^2", seeds, DecouplingPoint::correlation, 0)
          .mean(
              name + "share of samples that carry the loss",
              seeds,
              p -> p.participation() / p.exact().length);
    }
    return tables(judged(points, numbers), points);
  }

  /** The numbers of the decoupled matrix, and those of its rivals. */
  static Findings judged(List<DecouplingPoint> points, Measurements numbers) {
    return Findings.of(numbers)
        .rivals(
            List.of(DecouplingLaw.WITHOUT_LOSS, DecouplingLaw.ISOTROPIC),
            rival -> rival.label,
            rival -> judged(points, rival));
  }

  static Measurements judged(List<DecouplingPoint> points, DecouplingLaw law) {
    Measurements numbers = new Measurements();
    for (double epoch : epochs(points)) {
      List<DecouplingPoint> seeds = points.stream().filter(p -> p.epoch() == epoch).toList();
      numbers.addAll(DecouplingCriterion.judged(name(epoch), seeds, law));
    }
    return numbers;
  }

  private static List<Double> epochs(List<DecouplingPoint> points) {
    return points.stream().map(DecouplingPoint::epoch).distinct().toList();
  }

  private static String name(double epoch) {
    return "epoch " + (long) epoch + " ";
  }

  /** Spectra of a point compared down to a cut. */
  private record Compared(DecouplingPoint point, String losses, SpectrumComparison spectra) {}

  /** {@code tables/decoupling.csv}, {@code comparisons.csv} and {@code spectra.csv}. */
  private static Findings tables(Findings findings, List<DecouplingPoint> points) {
    List<Compared> compared = new ArrayList<>();
    for (DecouplingPoint p : points) {
      for (double cut : CUTS) {
        compared.add(new Compared(p, "own", SpectrumComparison.of(p.exact(), p.decoupled(), cut)));
        compared.add(
            new Compared(p, "shuffled", SpectrumComparison.of(p.shuffled(), p.decoupled(), cut)));
      }
    }
    return findings
        .table(
            Csv.of("decoupling", points)
                .column("epoch", DecouplingPoint::epoch)
                .column("seed", DecouplingPoint::seed)
                .column("loss", DecouplingPoint::loss)
                .column("noise_strength", DecouplingPoint::noiseStrength)
                .column("noise_from_exact", DecouplingPoint::exactNoise)
                .column("noise_from_decoupled", DecouplingPoint::decoupledNoise)
                .column("gradient_norm_squared", DecouplingPoint::gradientNormSquared)
                .column("trace_ratio", DecouplingPoint::traceRatio)
                .column("correlation", DecouplingPoint::correlation)
                .column("participation", DecouplingPoint::participation)
                .column("cosine", DecouplingPoint::cosine)
                .column("cosine_shuffled", DecouplingPoint::shuffledCosine)
                .column("cosine_shuffled_deviation", DecouplingPoint::shuffledDeviation)
                .column("eigenvalue_error", DecouplingPoint::error))
        .table(
            Csv.of("comparisons", compared)
                .column("epoch", c -> c.point().epoch())
                .column("seed", c -> c.point().seed())
                .column("losses", Compared::losses)
                .column("cut", c -> c.spectra().cut())
                .column("eigenvalues", c -> c.spectra().count())
                .column("median_log10_ratio", c -> c.spectra().median())
                .column("maximum_log10_ratio", c -> c.spectra().maximum()))
        .table(
            Csv.each("spectra", points, p -> p.exact().length)
                .column("epoch", e -> e.of().epoch())
                .column("seed", e -> e.of().seed())
                .column("rank", e -> e.index() + 1)
                .column("exact", e -> e.of().exact()[e.index()])
                .column("decoupled", e -> e.of().decoupled()[e.index()])
                .column("shuffled", e -> e.of().shuffled()[e.index()]));
  }
}
