package org.noisescape.experiments.liu.efficiency;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridCriterion;
import org.noisescape.experiments.liu.stationary.GridFindings;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.report.Figure;
import org.noisescape.theory.liu.EscapeEfficiency;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.Hessian;

/**
 * Mean loss after t steps from the exact minimum, and how much more of it aligned noise makes than
 * isotropic noise of the same trace.
 *
 * <p>Source: Liu et al. (2021), section 6.2, Eqs. 38 to 43.
 */
public final class EscapeEfficiencyTimes extends PlannedExperiment<EscapeEfficiencyTimes.Plan> {
  private static final String VALUE = "escape_efficiency";
  private static final String EARLIER = "continuous theory";
  private static final double FLAT = 0.1;
  private static final String ALIGNED = "aligned";
  private static final String ISOTROPIC = "isotropic";

  /** The experiment. */
  public EscapeEfficiencyTimes() {
    super(
        "liu/escape-efficiency",
        "From a sharp minimum SGD escapes faster than continuous time says",
        "Liu, Ziyin, Ueda (2021), section 6.2, Eqs. 39, 40, 41, 43",
        row("rates", "learning rates times the largest curvature", "0.2,1,1.8"),
        row("steps", "steps from the minimum", "40"),
        row("dimension", "D of the comparison of aligned and isotropic noise", "10", "50"),
        row("dimensions", "D of the power of D, three or more", "16,64,256", "16,64,256,1024"),
        row("dimension-replicas", "replicas of it", "10000"),
        row("replicas", "independent replicas", "200000"));
  }

  /** A noise on a Hessian at one rate. */
  record Setup(String panel, double rate, double[] curvatures, double[] noise) {
    Hessian hessian() {
      return Hessian.diagonal(curvatures);
    }

    GradientNoiseCovariance covariance() {
      return Systems.diagonal(noise);
    }
  }

  /**
   * What runs.
   *
   * @param setups looked at after every step
   * @param dimensions D of the systems of {@link AlignmentPower}, of one step
   */
  record Plan(
      List<Setup> setups,
      int steps,
      int replicas,
      List<Integer> dimensions,
      int dimensionReplicas) {}

  @Override
  public boolean usesEngine() {
    return false;
  }

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    int replicas = settings.integer("replicas", 2);
    List<Integer> dimensions = settings.integers("dimensions", 2).stream().sorted().toList();
    if (dimensions.size() < 3) {
      throw settings.wrong("dimensions", "a power takes three or more");
    }
    Plan plan =
        new Plan(
            setups(settings),
            settings.integer("steps", 1),
            replicas,
            dimensions,
            settings.integer("dimension-replicas", 2));
    // checks the stability
    plan.setups.forEach(s -> EscapeEfficiency.discrete(s.rate(), 1, s.hessian(), s.covariance()));
    String criterion =
        GridCriterion.text(EARLIER)
            + "The same for the ratio of aligned to isotropic noise at the first and the last step, where a"
            + " rival is that it is 1. "
            + LevelShares.text()
            + AlignmentPower.text()
            + Criterion.terms();
    return Planned.of(plan, criterion)
        .measurements(plan.setups.size() + AlignmentPower.setups(plan.dimensions).size());
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<Setup> setups = new ArrayList<>(plan.setups);
    setups.addAll(AlignmentPower.setups(plan.dimensions));
    int many = plan.setups.size();
    List<LossCurve> curves =
        run.systems(
            setups.size(),
            LossCurve.class,
            i -> {
              Setup setup = setups.get(i);
              return LossCurve.measure(
                  Quadratic.diagonal(setup.curvatures()),
                  DiagonalNoise.constant(setup.noise()),
                  setup.rate(),
                  i < many ? plan.steps : 1,
                  step -> LevelShares.levels(setup, step),
                  i * plan.replicas,
                  i < many ? plan.replicas : plan.dimensionReplicas,
                  run.request());
            });
    List<GridPoint> points = new ArrayList<>();
    List<GridPoint> powers = new ArrayList<>();
    for (int i = 0; i < setups.size(); i++) {
      int replicas = i < many ? plan.replicas : plan.dimensionReplicas;
      (i < many ? points : powers).addAll(points(setups.get(i), curves.get(i), replicas));
    }
    LevelShares shares = LevelShares.of(plan.setups, curves.subList(0, many), plan.replicas);
    AlignmentPower power = AlignmentPower.of(plan.dimensions, powers);
    List<Figure> figures = new ArrayList<>(EfficiencyFigures.of(plan.setups, points));
    figures.add(shares.figure());
    figures.add(power.figure());
    return findings(points, shares, power).figures(figures);
  }

  static List<Setup> setups(Settings settings) {
    List<Setup> all = new ArrayList<>();
    for (double rate : settings.positives("rates")) {
      String panel = "rate " + Plots.number(rate);
      all.add(new Setup(panel, rate, new double[] {1, FLAT}, new double[] {1, 1}));
    }
    int dimension = settings.integer("dimension", 2);
    double[] curvatures = new double[dimension];
    Arrays.fill(curvatures, 1.0 / ((double) dimension * dimension));
    curvatures[0] = 1;
    double trace = Arrays.stream(curvatures).sum();
    double[] equal = new double[dimension];
    Arrays.fill(equal, trace / dimension);
    all.add(new Setup(ALIGNED, 1, curvatures, curvatures));
    all.add(new Setup(ISOTROPIC, 1, curvatures, equal));
    return all;
  }

  static List<GridPoint> points(Setup setup, LossCurve curve, int replicas) {
    List<GridPoint> points = new ArrayList<>();
    Hessian hessian = setup.hessian();
    GradientNoiseCovariance covariance = setup.covariance();
    for (int i = 0; i < curve.means().length; i++) {
      int t = i + 1;
      double discrete = EscapeEfficiency.discrete(setup.rate(), t, hessian, covariance);
      points.add(
          new GridPoint(
              new StationaryCase.Label(setup.panel(), "constant", "sgd", setup.rate(), 0, 0, t),
              "mean loss at t = " + t,
              curve.means()[i],
              curve.errors()[i],
              discrete,
              discrete,
              EscapeEfficiency.continuous(setup.rate(), t, hessian, covariance),
              replicas,
              t));
    }
    return points;
  }

  /** Numbers and table of the points. */
  static Findings findings(List<GridPoint> points, LevelShares shares, AlignmentPower power) {
    List<GridPoint> aligned = GridPoint.of(points, ALIGNED);
    List<GridPoint> isotropic = GridPoint.of(points, ISOTROPIC);
    List<GridNumber> ratios = new ArrayList<>();
    for (int i : new int[] {0, aligned.size() - 1}) {
      ratios.add(ratio(aligned.get(i), isotropic.get(i)));
    }
    Measurements unaligned = new Measurements();
    ratios.forEach(r -> unaligned.judged(r.name(), r.measured(), r.criterion().against(1)));
    Measurements more = shares.theory().addAll(power.theory());
    return GridFindings.of(EARLIER, points, ratios, more)
        .rival("aligned noise escapes like isotropic noise", unaligned)
        .rival("the bound of Eq. 39 is attained", shares.judged(LevelShares::attained))
        .rival("P = exp(-delta/E)", shares.judged(LevelShares::exponential))
        .rival("D^(2d-1) at d > 1 (Eq. 43 as printed)", power.asPrinted())
        .rival("D for every d", power.linear())
        .table(GridFindings.table(VALUE, points))
        .table(shares.table());
  }

  private static GridNumber ratio(GridPoint above, GridPoint below) {
    return new GridNumber(
        "aligned / isotropic noise (Eq. 43), t = " + above.steps(),
        quotient(above, below),
        GridCriterion.share(above.exact() / below.exact()),
        above.continuous() / below.continuous());
  }

  /** Of independent means. */
  static PointEstimate quotient(GridPoint above, GridPoint below) {
    return above
        .estimate()
        .times(1 / below.value())
        .plusError(
            above.value() / below.value() * below.standardError() / below.value(),
            below.replicas() - 1.0);
  }
}
