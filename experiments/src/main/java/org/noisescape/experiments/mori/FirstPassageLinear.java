package org.noisescape.experiments.mori;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.experiments.Experiment;
import org.noisescape.experiments.ExperimentFolder;
import org.noisescape.experiments.ExperimentOutcome;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.experiments.NamedMeasurement;
import org.noisescape.experiments.Preset;
import org.noisescape.experiments.Settings;
import org.noisescape.experiments.Verdict;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Mean time until SGD on a linear regression first raises the loss above c L*, against c in several
 * dimensions.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3b and Eq. 16. Beyond the text: censored runs,
 * errors that know that one replica gives the times at all thresholds, a window for the slope, and
 * the exact mean first-passage times of Eq. 14.
 */
public final class FirstPassageLinear implements Experiment {
  static final String ID = "mori/first-passage-linear";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD leaves a minimum in a time that is a power of the loss it has to reach";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), section 5.3, Fig. 3b, Eq. 16";
  }

  @Override
  public Map<String, String> settings() {
    return PassageSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return PassageSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = PassageSettings.of(request);
    List<Integer> dimensions = settings.integers("d", 1);
    double[] levels = PassageSettings.levels(settings);
    int samples = settings.integer("samples", 2);
    int replicas = settings.integer("replicas", 2);
    int steps = settings.integer("steps", 1);
    int batch = settings.integer("batch", 1);
    double rate = settings.positive("lr");
    List<RegressionData> all = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (int dimension : dimensions) {
      RegressionData data = RegressionData.draw(dimension, samples, request.seed());
      data.requireStable(rate);
      data.digests().forEach((name, digest) -> digests.put("d=" + dimension + "/" + name, digest));
      all.add(data);
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<PassageCurve> curves = new ArrayList<>();
      for (RegressionData data : all) {
        request.progress().started("d = " + data.dimension());
        double[][] passages =
            new RegressionEnsemble(data, rate, batch, curves.size() * replicas, replicas)
                .passages(levels, steps, request);
        curves.add(
            PassageCurve.of(
                data.dimension(),
                new LogLandscape(rate, batch, data.curvature()),
                levels,
                passages,
                steps,
                request.seed()));
      }
      request.progress().finished();
      String description =
          "Linear regression, N = %d, η = %s, B = %d, %d replicas from the minimum, at most %d steps"
              .formatted(samples, rate, batch, replicas, steps);
      PassageTables.write(folder.path(), curves);
      return folder.finish(
          PassageFigures.of(curves, description), outcome(request.preset(), curves));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  static ExperimentOutcome outcome(Preset preset, List<PassageCurve> curves) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (PassageCurve curve : curves) {
      Verdict verdict = PassageCriterion.judge(curve);
      verdicts.add(verdict);
      List<PassagePoint> window = curve.window();
      String over =
          window.isEmpty()
              ? "no threshold in the window"
              : "c %s to %s".formatted(window.getFirst().level(), window.getLast().level());
      measurements.add(
          new NamedMeasurement(
              "slope, d=%d, %s".formatted(curve.dimension(), over),
              curve.slope(),
              curve.standardError(),
              curve.theorySlope(),
              Optional.of(verdict)));
      measurements.add(
          new NamedMeasurement(
              "slope of Eq. 14 itself there, d=" + curve.dimension(),
              curve.equationSlope(),
              Double.NaN,
              curve.theorySlope()));
      for (PassagePoint p : curve.points()) {
        if (p.mean().censored() > 0) {
          measurements.add(
              new NamedMeasurement(
                  "censored of %d, d=%d c=%s"
                      .formatted(p.mean().replicas(), curve.dimension(), p.level()),
                  p.mean().censored(),
                  Double.NaN,
                  Double.NaN));
        }
      }
    }
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), PassageCriterion.text(curves), measurements);
  }
}
