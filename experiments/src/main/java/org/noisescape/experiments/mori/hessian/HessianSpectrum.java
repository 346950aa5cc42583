package org.noisescape.experiments.mori.hessian;

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
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.HessianStage;
import org.noisescape.runs.TrainConfiguration;

/**
 * All eigenvalues of G = (1/N) Σ ∇f_μ∇f_μᵀ of a small pre-trained network, over several seeds.
 *
 * <p>Source: Mori et al. (2022), appendix E, Fig. 6 and Eq. 44. Beyond the text: the spread over
 * seeds, and the largest eigenvalues of the Hessian itself. For one hidden layer of ReLUs and one
 * output, H − G consists of blocks between the weights of a hidden unit, W_j, and its outgoing
 * weight w_j, each ∂L/∂W_j divided by w_j: at a stationary point H = G.
 */
public final class HessianSpectrum implements Experiment {
  static final String ID = "mori/hessian-spectrum";

  private static final String STAGE = "network";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "A pre-trained network's Hessian has a few outliers and a bulk near zero";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), appendix E, Fig. 6";
  }

  @Override
  public Map<String, String> settings() {
    return HessianSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return HessianSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = HessianSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training = HessianSettings.training(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(STAGE, training, pair);
    int pairs = settings.integer("hessian-pairs", 1);
    int iterations = settings.integer("iterations", 1);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path stage = folder.path().resolve(STAGE);
      new StageTraining("pre-training", "lr", training)
          .run(stage, request, ExperimentFolder.commandLine(this, request));
      List<HessianPoint> seeds = new ArrayList<>();
      for (int seed = 0; seed < training.replicas(); seed++) {
        seeds.add(new HessianStage(stage, request, pairs).measure(iterations, seed));
      }
      int samples = training.subset() == null ? pair.train().size() : training.subset();
      String description =
          "%s on %s (%d samples, even against odd), %d iterations"
              .formatted(training.model(), training.dataset(), samples, iterations);
      HessianTables.write(folder.path(), seeds);
      boolean values = HessianCriterion.judgesValues(request.preset());
      return folder.finish(
          HessianFigures.of(seeds, description, values), outcome(request.preset(), seeds));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  static ExperimentOutcome outcome(Preset preset, List<HessianPoint> seeds) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    value(measurements, preset, "L", seeds, HessianPoint::loss, HessianCriterion.TEXT_LOSS);
    value(
        measurements,
        preset,
        "lambda_1 of G",
        seeds,
        HessianPoint::largest,
        HessianCriterion.TEXT_LARGEST);
    value(
        measurements,
        preset,
        "effective dimension n (Eq. 44)",
        seeds,
        HessianPoint::effectiveDimension,
        HessianCriterion.TEXT_DIMENSION);
    add(
        measurements,
        "n / P",
        seeds,
        s -> s.effectiveDimension() / s.parameters(),
        Optional.of(HessianCriterion.fewOutliers(seeds)));
    add(
        measurements,
        "median nonzero eigenvalue / lambda_1",
        seeds,
        s -> s.median() / s.largest(),
        Optional.of(HessianCriterion.standOut(seeds)));
    SeedMean ratio = mean(seeds, HessianPoint::hessianRatio);
    measurements.add(
        new NamedMeasurement(
            "lambda_1(H) / lambda_1(G)",
            ratio.mean(),
            ratio.standardError(),
            1,
            Optional.of(HessianCriterion.hessian(seeds))));
    List<Verdict> verdicts = measurements.stream().flatMap(m -> m.verdict().stream()).toList();
    add(
        measurements,
        "outliers, 0 where the bulk has no sharp edge",
        seeds,
        HessianPoint::outliers,
        Optional.empty());
    add(measurements, "|grad L|^2", seeds, HessianPoint::gradientNormSquared, Optional.empty());
    measurements.add(
        deviation("lambda_1, standard deviation over seeds", seeds, HessianPoint::largest));
    measurements.add(
        deviation("n, standard deviation over seeds", seeds, HessianPoint::effectiveDimension));
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), HessianCriterion.text(preset), measurements);
  }

  private static void value(
      List<NamedMeasurement> into,
      Preset preset,
      String name,
      List<HessianPoint> seeds,
      ToDoubleFunction<HessianPoint> quantity,
      double text) {
    SeedMean mean = mean(seeds, quantity);
    boolean judged = HessianCriterion.judgesValues(preset);
    into.add(
        new NamedMeasurement(
            name,
            mean.mean(),
            mean.standardError(),
            judged ? text : Double.NaN,
            judged ? Optional.of(HessianCriterion.value(mean, text)) : Optional.empty()));
  }

  private static void add(
      List<NamedMeasurement> into,
      String name,
      List<HessianPoint> seeds,
      ToDoubleFunction<HessianPoint> quantity,
      Optional<Verdict> verdict) {
    SeedMean mean = mean(seeds, quantity);
    into.add(new NamedMeasurement(name, mean.mean(), mean.standardError(), Double.NaN, verdict));
  }

  private static NamedMeasurement deviation(
      String name, List<HessianPoint> seeds, ToDoubleFunction<HessianPoint> quantity) {
    return new NamedMeasurement(name, mean(seeds, quantity).deviation(), Double.NaN, Double.NaN);
  }

  private static SeedMean mean(List<HessianPoint> seeds, ToDoubleFunction<HessianPoint> quantity) {
    return SeedMean.of(seeds.stream().mapToDouble(quantity).toArray());
  }
}
