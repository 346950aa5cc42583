package org.noisescape.experiments.mori.linearpassage;

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
import java.util.stream.IntStream;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.experiments.mori.RegressionData;
import org.noisescape.experiments.mori.RegressionEnsemble;
import org.noisescape.theory.mori.LogLandscape;

/**
 * Mean time until SGD on a linear regression first raises the loss above c L*, against c in several
 * dimensions.
 *
 * <p>Source: Mori et al. (2022), section 5.3, Fig. 3b and Eq. 16. Beyond the text: censored runs,
 * several data sets, errors that know of both, a window for the slope, and the exact mean
 * first-passage times of Eq. 14.
 */
public final class FirstPassageLinear implements Experiment {
  static final String ID = "mori/first-passage-linear";

  /** Distance of the data seeds of successive runs. */
  private static final long SEEDS_A_RUN = 1000;

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
    double[] levels = PassagePoint.levels(settings);
    int samples = settings.integer("samples", 2);
    int replicas = settings.integer("replicas", 2);
    int steps = settings.integer("steps", 1);
    int batch = settings.integer("batch", 1);
    double rate = settings.positive("lr");
    int dataSets = settings.integer("data-sets", 1);
    Map<String, RegressionData> all = draw(settings, request);
    Map<String, String> digests = new LinkedHashMap<>();
    all.forEach(
        (part, data) ->
            data.digests().forEach((name, digest) -> digests.put(part + "/" + name, digest)));
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<PassageEnsemble> ensembles = new ArrayList<>();
      int run = 0;
      boolean complete = true;
      for (int d = 0; d < dimensions.size() && complete; d++) {
        int dimension = dimensions.get(d);
        List<PassageCurve> curves = new ArrayList<>();
        for (int i = 0; i < dataSets && complete; i++) {
          RegressionData data = all.get(part(dimension, i));
          Path file =
              folder
                  .path()
                  .resolve("ensembles")
                  .resolve(String.format(Locale.ROOT, "d%d-%d.safetensors", dimension, i));
          RegressionEnsemble.Result result =
              new RegressionEnsemble(data, rate, batch, run++ * replicas, replicas)
                  .run(part(dimension, i), file, levels, EnsembleSchedule.to(steps), request);
          complete = result.stage().complete();
          LogLandscape theory = new LogLandscape(rate, batch, data.curvature());
          // who has not passed is censored where the ensemble ended
          long last = complete ? steps : result.stage().state().step();
          curves.add(
              PassageCurve.of(
                  dimension, i, theory, levels, result.passages(), last, request.seed()));
        }
        ensembles.add(PassageEnsemble.of(curves));
      }
      request.progress().finished();
      String description =
          "Linear regression, N = %d, η = %s, B = %d, %d replicas from the minimum on each of %d data sets, at most %d steps"
              .formatted(samples, rate, batch, replicas, dataSets, steps);
      PassageTables.write(folder.path(), ensembles);
      return folder.finish(
          PassageFigures.of(ensembles, description),
          outcome(request.preset(), ensembles).partial(!complete));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The data of every part, checked before anything slow begins. */
  private static Map<String, RegressionData> draw(Settings settings, ExperimentRequest request) {
    Map<String, RegressionData> all = new LinkedHashMap<>();
    for (int dimension : settings.integers("d", 1)) {
      for (int i = 0; i < settings.integer("data-sets", 1); i++) {
        RegressionData data =
            RegressionData.draw(
                dimension, settings.integer("samples", 2), SEEDS_A_RUN * request.seed() + i);
        data.requireStable(settings.positive("lr"));
        all.put(part(dimension, i), data);
      }
    }
    return all;
  }

  private static String part(int dimension, int dataSet) {
    return "d=%d, data set %d".formatted(dimension, dataSet);
  }

  static ExperimentOutcome outcome(Preset preset, List<PassageEnsemble> ensembles) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (PassageEnsemble ensemble : ensembles) {
      Verdict verdict = PassageCriterion.judge(ensemble);
      verdicts.add(verdict);
      int[] window = ensemble.window();
      String over =
          window.length == 0
              ? "no threshold in the window"
              : "c %s to %s"
                  .formatted(ensemble.level(window[0]), ensemble.level(window[window.length - 1]));
      measurements.add(
          new NamedMeasurement(
              "slope, d=%d, %s".formatted(ensemble.dimension(), over),
              ensemble.slope(),
              ensemble.standardError(),
              ensemble.theorySlope(),
              Optional.of(verdict)));
      measurements.add(
          new NamedMeasurement(
              "slope of Eq. 14 itself there, d=" + ensemble.dimension(),
              ensemble.equationSlope(),
              Double.NaN,
              ensemble.theorySlope()));
      int[] censored = IntStream.range(0, ensemble.thresholds()).map(ensemble::censored).toArray();
      int first = 0;
      while (first < censored.length && censored[first] == 0) {
        first++;
      }
      if (first < censored.length) {
        measurements.add(
            new NamedMeasurement(
                "censored of %d passages, d=%d, from c=%s on"
                    .formatted(
                        ensemble.replicas() * censored.length,
                        ensemble.dimension(),
                        ensemble.level(first)),
                Arrays.stream(censored).sum(),
                Double.NaN,
                Double.NaN));
      }
    }
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), PassageCriterion.text(ensembles), measurements);
  }
}
