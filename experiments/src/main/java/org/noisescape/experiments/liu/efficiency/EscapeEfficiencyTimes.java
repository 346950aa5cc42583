package org.noisescape.experiments.liu.efficiency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Quadratic;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.liu.stationary.GridCriterion;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.GridTables;
import org.noisescape.experiments.liu.stationary.Plots;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.experiments.liu.stationary.Synthetic;
import org.noisescape.experiments.liu.stationary.Systems;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.theory.liu.EscapeEfficiency;
import org.noisescape.theory.liu.GradientNoiseCovariance;
import org.noisescape.theory.liu.Hessian;

/**
 * Mean loss after t steps from the exact minimum, and how much more of it aligned noise makes than
 * isotropic noise of the same trace.
 *
 * <p>Source: Liu et al. (2021), section 6.2, Eqs. 38 to 43.
 */
public final class EscapeEfficiencyTimes implements Experiment {
  private static final String ID = "liu/escape-efficiency";
  private static final String VALUE = "escape_efficiency";
  private static final double FLAT = 0.1;
  private static final int MARKS_A_SETUP = 3;
  private static final String ALIGNED = "aligned";
  private static final String ISOTROPIC = "isotropic";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "From a sharp minimum SGD escapes faster than continuous time says";
  }

  @Override
  public String source() {
    return "Liu, Ziyin, Ueda (2021), section 6.2, Eqs. 40, 41, 43";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("rates", "learning rates times the largest curvature");
    all.put("steps", "steps from the minimum");
    all.put("dimension", "D of the comparison of aligned and isotropic noise");
    all.put("replicas", "independent replicas");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("rates", "0.2,1,1.8");
    all.put("steps", "40");
    all.put("dimension", preset == Preset.QUICK ? "10" : "50");
    all.put("replicas", preset == Preset.QUICK ? "20000" : "200000");
    return all;
  }

  /** A noise on a Hessian at one rate. */
  private record Setup(String panel, double rate, double[] curvatures, double[] noise) {
    Hessian hessian() {
      return Hessian.diagonal(curvatures);
    }

    GradientNoiseCovariance covariance() {
      return Systems.diagonal(noise);
    }
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Synthetic.requireNoDataset(this, request);
    Settings settings = Settings.of(ID, defaults(request.preset()), Map.of(), request.settings());
    int replicas = settings.integer("replicas", 2);
    int steps = settings.integer("steps", 1);
    List<Setup> setups = setups(settings);
    setups.forEach(s -> EscapeEfficiency.discrete(s.rate(), 1, s.hessian(), s.covariance()));
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, Map.of())) {
      List<GridPoint> points = new ArrayList<>();
      for (int i = 0; i < setups.size(); i++) {
        int index = i;
        Path file =
            folder
                .path()
                .resolve("points")
                .resolve(String.format(Locale.ROOT, "case-%03d.json", i));
        request.progress().started("system %d of %d".formatted(i + 1, setups.size()));
        LossCurve curve =
            StageResult.of(
                file,
                LossCurve.class,
                () -> {
                  Setup s = setups.get(index);
                  return LossCurve.measure(
                      Quadratic.diagonal(s.curvatures()),
                      DiagonalNoise.constant(s.noise()),
                      s.rate(),
                      steps,
                      index * replicas,
                      replicas,
                      request);
                });
        request.progress().finished();
        points.addAll(points(setups.get(i), curve, replicas));
      }
      GridTables.write(folder.path(), VALUE, points);
      return folder.finish(figures(setups, points), outcome(request.preset(), points));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static List<Setup> setups(Settings settings) {
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

  private static List<GridPoint> points(Setup setup, LossCurve curve, int replicas) {
    List<GridPoint> points = new ArrayList<>();
    for (int i = 0; i < curve.means().length; i++) {
      int t = i + 1;
      double discrete =
          EscapeEfficiency.discrete(setup.rate(), t, setup.hessian(), setup.covariance());
      points.add(
          new GridPoint(
              new StationaryCase.Label(setup.panel(), "constant", "sgd", setup.rate(), 0, 0, t),
              "mean loss at t = " + t,
              curve.means()[i],
              curve.errors()[i],
              discrete,
              discrete,
              EscapeEfficiency.continuous(setup.rate(), t, setup.hessian(), setup.covariance()),
              replicas,
              t));
    }
    return points;
  }

  static ExperimentOutcome outcome(Preset preset, List<GridPoint> points) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<String> panels = points.stream().map(p -> p.label().panel()).distinct().toList();
    for (String panel : panels) {
      StationaryExperiment.judge(panel, "continuous theory", of(points, panel), measurements);
    }
    List<GridPoint> aligned = of(points, ALIGNED);
    List<GridPoint> isotropic = of(points, ISOTROPIC);
    for (int i : new int[] {0, aligned.size() - 1}) {
      GridPoint ratio = ratio(aligned.get(i), isotropic.get(i));
      measurements.add(
          new NamedMeasurement(
              "aligned / isotropic noise (Eq. 43), t = " + (i + 1),
              ratio.value(),
              ratio.standardError(),
              ratio.exact(),
              Optional.of(GridCriterion.onTheory(ratio))));
    }
    List<Verdict> verdicts = measurements.stream().flatMap(m -> m.verdict().stream()).toList();
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), GridCriterion.text("continuous theory"), measurements);
  }

  /** Quotient of independent means. */
  private static GridPoint ratio(GridPoint above, GridPoint below) {
    double value = above.value() / below.value();
    double error =
        value
            * Math.hypot(
                above.standardError() / above.value(), below.standardError() / below.value());
    double theory = above.exact() / below.exact();
    return new GridPoint(
        above.label(),
        above.quantity(),
        value,
        error,
        theory,
        theory,
        above.continuous() / below.continuous(),
        above.replicas(),
        above.steps());
  }

  private static List<Figure> figures(List<Setup> setups, List<GridPoint> points) {
    List<Mark> rates = new ArrayList<>();
    List<Mark> noises = new ArrayList<>();
    for (Setup setup : setups) {
      boolean compared = setup.panel().equals(ALIGNED) || setup.panel().equals(ISOTROPIC);
      List<Mark> marks = compared ? noises : rates;
      int index = marks.size() / MARKS_A_SETUP;
      List<GridPoint> own = of(points, setup.panel());
      double[] x = own.stream().mapToDouble(p -> p.label().x()).toArray();
      marks.add(
          new Figure.Line(
              marks.isEmpty() ? "discrete theory" : "",
              index,
              Stroke.SOLID,
              x,
              own.stream().mapToDouble(GridPoint::exact).toArray()));
      marks.add(
          new Figure.Line(
              marks.size() == 1 ? "continuous theory" : "",
              index,
              Stroke.DOTTED,
              x,
              own.stream().mapToDouble(GridPoint::continuous).toArray()));
      marks.add(
          Plots.points(
              compared ? setup.panel() + " noise" : "λk₁ = " + Plots.number(setup.rate()),
              index,
              own));
    }
    Axis time = new Axis("Steps t", Scale.LINEAR);
    Axis loss = new Axis("E[L(w_t) − L(w₀)]", Scale.LOG);
    int replicas = points.getFirst().replicas();
    return List.of(
        new Figure(
            "rates",
            "Mean loss after t steps from the minimum",
            "Curvatures 1 and 0.1, white noise of variance 1, %d replicas.".formatted(replicas),
            time,
            loss,
            rates),
        new Figure(
            "alignment",
            "Aligned and isotropic noise of the same trace",
            "D = %d, one curvature 1 and the others 1/D², learning rate 1, %d replicas."
                .formatted(setups.getLast().curvatures().length, replicas),
            time,
            loss,
            noises));
  }

  private static List<GridPoint> of(List<GridPoint> points, String panel) {
    return points.stream().filter(p -> p.label().panel().equals(panel)).toList();
  }
}
