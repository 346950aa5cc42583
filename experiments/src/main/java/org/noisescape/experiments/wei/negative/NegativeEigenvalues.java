package org.noisescape.experiments.wei.negative;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.wei.LossFloor;

/**
 * Sum of the negative eigenvalues of the Hessian against the training loss, for SGD at several
 * batch sizes and learning rates from one minimum.
 *
 * <p>Near a degenerate valley ⟨∂_j∂_k L⟩ along it is proportional to ⟨L⟩ − L*, both being
 * proportional to η/B. The Hessian is exact, that of the piecewise smooth function of a ReLU
 * network, and its eigenvalues are LAPACK's. Source: Wei and Schwab, sections 4.1 and A.3, Fig. 2a.
 */
public final class NegativeEigenvalues extends PlannedExperiment<NegativeEigenvalues.Plan> {
  static final String ID = "wei/negative-eigenvalues";

  /** The experiment. */
  public NegativeEigenvalues() {
    super(
        ID,
        "The negative eigenvalues of the Hessian sum to a multiple of the training loss",
        "Wei, Schwab, sections 4.1 and A.3, Fig. 2a",
        row("dataset", "data set", "digits:train=80,test=0,size=7", "mnist:size=14"),
        row("subset", "the first so many training samples, or all", "80", "500"),
        // quick has as many parameters a fitted number as the text: 970/(80 x 9) and
        // 6220/(500 x 9)
        row("model", "architecture", "mlp:16", "mlp:30"),
        // the text gives no number; Szegedy et al. (2016), whom it cites, take 0.1
        row("smoothing", "label smoothing of the cross-entropy", "0.1"),
        row("gd-lr", "learning rate of gradient descent to the minimum", "0.1"),
        row("gd-epochs", "steps of gradient descent to the minimum", "10000"),
        // the ranges of the text, which gives neither the values between nor the length of the
        // runs
        row(
            "batches",
            "mini-batch sizes of SGD from the minimum",
            "5,10,40",
            "5,25,250",
            "5,10,25,50,100,250"),
        row(
            "rates",
            "learning rates of SGD from the minimum",
            "0.01,0.03,0.1",
            "0.01,0.03,0.1",
            "0.001,0.003,0.01,0.03,0.1"),
        row("sgd-epochs", "passes over the data of each run of SGD", "6000", "1000"),
        row("states", "states at the end of each run that are averaged", "3", "1", "3"),
        row("state-every", "epochs between these states", "1000", "100"),
        // without noise, from the same minima: far enough for the losses of most runs of SGD
        row(
            "descent-epochs",
            "further steps of gradient descent from the minimum, a multiple of 32",
            "32000",
            "32000",
            "96000"),
        row("seeds", "minima from different initial weights", "4", "4", "5"));
  }

  /**
   * What runs.
   *
   * @param runs descent and SGD
   * @param floor L*
   */
  record Plan(NoisyRuns runs, double floor) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    NoisyRuns runs = NoisyRuns.of(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(NoisyRuns.DESCENT, runs.descent(), pair);
    double floor = LossFloor.of(LossFloor.smoothing(settings), pair.train().classes());
    return Planned.of(new Plan(runs, floor), NegativeCriterion.text())
        .digests(digests)
        .trainings(runs.trainings())
        .measurements(runs.measurements());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<RunSpectrum> minima = plan.runs.descend(run);
    List<RunSpectrum> runs = plan.runs.diffuse(run);
    List<RunSpectrum> descent = new ArrayList<>(minima);
    descent.addAll(plan.runs.descendFurther(run));
    Spectra spectra = new Spectra(minima, descent, runs);
    List<SeedLine> lines = SeedLine.of(runs, minima.size(), plan.floor);
    List<SeedLine> still = SeedLine.of(descent, minima.size(), plan.floor);
    return findings(spectra, lines, still, plan.floor)
        .figures(NegativeFigures.of(run.path(), plan.runs, spectra, lines, plan.floor));
  }

  /**
   * What was measured.
   *
   * @param minima of gradient descent, one a seed
   * @param descent these, and states of gradient descent further on
   * @param runs of SGD
   */
  record Spectra(List<RunSpectrum> minima, List<RunSpectrum> descent, List<RunSpectrum> runs) {}

  /**
   * Numbers and tables.
   *
   * @param lines through the runs of SGD, one a seed
   * @param still through the descent without noise, one a seed
   * @param floor L*
   */
  static Findings findings(
      Spectra spectra, List<SeedLine> lines, List<SeedLine> still, double floor) {
    Measurements numbers =
        exponent(lines, PointEstimate.exact(1))
            .judged("R^2", NegativeCriterion.rSquared(lines), NegativeCriterion.R_SQUARED)
            .apart(
                "intercept / largest |sum|",
                NegativeCriterion.interceptShare(lines),
                NegativeCriterion.INTERCEPT_SHARE)
            .value(
                "slope of the sum on L - L*",
                NegativeCriterion.mean(lines, SeedLine::slope, SeedLine::slopeError))
            .value(
                "intercept at L = L*",
                NegativeCriterion.mean(lines, SeedLine::intercept, SeedLine::interceptError))
            .value(
                "slope by the line of L on the sum",
                NegativeCriterion.mean(
                    lines, SeedLine::reverseSlope, line -> line.slopeError() / line.rSquared()))
            .value(
                "intercept read against L as it is",
                NegativeCriterion.mean(lines, line -> line.at(-floor), SeedLine::interceptError))
            .value(
                "intercept read against L - L of the descent",
                NegativeCriterion.mean(
                    lines,
                    line -> line.at(spectra.minima().get(line.seed()).excess(floor)),
                    SeedLine::interceptError))
            .value("largest |sum|", Measurements.over(lines, SeedLine::largest).mean())
            .value("L*, entropy of the targets", floor)
            .mean("L - L* of the descent", spectra.minima(), m -> m.excess(floor))
            .value("exponent along the descent without noise", alongDescent(still))
            .mean(
                "sum of the mean Hessian / mean sum",
                spectra.runs(),
                r -> r.ofMeanHessian().sum() / r.negativeSum().mean());
    return tables(
        Findings.of(numbers)
            .rival("sum ~ sqrt(L - L*)", exponent(lines, PointEstimate.exact(0.5)))
            .rival("sum does not depend on L", exponent(lines, PointEstimate.exact(0)))
            .rival("as along gradient descent without noise", exponent(lines, alongDescent(still))),
        spectra,
        lines,
        floor);
  }

  /** The exponent of the descent, however far it came: its error is that of its own points. */
  private static PointEstimate alongDescent(List<SeedLine> still) {
    return NegativeCriterion.mean(still, SeedLine::exponent, SeedLine::exponentError);
  }

  /** The exponent held against that of a law, which may have an error itself. */
  private static Measurements exponent(List<SeedLine> lines, PointEstimate law) {
    return new Measurements()
        .judged(
            "exponent d log |sum| / d log (L - L*)",
            NegativeCriterion.exponent(lines)
                .plusError(law.standardError(), law.degreesOfFreedom()),
            NegativeCriterion.EXPONENT.against(law.value()));
  }

  /** A run of the descent or of SGD. */
  private record Run(String stage, RunSpectrum spectrum) {}

  private static Findings tables(
      Findings findings, Spectra spectra, List<SeedLine> lines, double floor) {
    List<Run> all = new ArrayList<>();
    spectra.descent().forEach(state -> all.add(new Run("descent", state)));
    spectra.runs().forEach(run -> all.add(new Run("sgd", run)));
    return findings
        .table(
            Csv.parts("states", all, run -> run.spectrum().states())
                .column("stage", s -> s.of().stage())
                .column("batch", s -> s.of().spectrum().batch())
                .column("learning_rate", s -> s.of().spectrum().learningRate())
                .column("seed", s -> s.of().spectrum().seed())
                .column("epoch", s -> s.part().epoch())
                .column("loss", s -> s.part().loss())
                .column("excess_loss", s -> s.part().loss() - floor)
                .column("gradient_norm_squared", s -> s.part().gradientNormSquared())
                .column("negative_sum", s -> s.part().negative().sum())
                .column("negative_sum_error_bound", s -> s.part().negative().sumError())
                .column("negative_count", s -> s.part().negative().count())
                .column("smallest", s -> s.part().negative().smallest())
                .column("largest", s -> s.part().negative().largest())
                .column("trace", s -> s.part().negative().trace())
                .column("active_parameters", s -> s.part().negative().active()))
        .table(
            Csv.of("runs", all)
                .column("stage", Run::stage)
                .column("batch", r -> r.spectrum().batch())
                .column("learning_rate", r -> r.spectrum().learningRate())
                .column("seed", r -> r.spectrum().seed())
                .column("states", r -> r.spectrum().states().size())
                .column("excess_loss", r -> r.spectrum().excess(floor))
                .column("excess_loss_standard_error", r -> r.spectrum().loss().standardError())
                .column("negative_sum", r -> r.spectrum().negativeSum().mean())
                .column(
                    "negative_sum_standard_error", r -> r.spectrum().negativeSum().standardError())
                .column("negative_sum_of_mean_hessian", r -> r.spectrum().ofMeanHessian().sum()))
        .table(
            Csv.of("lines", lines)
                .column("seed", SeedLine::seed)
                .column("runs", SeedLine::runs)
                .column("slope", SeedLine::slope)
                .column("slope_standard_error", SeedLine::slopeError)
                .column("intercept", SeedLine::intercept)
                .column("intercept_standard_error", SeedLine::interceptError)
                .column("r_squared", SeedLine::rSquared)
                .column("reverse_slope", SeedLine::reverseSlope)
                .column("exponent", SeedLine::exponent)
                .column("exponent_standard_error", SeedLine::exponentError)
                .column("largest_sum", SeedLine::largest)
                .column("loss_ratio", SeedLine::ratio));
  }
}
