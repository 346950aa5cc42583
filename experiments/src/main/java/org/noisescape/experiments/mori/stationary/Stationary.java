package org.noisescape.experiments.mori.stationary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.experiments.mori.RegressionEnsemble;
import org.noisescape.runs.RunFailure;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Exponent φ of the stationary distribution P ∝ L^−φ of SGD on a linear regression with one
 * parameter, against B at several η.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3a and Eq. 17. Beyond the text: maximum
 * likelihood instead of a fitted histogram, errors, and the theories of {@link
 * StationaryPrediction}.
 */
public final class Stationary implements Experiment {
  static final String ID = "mori/stationary";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD's stationary distribution is a power of the loss";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3a, Eq. 17";
  }

  @Override
  public Map<String, String> settings() {
    return StationarySettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return StationarySettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = StationarySettings.of(request);
    List<Double> rates = settings.positives("lr");
    List<Integer> batches = settings.integers("batch", 1);
    int every = settings.integer("every", 1);
    int replicas = settings.integer("replicas", 2);
    long steps = settings.integer("iterations", 1) / replicas;
    if (steps < 2L * every) {
      throw new IllegalArgumentException(
          "--set iterations=%d: %d replicas of %d steps have fewer than two samples every %d"
              .formatted(settings.integer("iterations", 1), replicas, steps, every));
    }
    RegressionData data = RegressionData.draw(1, settings.integer("samples", 2), request.seed());
    rates.forEach(data::requireStable);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, data.digests())) {
      List<StationaryPoint> points = new ArrayList<>();
      boolean complete = true;
      for (double rate : rates) {
        for (int i = 0; i < batches.size() && complete; i++) {
          int batch = batches.get(i);
          RegressionEnsemble.Result result =
              new RegressionEnsemble(data, rate, batch, points.size() * replicas, replicas)
                  .run(
                      String.format(Locale.ROOT, "eta %s, B %d", rate, batch),
                      folder
                          .path()
                          .resolve("ensembles")
                          .resolve(
                              String.format(
                                  Locale.ROOT, "lr-%s-batch-%d.safetensors", rate, batch)),
                      new double[0],
                      EnsembleSchedule.to(steps).snapshots(every),
                      request);
          complete = result.stage().complete();
          if (complete) {
            LogLandscape theory = new LogLandscape(rate, batch, data.curvature());
            points.add(StationaryPoint.of(data, theory, result.series()));
          }
        }
      }
      if (points.isEmpty()) {
        throw new RunFailure("stopped before the first ensemble was done", null);
      }
      request.progress().finished();
      String description =
          "Linear regression, d = 1, N = %d, every %dth of %d iterations over %d replicas"
              .formatted(settings.integer("samples", 2), every, steps * replicas, replicas);
      StationaryTables.write(
          folder.path(),
          points,
          StationaryFigures.shown(points).map(StationaryFigures::histogram).orElse(null));
      return folder.finish(
          StationaryFigures.of(points, data, description),
          outcome(request.preset(), points).partial(!complete));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  static ExperimentOutcome outcome(Preset preset, List<StationaryPoint> points) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> judged = new ArrayList<>();
    for (StationaryPoint p : points) {
      boolean main = StationaryCriterion.mayDecouple(p.theory());
      Verdict verdict = StationaryCriterion.judge(p);
      if (main) {
        judged.add(verdict);
      }
      String name =
          "phi, eta=%s B=%d%s%s"
              .formatted(
                  p.learningRate(),
                  p.batch(),
                  main ? "" : ", apart",
                  p.diverged() ? ", diverged" : "");
      measurements.add(
          new NamedMeasurement(
              name,
              p.exponent(),
              p.standardError(),
              StationaryCriterion.theory(p),
              Optional.of(verdict)));
    }
    points.stream()
        .map(StationaryPoint::learningRate)
        .distinct()
        .forEach(
            rate -> {
              List<StationaryPoint> own =
                  points.stream()
                      .filter(p -> p.learningRate() == rate && !p.diverged())
                      .filter(p -> StationaryCriterion.mayDecouple(p.theory()))
                      .toList();
              measurements.add(
                  ratio("phi_d", rate, own, p -> p.theory().correctedStationaryExponent()));
              measurements.add(
                  ratio("phi of the text", rate, own, p -> p.theory().stationaryExponent()));
            });
    return new ExperimentOutcome(
        ID, preset, Verdict.all(judged), StationaryCriterion.text(), measurements);
  }

  /** Mean of φ over a theory at one η, judged points only. */
  private static NamedMeasurement ratio(
      String name,
      double rate,
      List<StationaryPoint> points,
      ToDoubleFunction<StationaryPoint> theory) {
    double mean =
        points.stream()
            .mapToDouble(p -> p.exponent() / theory.applyAsDouble(p))
            .average()
            .orElse(Double.NaN);
    double variance =
        points.stream()
            .mapToDouble(p -> Math.pow(p.standardError() / theory.applyAsDouble(p), 2))
            .sum();
    return new NamedMeasurement(
        "mean phi / %s, eta=%s".formatted(name, rate),
        mean,
        points.isEmpty() ? Double.NaN : Math.sqrt(variance) / points.size(),
        1);
  }
}
