package org.noisescape.experiments.mori.eigenmodes;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.nio.file.Path;
import java.util.Arrays;
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

/**
 * Spread of SGD along the largest eigenvectors of a pre-trained network's Hessian, and outside of
 * their space.
 *
 * <p>Source: Mori et al. (2022), section 3.1 and appendix C, Eqs. 26 to 30; Wei and Schwab (2019),
 * Eq. 8. Independent replicas start alike, so that variances are over replicas, and what all of
 * them learn meanwhile counts as drift.
 */
public final class Eigenmodes extends PlannedExperiment<Eigenmodes.Plan> {
  private static final String STAGE = "network";

  /** The experiment. */
  public Eigenmodes() {
    super(
        "mori/eigenmodes",
        "SGD spreads alike along the outlying eigenvectors and is frozen along the flat ones",
        "Mori, Ziyin, Liu, Ueda (2022), section 3.1, Eq. 30; Wei, Schwab (2019), Eq. 8",
        ParityTraining.rows("20000", "10000")
            .and(
                row("modes", "largest eigenvectors of the Hessian", "10"),
                row("spread-lr", "learning rate of the replicas", "0.01"),
                row(
                    "spread-batch",
                    "mini-batch size of the replicas, drawn with replacement",
                    "10"),
                row("replicas", "runs of SGD from each network", "100", "200", "1000"),
                row("steps", "steps of each", "1500", "3000"),
                row("every", "steps between two snapshots", "50")));
  }

  /**
   * What runs.
   *
   * @param training the pre-training
   * @param iterations its steps
   * @param modes eigenvectors
   * @param rate η of the replicas
   * @param batch B of the replicas
   * @param replicas of each network
   * @param steps of each
   * @param every steps between two snapshots
   */
  record Plan(
      TrainConfiguration training,
      int iterations,
      int modes,
      double rate,
      int batch,
      int replicas,
      int steps,
      int every) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training =
        ParityTraining.steps(settings, settings.integer("seeds", 1), request, pair.train().size());
    int every = settings.integer("every", 1);
    int steps = settings.integer("steps", 1);
    if (steps < every) {
      throw settings.wrong("steps", "fewer than the %d between two snapshots".formatted(every));
    }
    Plan plan =
        new Plan(
            training,
            settings.integer("iterations", 1),
            settings.integer("modes", 2),
            settings.positive("spread-lr"),
            settings.integer("spread-batch", 1),
            settings.integer("replicas", 2),
            steps,
            every);
    return Planned.of(plan, ModeCriterion.text())
        .digests(StageData.check(STAGE, training, pair))
        .trainings(1)
        .measurements(plan.training().replicas());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    TrainConfiguration training = plan.training();
    Path stage = run.train(STAGE, "pre-training", "lr", training);
    ModeStage modes = new ModeStage(stage, run.request(), plan);
    List<ModePoint> seeds =
        IntStream.range(0, training.replicas()).mapToObj(modes::measure).toList();
    String description =
        "%s on %s (even against odd) after %d steps; η = %s, B = %d, %d replicas"
            .formatted(
                training.model(),
                training.dataset(),
                plan.iterations(),
                plan.rate(),
                plan.batch(),
                plan.replicas());
    return findings(seeds).figures(ModeFigures.of(seeds, description));
  }

  /** Numbers and tables. */
  static Findings findings(List<ModePoint> seeds) {
    Measurements numbers =
        ModeCriterion.texts(seeds)
            .mean("S_ii over 2 L lambda_i (Eq. 6)", seeds, ModePoint::noiseOverText, 1)
            .mean(
                "slope of log S_ii against log lambda_i of the start (Eq. 6)",
                seeds,
                ModePoint::noiseSlope,
                1)
            .mean(
                "share of the variance over replicas along the outliers, once they have relaxed",
                seeds,
                ModePoint::spreadInsideWhenRelaxed)
            .mean(
                "share of |theta - theta_0|^2 along the outliers, at the end",
                seeds,
                s -> s.snapshots().getLast().inside())
            .mean(
                "|theta - theta_0|^2 per outlying over that per other direction",
                seeds,
                ModePoint::wayPerDirection)
            .mean("steps until the outliers have relaxed", seeds, ModePoint::relaxation)
            .mean("largest eigenvalue", seeds, s -> s.eigenvalues()[0])
            .mean("smallest of the eigenvalues", seeds, s -> s.eigenvalues()[s.modes() - 1])
            .mean("L at the start", seeds, ModePoint::startLoss)
            .mean("mean L at the end", seeds, ModePoint::loss);
    return tables(judged(seeds, numbers), seeds);
  }

  /** Numbers with what the rivals say. */
  static Findings judged(List<ModePoint> seeds, Measurements numbers) {
    return Findings.of(numbers)
        .rivals(
            Arrays.stream(ModeLaw.values()).filter(law -> law != ModeLaw.EQUAL).toList(),
            law -> law.label,
            law -> ModeCriterion.slope(seeds, law))
        .rival("half the variance", ModeCriterion.level(seeds, 0.5))
        .rival("twice the variance", ModeCriterion.level(seeds, 2))
        .rival(
            "isotropic: n/P of the way",
            ModeCriterion.frozen(seeds, ModeCriterion.isotropicShare(seeds)));
  }

  private static Findings tables(Findings findings, List<ModePoint> seeds) {
    return findings
        .table(
            Csv.each("modes", seeds, ModePoint::modes)
                .column("network", e -> e.of().seed())
                .column("rank", e -> e.index() + 1)
                .column("eigenvalue", e -> e.of().eigenvalues()[e.index()])
                .column("noise", e -> e.of().noise()[e.index()])
                .column("variance", e -> e.of().variances()[e.index()])
                .column("equal", e -> e.of().equal(e.index()))
                .column("balanced", e -> e.of().balanced(e.index())))
        .table(
            Csv.parts("snapshots", seeds, ModePoint::snapshots)
                .column("network", s -> s.of().seed())
                .column("step", s -> s.part().step())
                .column("inside", s -> s.part().inside())
                .column("spread_inside", s -> s.part().spreadInside()));
  }
}
