package org.noisescape.experiments.mori.decoupling;

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
import org.noisescape.experiments.mori.ParityTraining;
import org.noisescape.runs.TrainConfiguration;

/**
 * The decoupling approximation (1/N) Σ ℓ_μ ∇f_μ∇f_μᵀ ≈ L (1/N) Σ ∇f_μ∇f_μᵀ during training.
 *
 * <p>Source: Mori et al. (2022), Eq. 7, section 5.1 and Fig. 1. Beyond the text, which compares the
 * eigenvalues: the cosine of the matrices, and both against losses that are shuffled among the
 * samples.
 */
public final class Decoupling implements Experiment {
  static final String ID = "mori/decoupling";

  private static final String STAGE = "network";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Losses and output gradients of the samples decouple, but for very small eigenvalues";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), section 5.1, Fig. 1";
  }

  @Override
  public Map<String, String> settings() {
    return DecouplingSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return DecouplingSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = DecouplingSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training =
        DecouplingSettings.training(settings, request, pair.train().size());
    Map<String, String> digests = StageData.check(STAGE, training, pair);
    int shuffles = settings.integer("shuffles", 2);
    int steps = ParityTraining.stepsPerEpoch(settings, request, pair.train().size());
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path stage = folder.path().resolve(STAGE);
      new StageTraining("training", "lr", training)
          .run(stage, request, ExperimentFolder.commandLine(this, request));
      List<DecouplingPoint> points = new ArrayList<>();
      for (int epoch : DecouplingSettings.epochs(settings)) {
        for (int seed = 0; seed < training.replicas(); seed++) {
          points.add(
              new DecouplingStage(stage, request, shuffles)
                  .measure(epoch, (long) epoch * steps, seed));
        }
      }
      DecouplingTables.write(folder.path(), points);
      return folder.finish(
          DecouplingFigures.of(points, description(training, pair)),
          outcome(request.preset(), points));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String description(TrainConfiguration training, DatasetPair pair) {
    int samples = training.subset() == null ? pair.train().size() : training.subset();
    return "%s on %s (%d samples, even against odd)"
        .formatted(training.model(), training.dataset(), samples);
  }

  static ExperimentOutcome outcome(Preset preset, List<DecouplingPoint> points) {
    List<NamedMeasurement> judged = new ArrayList<>();
    List<NamedMeasurement> beside = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (double epoch : points.stream().map(DecouplingPoint::epoch).distinct().toList()) {
      List<DecouplingPoint> seeds = points.stream().filter(p -> p.epoch() == epoch).toList();
      String name = "epoch " + (long) epoch + " ";
      judge(judged, verdicts, name, seeds);
      List<SpectrumComparison> shuffled =
          seeds.stream()
              .map(p -> SpectrumComparison.of(p.shuffled(), p.decoupled(), DecouplingCriterion.CUT))
              .toList();
      add(
          beside,
          name + "median |log10 ratio|, losses shuffled",
          DecouplingCriterion.medians(shuffled),
          0);
      mean(beside, name + "L", seeds, DecouplingPoint::loss, Double.NaN);
      mean(beside, name + "cosine of the matrices", seeds, DecouplingPoint::cosine, 1);
      mean(
          beside,
          name + "cosine, losses shuffled",
          seeds,
          DecouplingPoint::shuffledCosine,
          Double.NaN);
      mean(beside, name + "tr exact / tr decoupled", seeds, DecouplingPoint::traceRatio, 1);
      mean(
          beside,
          name + "tr S / (2 tr decoupled)",
          seeds,
          p -> p.noiseStrength() / p.decoupledNoise(),
          1);
      mean(
          beside, name + "correlation of l and |grad f|^2", seeds, DecouplingPoint::correlation, 0);
      mean(
          beside,
          name + "share of samples that carry the loss",
          seeds,
          p -> p.participation() / p.exact().length,
          Double.NaN);
    }
    judged.addAll(beside);
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), DecouplingCriterion.text(), judged);
  }

  private static void judge(
      List<NamedMeasurement> into,
      List<Verdict> verdicts,
      String name,
      List<DecouplingPoint> seeds) {
    List<SpectrumComparison> own =
        seeds.stream()
            .map(p -> SpectrumComparison.of(p.exact(), p.decoupled(), DecouplingCriterion.CUT))
            .toList();
    Verdict verdict = DecouplingCriterion.judge(own);
    verdicts.add(verdict);
    SeedMean median = DecouplingCriterion.medians(own);
    SeedMean maximum = DecouplingCriterion.maxima(own);
    into.add(
        new NamedMeasurement(
            name + "median |log10 ratio|",
            median.mean(),
            median.standardError(),
            0,
            Optional.of(verdict)));
    add(into, name + "maximum |log10 ratio|", maximum, 0);
  }

  private static void mean(
      List<NamedMeasurement> into,
      String name,
      List<DecouplingPoint> seeds,
      ToDoubleFunction<DecouplingPoint> quantity,
      double theory) {
    add(into, name, SeedMean.of(seeds.stream().mapToDouble(quantity).toArray()), theory);
  }

  private static void add(List<NamedMeasurement> into, String name, SeedMean mean, double theory) {
    into.add(new NamedMeasurement(name, mean.mean(), mean.standardError(), theory));
  }
}
