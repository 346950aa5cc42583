package org.noisescape.experiments.meng.covariance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.report.Figure;

/**
 * Trace of the gradient covariance along straight paths through a minimum, a layer at a time.
 *
 * <p>To second order in the distance s a mini-batch gradient is g(w*) + s H̃u, so that tr C(s) = tr
 * C(0) + 2 s tr Cov(g, H̃u) + s² tr Cov(H̃u); Eq. 5 leaves the linear term out. Source: Meng et al.
 * (2020), section 5.1, Fig. 2 and Eqs. 4, 5. C = S/B; what is reported is tr S, that is B = 1 with
 * replacement. Batch normalisation is in evaluation mode, with the running statistics of the
 * minimum: the noise is that of per-sample gradients, which training mode does not have.
 */
public final class NoiseCovariance implements Experiment {
  static final String ID = "meng/noise-covariance";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Around a minimum the gradient noise is quadratic in the distance";
  }

  @Override
  public String source() {
    return "Meng, Gong, Chen, Ma, Liu (2020), section 5.1, Fig. 2";
  }

  @Override
  public Map<String, String> settings() {
    return CovarianceSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return CovarianceSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = CovarianceSettings.of(request);
    List<Double> factors = settings.positives("factors");
    int points = settings.integer("points", PathFit.DEGREES);
    List<CovariancePanel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", CovariancePanel.NAMES)) {
      CovariancePanel panel = CovariancePanel.of(name, settings, request);
      panels.add(panel);
      digests.putAll(panel.digests());
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<String> command = ExperimentFolder.commandLine(this, request);
      List<NamedMeasurement> measurements = new ArrayList<>();
      List<Verdict> verdicts = new ArrayList<>();
      List<Figure> figures = new ArrayList<>();
      CovarianceTables tables = new CovarianceTables();
      for (CovariancePanel panel : panels) {
        List<Minimum> minima = panel.minima(folder.path(), request, command);
        List<PathFit> fits = panel.fits(folder.path(), request, minima, factors, points);
        tables.add(panel, minima, fits);
        figures.addAll(CovarianceFigures.of(panel, fits, factors.getFirst()));
        judge(panel, minima, fits, measurements, verdicts);
      }
      tables.write(folder.path());
      String targets =
          String.join(" and ", panels.stream().map(p -> p.name() + " " + p.target()).toList());
      return folder.finish(
          figures,
          new ExperimentOutcome(
              ID,
              request.preset(),
              Verdict.all(verdicts),
              QuadraticCriterion.text(targets),
              measurements));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void judge(
      CovariancePanel panel,
      List<Minimum> minima,
      List<PathFit> fits,
      List<NamedMeasurement> measurements,
      List<Verdict> verdicts) {
    boolean converged = minima.stream().allMatch(Minimum::converged);
    double judgedFactor = fits.getFirst().path().factor();
    for (String layer : panel.scales().keySet()) {
      QuadraticCriterion.Estimate r2 =
          QuadraticCriterion.estimate(select(fits, layer, judgedFactor));
      Verdict verdict = QuadraticCriterion.judge(r2, converged);
      if (panel.judged().contains(layer)) {
        verdicts.add(verdict);
      }
      measurements.add(
          new NamedMeasurement(
              panel.title(layer) + " R^2 of the quadratic",
              r2.mean(),
              r2.error(),
              1,
              Optional.of(verdict)));
    }
    for (double factor : fits.stream().map(f -> f.path().factor()).distinct().toList()) {
      for (String layer : panel.scales().keySet()) {
        describe(
            measurements,
            panel.title(layer),
            factor,
            select(fits, layer, factor),
            factor != judgedFactor);
      }
    }
    for (Minimum minimum : minima) {
      measurements.add(
          new NamedMeasurement(
              "loss at minimum " + panel.title(Integer.toString(minimum.seed())),
              minimum.loss(),
              Double.NaN,
              panel.target()));
    }
  }

  /** What the criterion does not judge. */
  private static void describe(
      List<NamedMeasurement> measurements,
      String layer,
      double factor,
      List<PathFit> seeds,
      boolean withQuadratic) {
    String name = withQuadratic ? layer + " x" + (long) factor : layer;
    if (withQuadratic) {
      QuadraticCriterion.Estimate r2 = QuadraticCriterion.estimate(seeds);
      measurements.add(
          new NamedMeasurement(name + " R^2 of the quadratic", r2.mean(), r2.error(), Double.NaN));
    }
    // polynomials through the rounding of a constant say nothing
    if (!seeds.stream().allMatch(PathFit::varies)) {
      measurements.add(
          new NamedMeasurement(name + " tr S does not vary", Double.NaN, Double.NaN, Double.NaN));
      return;
    }
    mean(measurements, name + " R^2 of a line", seeds, f -> f.degree(1).rSquared(), Double.NaN);
    mean(
        measurements,
        name + " R^2 without linear term (Eq. 5)",
        seeds,
        f -> f.even().rSquared(),
        1);
    mean(measurements, name + " largest over smallest tr S", seeds, PathFit::variation, Double.NaN);
  }

  /** Mean over seeds with its standard error, NaN for one. */
  private static void mean(
      List<NamedMeasurement> measurements,
      String name,
      List<PathFit> seeds,
      ToDoubleFunction<PathFit> quantity,
      double theory) {
    double[] values = seeds.stream().mapToDouble(quantity).toArray();
    SeedMean mean = SeedMean.of(values);
    measurements.add(new NamedMeasurement(name, mean.mean(), mean.standardError(), theory));
  }

  static List<PathFit> select(List<PathFit> fits, String layer, double factor) {
    return fits.stream()
        .filter(f -> f.path().layer().equals(layer) && f.path().factor() == factor)
        .toList();
  }
}
