package org.noisescape.experiments.mori.saddle;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.SettingRows.Row;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;

/**
 * Rates of escape over a saddle with n ≥ 2 coordinates, SGD's noise taken as Gaussian: that of (16)
 * where it is isotropic, and where it is ∝ h_i along axis i, for which appendix C finds the same.
 *
 * <p>Wells have one barrier ΔL and one set of curvatures; L* alone makes c. Source: Mori et al.
 * (2022), Eqs. 16, 19, 23 to 42, section 1. The text simulates no saddle.
 */
public final class SaddleEscape extends LandscapeExperiment<SaddleEscape.Plan> {
  private static final SettingRows COMMON =
      SettingRows.of(
          row(
              "loss-ratios",
              "c = L(saddle)/L(minimum), two or more, by L* at one barrier",
              "2,3,4"),
          row("inverse-temperature", "B/(eta h_e)", "4"),
          row("lr", "learning rate eta, in units of 1/h_e", "0.02"),
          row("replicas", "replicas of each well and c", "400", "1000"),
          row("limit", "time limit in mean escape times; later replicas are censored", "6"));

  private final NoiseKind kind;

  private SaddleEscape(NoiseKind kind, String id, String title, String source, Row... own) {
    super(id, title, source, SettingRows.of(own).and(COMMON));
    this.kind = kind;
  }

  /** Noise of one strength along all axes. */
  public static SaddleEscape isotropic() {
    return new SaddleEscape(
        NoiseKind.ISOTROPIC,
        "mori/saddle-escape",
        "The rate over a saddle has a ratio of determinants and the power B/(eta h) + 1 - n/2",
        "Mori, Ziyin, Liu, Ueda (2022), Eqs. 16, 19, section 1",
        row("dimensions", "n, each with each curvature", "2,3"),
        row(
            "saddle-curvatures",
            "transverse curvatures at the saddle, over those at the minimum",
            "0.5,3"));
  }

  /** Noise ∝ h_i along axis i. */
  public static SaddleEscape unequal() {
    return new SaddleEscape(
        NoiseKind.UNEQUAL,
        "mori/saddle-escape-unequal",
        "The rate of isotropic noise holds for unequal curvatures h_i as well",
        "Mori, Ziyin, Liu, Ueda (2022), appendix C, Eqs. 23 to 42",
        row(
            "curvatures",
            "transverse curvatures over h_e; a well with each, and one with all",
            "0.25,3"));
  }

  /** What runs. */
  record Plan(
      List<EscapeCase> wells,
      List<Double> lossRatios,
      double inverseTemperature,
      double learningRate,
      int replicas,
      double limit) {}

  @Override
  protected Planned<Plan> plan(Settings settings) {
    List<EscapeCase> wells = kind == NoiseKind.ISOTROPIC ? isotropic(settings) : unequal(settings);
    List<Double> ratios = settings.positives("loss-ratios").stream().sorted().toList();
    if (ratios.size() < 2 || !(ratios.getFirst() > 1)) {
      throw settings.wrong("loss-ratios", "must be two or more, each above 1");
    }
    double rate = settings.positive("lr");
    double inverse = settings.positive("inverse-temperature");
    for (EscapeCase well : wells) {
      for (double c : ratios) {
        if (Double.isNaN(well.logFactor(c))) {
          throw settings.wrong("curvatures", "the straight path is not the one taken at c = " + c);
        }
      }
      double steepest = SaddleWell.CURVATURE;
      for (int j = 0; j + 1 < well.dimension(); j++) {
        steepest = Math.max(steepest, Math.max(well.minimum()[j], well.saddle()[j]));
      }
      StabilityBound.require("lr", rate, steepest);
    }
    return Planned.of(
            new Plan(
                wells,
                ratios,
                inverse,
                rate,
                settings.integer("replicas", 2),
                settings.positive("limit")),
            SaddleEscapeCriterion.text(inverse))
        .ensembles(wells.size() * ratios.size());
  }

  private static List<EscapeCase> isotropic(Settings settings) {
    List<EscapeCase> wells = new ArrayList<>();
    for (int dimension : settings.integers("dimensions", 2)) {
      for (double curvature : settings.positives("saddle-curvatures")) {
        wells.add(EscapeCase.isotropic(dimension, curvature));
      }
    }
    return wells;
  }

  private static List<EscapeCase> unequal(Settings settings) {
    List<Double> curvatures = settings.positives("curvatures");
    List<EscapeCase> wells = new ArrayList<>();
    curvatures.forEach(h -> wells.add(EscapeCase.unequal(h)));
    if (curvatures.size() > 1) {
      wells.add(EscapeCase.unequal(curvatures.stream().mapToDouble(h -> h).toArray()));
    }
    return wells;
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<List<SaddleEscapePoint>> wells = new ArrayList<>();
    int index = 0;
    for (EscapeCase system : plan.wells) {
      List<SaddleEscapePoint> points = new ArrayList<>();
      for (double c : plan.lossRatios) {
        points.add(escapes(plan, system, c, ensembles, index++));
      }
      wells.add(points);
    }
    return SaddleEscapeNumbers.findings(kind, wells).figures(SaddleEscapeFigures.of(kind, wells));
  }

  private static SaddleEscapePoint escapes(
      Plan plan, EscapeCase system, double c, Ensembles ensembles, int index) {
    SaddleWell well = system.well(c);
    double inverse = plan.inverseTemperature;
    double expected = 1 / EscapeLaw.TRANSVERSE.rate(system, c, inverse);
    LandscapePlan ensemble =
        LandscapePlan.of(well, new LossNoise(plan.learningRate, system.temperatures(1 / inverse)))
            .learningRate(plan.learningRate)
            .start(well.start())
            .detecting(theta -> theta[0], 0, SaddleWell.ESCAPED)
            .seed(ensembles.seed(index))
            .replicas(plan.replicas)
            .build();
    ReplicaState end =
        ensembles.run(
            "%s, c = %s".formatted(system.label(), c),
            ensemble,
            EnsembleSchedule.to((long) Math.ceil(plan.limit * expected / plan.learningRate)));
    return SaddleEscapePoint.of(system, c, inverse, plan.learningRate, end);
  }
}
