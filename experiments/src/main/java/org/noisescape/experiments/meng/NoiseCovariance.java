package org.noisescape.experiments.meng;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.Experiment;
import org.noisescape.experiments.ExperimentFolder;
import org.noisescape.experiments.ExperimentOutcome;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.experiments.NamedMeasurement;
import org.noisescape.experiments.Preset;
import org.noisescape.experiments.Settings;
import org.noisescape.experiments.StageData;
import org.noisescape.experiments.StageTraining;
import org.noisescape.experiments.Verdict;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.runs.TrainConfiguration;

/**
 * Trace of the gradient covariance along straight paths through a minimum, a layer at a time.
 *
 * <p>To second order in the distance s a mini-batch gradient is g(w*) + s H̃u, so that tr C(s) = tr
 * C(0) + 2 s tr Cov(g, H̃u) + s² tr Cov(H̃u); Eq. 5 leaves the linear term out. Source: Meng et al.
 * (2020), section 5.1, Fig. 2 (a, b) and Eqs. 4, 5. C = S/B; what is reported is tr S, that is B =
 * 1 with replacement.
 */
public final class NoiseCovariance implements Experiment {
  static final String ID = "meng/noise-covariance";

  private static final String STAGE = "descent";

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
    return "Meng, Gong, Chen, Ma, Liu (2020), section 5.1, Fig. 2 (a, b)";
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
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training =
        CovarianceSettings.training(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(STAGE, training, pair);
    List<String> layers = settings.some("layers", CovarianceSettings.LAYERS);
    Minimum.requireLayers(training.model(), pair.train(), layers);
    List<Double> factors = CovarianceSettings.factors(settings);
    double target = settings.positive("target-loss");
    int points = settings.integer("points", PathFit.DEGREES);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path stage = folder.path().resolve(STAGE);
      new StageTraining("gradient descent", "lr", training)
          .run(stage, request, ExperimentFolder.commandLine(this, request));
      List<Minimum> minima = Minimum.find(stage, training.replicas(), target);
      List<PathFit> fits = new ArrayList<>();
      for (Minimum minimum : minima) {
        try (MinimumPaths paths = new MinimumPaths(stage, request, minimum)) {
          for (double factor : factors) {
            for (String layer : layers) {
              double scale = settings.positive(layer + "-scale");
              fits.add(PathFit.of(paths.path(layer, scale, factor, points)));
            }
          }
        }
      }
      CovarianceTables.write(folder.path(), minima, fits);
      return folder.finish(
          CovarianceFigures.of(fits, factors.getFirst()),
          outcome(request.preset(), layers, minima, fits, target));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExperimentOutcome outcome(
      Preset preset, List<String> layers, List<Minimum> minima, List<PathFit> fits, double target) {
    boolean converged = minima.stream().allMatch(Minimum::converged);
    double judgedFactor = fits.getFirst().path().factor();
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (String layer : layers) {
      QuadraticCriterion.Estimate r2 =
          QuadraticCriterion.estimate(select(fits, layer, judgedFactor));
      Verdict verdict = QuadraticCriterion.judge(r2, converged);
      if (CovarianceSettings.LAYERS_OF_THE_TEXT.contains(layer)) {
        verdicts.add(verdict);
      }
      measurements.add(
          new NamedMeasurement(
              layer + " R^2 of the quadratic", r2.mean(), r2.error(), 1, Optional.of(verdict)));
    }
    for (double factor : fits.stream().map(f -> f.path().factor()).distinct().toList()) {
      for (String layer : layers) {
        describe(measurements, layer, factor, select(fits, layer, factor), factor != judgedFactor);
      }
    }
    for (Minimum minimum : minima) {
      measurements.add(
          new NamedMeasurement(
              "loss at minimum " + minimum.seed(), minimum.loss(), Double.NaN, target));
    }
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), QuadraticCriterion.text(target), measurements);
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
