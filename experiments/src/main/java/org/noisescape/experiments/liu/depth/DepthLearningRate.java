package org.noisescape.experiments.liu.depth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.CsvTable;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageData;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.report.Figure;
import org.noisescape.report.Metrics;
import org.noisescape.runs.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/**
 * Test error of networks of several depths against the learning rate, beside its small-rate limit.
 *
 * <p>All are trained to the same loss, so that none is merely behind. The text's figure, which is
 * reproduced from Mori and Ueda (2020), has the neural tangent kernel of infinite width for the
 * limit; here it is the smallest rate at the same width. Source: Liu et al. (2021), Fig. 1(a).
 */
public final class DepthLearningRate implements Experiment {
  private static final String ID = "liu/depth-learning-rate";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Test error against learning rate at several depths leaves its small-rate limit";
  }

  @Override
  public String source() {
    return "Liu, Ziyin, Ueda (2021), Fig. 1(a)";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set with a test set");
    all.put("subset", "the first so many training samples, or all");
    all.put("depths", "numbers of hidden layers");
    all.put("width", "units of each");
    all.put("rates", "learning rates");
    all.put("batch", "mini-batch size");
    all.put("time", "learning rate times steps, the length of every training");
    all.put("loss", "training loss at which test errors are compared");
    all.put("seeds", "independent runs from different initial weights");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "dataset",
        preset == Preset.PAPER
            ? "mnist"
            : quick ? "digits:train=300,test=1000,size=14" : "digits:train=500,test=2000,size=14");
    all.put("subset", quick ? "300" : preset == Preset.PAPER ? "1000" : "500");
    all.put("depths", quick ? "1,3" : "1,2,4");
    all.put("width", quick ? "50" : preset == Preset.PAPER ? "100" : "64");
    all.put("rates", quick ? "0.05,0.1,0.3" : "0.05,0.1,0.2,0.3,0.4");
    all.put("batch", "50");
    all.put("time", "120");
    // mini-batch noise keeps the largest rates from losses much lower
    all.put("loss", "0.12");
    all.put("seeds", quick ? "6" : "24");
    return all;
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request.dataset().ifPresent(dataset -> given.put("dataset", dataset));
    given.putAll(request.settings());
    Settings settings = Settings.of(ID, defaults(request.preset()), Map.of(), given);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    if (pair.test().isEmpty()) {
      throw new IllegalArgumentException(
          "--set dataset=%s: needs a test set (%s)".formatted(settings.text("dataset"), ID));
    }
    List<Integer> depths = depths(settings);
    List<Double> rates = settings.positives("rates").stream().sorted().toList();
    if (rates.size() < 3) {
      throw new IllegalArgumentException(
          "--set rates=%s: must be three or more, two for the limit (%s)"
              .formatted(settings.text("rates"), ID));
    }
    double target = settings.positive("loss");
    Map<String, String> digests = new LinkedHashMap<>();
    for (int depth : depths) {
      TrainConfiguration first =
          training(settings, request, pair.train().size(), depth, rates.getFirst());
      digests.putAll(StageData.check("depth-" + depth, first, pair));
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<DepthRun> runs = new ArrayList<>();
      for (int depth : depths) {
        for (double rate : rates) {
          Path stage =
              folder
                  .path()
                  .resolve(String.format(Locale.ROOT, "depth-%d", depth))
                  .resolve("lr-" + rate);
          TrainConfiguration training =
              training(settings, request, pair.train().size(), depth, rate);
          // one that diverges does not meet its target
          new StageTraining("depth %d, rate %s".formatted(depth, rate), "rates", training)
              .attempt(stage, request, ExperimentFolder.commandLine(this, request));
          runs.add(DepthRun.of(depth, rate, target, Metrics.read(stage)));
        }
      }
      write(folder.path(), runs);
      List<Figure> figures = DepthFigures.of(runs, description(settings));
      return folder.finish(figures, outcome(request.preset(), runs));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static TrainConfiguration training(
      Settings settings, ExperimentRequest request, int samples, int depth, double rate) {
    Optional<Integer> subset = StageData.subset(settings, request, "subset", samples);
    int batch = settings.integer("batch", 1);
    String width = Integer.toString(settings.integer("width", 1));
    double stepsPerEpoch = Math.max(1, subset.orElse(samples) / batch);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset", settings.text("dataset"));
    values.put("subset", subset.orElse(null));
    values.put("target", "one-hot");
    values.put("model", "mlp:" + String.join(",", Collections.nCopies(depth, width)));
    values.put("loss", "mse");
    values.put("learning_rate", rate);
    values.put("batch", batch);
    values.put("epochs", Math.ceil(settings.positive("time") / rate) / stepsPerEpoch);
    values.put("seed", request.seed());
    values.put("replicas", settings.integer("seeds", 1));
    values.put("engine", request.engine());
    values.put("threads", request.threads());
    values.put("precision", request.precision().label());
    values.put("probes", List.of(new ProbeSchedule("loss", "log1.1")));
    return TrainConfiguration.defaults().with(values);
  }

  private static void write(Path run, List<DepthRun> runs) throws IOException {
    CsvTable table =
        new CsvTable("test_error", "depth", "learning_rate", "seed", "test_error", "time");
    for (DepthRun r : runs) {
      for (int s = 0; s < r.errors().length; s++) {
        table.row(r.depth(), r.rate(), s, r.errors()[s], r.times()[s]);
      }
    }
    table.write(run);
  }

  /** The largest rate of a depth is the largest at which every seed meets the target. */
  static ExperimentOutcome outcome(Preset preset, List<DepthRun> runs) {
    List<NamedMeasurement> all = new ArrayList<>();
    List<DepthRun> smallest = new ArrayList<>();
    List<DepthRun> largest = new ArrayList<>();
    for (int depth : runs.stream().map(DepthRun::depth).distinct().toList()) {
      List<DepthRun> own = runs.stream().filter(r -> r.depth() == depth).toList();
      smallest.add(own.getFirst());
      largest.add(own.stream().filter(DepthRun::reached).reduce((a, b) -> b).orElse(own.getLast()));
      SeedMean limit = own.get(1).minus(own.getFirst());
      all.add(
          new NamedMeasurement(
              "depth %d: test error at rate %s - at %s"
                  .formatted(depth, own.get(1).rate(), own.getFirst().rate()),
              limit.mean(),
              limit.standardError(),
              0,
              Optional.of(DepthCriterion.limitReached(own.getFirst(), own.get(1)))));
    }
    List<Verdict> verdicts = new ArrayList<>();
    all.forEach(m -> m.verdict().ifPresent(verdicts::add));
    verdicts.add(DepthCriterion.deviates(smallest, largest));
    for (int i = 0; i < smallest.size(); i++) {
      SeedMean difference = largest.get(i).minus(smallest.get(i));
      all.add(
          new NamedMeasurement(
              "depth %d: test error at rate %s - at %s"
                  .formatted(
                      smallest.get(i).depth(), largest.get(i).rate(), smallest.get(i).rate()),
              difference.mean(),
              difference.standardError(),
              Double.NaN,
              // one depth that deviates is enough: each carries the joint verdict
              i == 0 ? Optional.of(verdicts.getLast()) : Optional.empty()));
    }
    for (DepthRun r : runs) {
      SeedMean error = r.error();
      all.add(
          new NamedMeasurement(
              "depth %d, rate %s: test error".formatted(r.depth(), r.rate()),
              error.mean(),
              error.standardError(),
              Double.NaN));
    }
    return new ExperimentOutcome(ID, preset, Verdict.all(verdicts), DepthCriterion.text(), all);
  }

  private static List<Integer> depths(Settings settings) {
    List<Integer> depths = new ArrayList<>();
    for (double value : settings.positives("depths")) {
      if (value != Math.rint(value)) {
        throw new IllegalArgumentException(
            "--set depths=%s: must be whole numbers (%s)".formatted(settings.text("depths"), ID));
      }
      depths.add((int) value);
    }
    return depths;
  }

  private static String description(Settings settings) {
    return "%s units a layer, %s, B = %s, one-hot targets and mean-square loss, trained to L = %s; %s seeds"
        .formatted(
            settings.text("width"),
            settings.text("dataset"),
            settings.text("batch"),
            settings.text("loss"),
            settings.text("seeds"));
  }
}
