package org.noisescape.experiments.wei.timescales;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.nn.ModelZoo;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

/**
 * How close SGD is to a stationary state in the top eigenspace of the Hessian and in all of
 * parameter space, by the fluctuation-dissipation relation.
 *
 * <p>Source: Wei and Schwab (2019), appendix A.5 and Fig. 6; Yaida (2019).
 */
public final class Timescales implements Experiment {
  static final String ID = "wei/timescales";
  private static final String STAGE = "training";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD relaxes far faster in the top eigenspace of the Hessian than in the full space";
  }

  @Override
  public String source() {
    return "Wei, Schwab (2019), appendix A.5, Fig. 6";
  }

  @Override
  public Map<String, String> settings() {
    return TimescaleSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return TimescaleSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = TimescaleSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    TrainConfiguration training =
        TimescaleSettings.training(settings, request, pair.train().size());
    Map<String, String> digests = check(training, pair);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path stage = folder.path().resolve(STAGE);
      new StageTraining(STAGE, "lr", training)
          .run(stage, request, ExperimentFolder.commandLine(this, request));
      List<Metrics> seeds = Metrics.read(stage);
      String prefix = "fdr_top" + settings.integer("top", 1) + "_";
      TimescaleResult result =
          new TimescaleResult(
              training,
              prefix,
              seeds,
              StationarityCurve.of(seeds, "fdr_"),
              StationarityCurve.of(seeds, prefix));
      TimescaleTables.write(folder.path(), result);
      return folder.finish(
          TimescaleFigures.of(result, TimescaleCriterion.OF_THE_TEXT),
          outcome(request.preset(), result));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExperimentOutcome outcome(Preset preset, TimescaleResult result) {
    TimescaleCriterion criterion = TimescaleCriterion.OF_THE_TEXT;
    StationarityCurve full = result.full();
    StationarityCurve top = result.top();
    Verdict settling = criterion.settling(top);
    Verdict staying = criterion.staying(full);
    Verdict separation = criterion.separation(full, top);
    double none = Double.NaN;
    double ratio = full.last().half() / top.last().half();
    double relative =
        Math.hypot(
            full.last().halfError() / full.last().half(),
            top.last().halfError() / top.last().half());
    List<NamedMeasurement> measurements =
        List.of(
            new NamedMeasurement(
                "top: epoch from which d stays <= 0.01 + 2 SE",
                top.settles(criterion.threshold(), 2),
                none,
                none,
                Optional.of(settling)),
            new NamedMeasurement(
                "full: d at the end",
                full.last().half(),
                full.last().halfError(),
                none,
                Optional.of(staying)),
            new NamedMeasurement(
                "full d / top d at the end",
                ratio,
                ratio * relative,
                none,
                Optional.of(separation)),
            new NamedMeasurement("top: d at the end", top.last().half(), top.last().halfError(), 0),
            new NamedMeasurement("top: first epoch with d < 0.01", top.touches(0.01), none, none),
            new NamedMeasurement(
                "top: epoch from which d stays < 0.01", top.settles(0.01, 0), none, none),
            new NamedMeasurement(
                "full: epoch from which d stays <= 0.01 + 2 SE",
                full.settles(criterion.threshold(), 2),
                none,
                none),
            new NamedMeasurement("full: smallest d", full.least(0, 0), none, none));
    return new ExperimentOutcome(
        ID,
        preset,
        Verdict.all(List.of(settling, staying, separation)),
        criterion.text(),
        measurements);
  }

  /** Looks whether data, model and batch go together, before anything slow begins. */
  private static Map<String, String> check(TrainConfiguration training, DatasetPair pair) {
    Dataset train = pair.train();
    if (training.subset() != null) {
      train = train.subset(training.subset());
    }
    if (train.isRegression()) {
      throw new IllegalArgumentException(
          "--set dataset=%s: the experiment needs classes".formatted(training.dataset()));
    }
    if (training.batch() > train.size()) {
      throw new IllegalArgumentException(
          "--set batch=%d: larger than the %d training samples"
              .formatted(training.batch(), train.size()));
    }
    ModelZoo.build(training.model(), train.imageShape(), train.classes());
    Map<String, String> digests = new LinkedHashMap<>();
    train.digests().forEach((file, digest) -> digests.put(STAGE + "/train/" + file, digest));
    pair.test()
        .ifPresent(
            test ->
                test.digests()
                    .forEach((file, digest) -> digests.put(STAGE + "/test/" + file, digest)));
    return digests;
  }
}
