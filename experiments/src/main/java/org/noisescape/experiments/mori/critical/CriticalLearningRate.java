package org.noisescape.experiments.mori.critical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.dynamics.RateRamp;
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
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/**
 * The learning rate at which SGD leaves a minimum when it is raised slowly, over minima that were
 * found at several learning rates and mini-batch sizes.
 *
 * <p>Source: slides on Mori et al. (2022), where the stability of a minimum needs η &lt; η_c =
 * (2/(n − 2)) B/h*. Beyond them: h* and n measured at each minimum, several ramps from each, a ramp
 * at half the speed, other factors for the jump, and two other predictions.
 */
public final class CriticalLearningRate implements Experiment {
  static final String ID = "mori/critical-learning-rate";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD leaves a minimum at a learning rate set by its curvature and effective dimension";
  }

  @Override
  public String source() {
    return "Mori, Ziyin, Liu, Ueda (2022), slides: stability condition and its experiment";
  }

  @Override
  public Map<String, String> settings() {
    return CriticalSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return CriticalSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = CriticalSettings.of(request);
    RateRamp ramp = CriticalSettings.ramp(settings);
    double jump = CriticalSettings.factors(settings)[CriticalPoint.JUMP];
    settings.integer("replicas", 2);
    settings.integer("slow-replicas", 1);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    List<CriticalStage> stages = CriticalStage.all(settings, request, pair.train().size());
    Map<String, String> digests = new LinkedHashMap<>();
    stages.forEach(s -> digests.putAll(StageData.check("training", s.training(), pair)));
    int samples =
        StageData.subset(settings, request, "subset", pair.train().size())
            .orElse(pair.train().size());
    requireBatch(settings, samples);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<CriticalPoint> points = new ArrayList<>();
      boolean complete = true;
      for (int i = 0; i < stages.size() && complete; i++) {
        CriticalStage.Result result =
            stages.get(i).run(folder.path(), ExperimentFolder.commandLine(this, request));
        points.addAll(result.points());
        complete = result.complete();
      }
      String description =
          "%s on %s (%d samples, even against odd), minima after %s steps; B = %s, η × %s every %d steps, a jump is L > %s times its least on the ramp"
              .formatted(
                  settings.text("model"),
                  settings.text("dataset"),
                  samples,
                  settings.text("iterations"),
                  settings.text("ramp-batch"),
                  ramp.factor(),
                  ramp.hold(),
                  jump);
      CriticalTables.write(folder.path(), points);
      return folder.finish(
          points.isEmpty() ? List.of() : CriticalFigures.of(points, description),
          outcome(request.preset(), points).partial(!complete));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void requireBatch(Settings settings, int samples) {
    int batch = settings.integer("ramp-batch", 1);
    if (batch > samples) {
      throw new IllegalArgumentException(
          "--set ramp-batch=%d: larger than the %d training samples".formatted(batch, samples));
    }
  }

  static ExperimentOutcome outcome(Preset preset, List<CriticalPoint> points) {
    List<NamedMeasurement> all = new ArrayList<>();
    CriticalComparison slides = CriticalComparison.of(points, Prediction.SLIDES);
    List<Verdict> verdicts =
        List.of(
            CriticalCriterion.order(slides),
            CriticalCriterion.proportional(slides),
            CriticalCriterion.size(slides));
    all.add(
        new NamedMeasurement(
            "rank correlation with the slides' eta_c",
            slides.rank(),
            slides.rankError(),
            1,
            Optional.of(verdicts.get(0))));
    all.add(
        new NamedMeasurement(
            "log-log slope against the slides' eta_c",
            slides.slope().slope(),
            slides.slope().standardError(),
            1,
            Optional.of(verdicts.get(1))));
    for (Prediction prediction : Prediction.values()) {
      CriticalComparison comparison = CriticalComparison.of(points, prediction);
      all.add(
          new NamedMeasurement(
              "ln(measured / %s)".formatted(prediction.label()),
              comparison.ratio().mean(),
              comparison.ratio().standardError(),
              0,
              prediction == Prediction.SLIDES
                  ? Optional.of(verdicts.get(2))
                  : Optional.<Verdict>empty()));
    }
    for (Prediction prediction : Prediction.values()) {
      CriticalComparison comparison = CriticalComparison.of(points, prediction);
      number(all, "rms of that, " + prediction.label(), comparison.rootMeanSquare());
      number(all, "Pearson correlation of logs, " + prediction.label(), comparison.correlation());
      number(all, "rank correlation, " + prediction.label(), comparison.rank());
      all.add(
          new NamedMeasurement(
              "log-log slope, " + prediction.label(),
              comparison.slope().slope(),
              comparison.slope().standardError(),
              1));
    }
    mean(all, "ln(eta_c at half the speed / eta_c)", points, CriticalPoint::slowLogRatio);
    mean(all, "ln(eta_c by half the jump's factor / eta_c)", points, p -> p.factorLogRatio(0));
    mean(all, "ln(eta_c by twice the jump's factor / eta_c)", points, p -> p.factorLogRatio(2));
    all.addAll(byStage(points));
    return new ExperimentOutcome(
        ID, preset, Verdict.all(verdicts), CriticalCriterion.text(points), all);
  }

  /** η_c of each pre-training: geometric mean and spread over seeds. */
  private static List<NamedMeasurement> byStage(List<CriticalPoint> points) {
    Map<String, List<CriticalPoint>> stages =
        points.stream()
            .filter(CriticalPoint::usable)
            .collect(
                Collectors.groupingBy(
                    p -> "eta=%s B=%d".formatted(p.minimum().learningRate(), p.minimum().batch()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<NamedMeasurement> all = new ArrayList<>();
    stages.forEach(
        (name, seeds) -> {
          SeedMean measured =
              SeedMean.of(seeds.stream().mapToDouble(p -> Math.log(p.critical())).toArray());
          double predicted =
              seeds.stream()
                  .mapToDouble(p -> Math.log(p.predicted(Prediction.SLIDES)))
                  .average()
                  .orElseThrow();
          double value = Math.exp(measured.mean());
          all.add(
              new NamedMeasurement(
                  "eta_c of the minima of " + name,
                  value,
                  value * measured.standardError(),
                  Math.exp(predicted)));
        });
    return all;
  }

  private static void number(List<NamedMeasurement> into, String name, double value) {
    into.add(new NamedMeasurement(name, value, Double.NaN, Double.NaN));
  }

  private static void mean(
      List<NamedMeasurement> into,
      String name,
      List<CriticalPoint> points,
      ToDoubleFunction<CriticalPoint> quantity) {
    SeedMean mean =
        SeedMean.of(points.stream().mapToDouble(quantity).filter(Double::isFinite).toArray());
    into.add(new NamedMeasurement(name, mean.mean(), mean.standardError(), Double.NaN));
  }
}
