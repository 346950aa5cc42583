package org.noisescape.experiments.wei.alignment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
import org.noisescape.report.Figure;
import org.noisescape.report.Metrics;

/**
 * Cosine similarity of the Hessian H and the gradient noise covariance C while a network trains.
 *
 * <p>CS(H, C) = tr(HC)/(‖H‖ ‖C‖), exact or by random vectors. C is (1/B)(1 − B/N) times the second
 * moment of the per-sample gradients (section 2.1.2); the factor drops out. Source: Wei and Schwab,
 * appendix A.4, Eq. 35 and Fig. 5.
 */
public final class HessianNoiseAlignment implements Experiment {
  static final String ID = "wei/alignment";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Hessian and gradient noise covariance align early in training";
  }

  @Override
  public String source() {
    return "Wei, Schwab, appendix A.4, Fig. 5";
  }

  @Override
  public Map<String, String> settings() {
    return AlignmentSettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return AlignmentSettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = AlignmentSettings.of(request);
    DatasetPair pair = Catalogue.load(settings.text("dataset"), request.data());
    List<AlignmentPanel> panels = new ArrayList<>();
    Map<String, String> digests = new LinkedHashMap<>();
    for (String name : settings.some("panels", AlignmentPanel.NAMES)) {
      AlignmentPanel panel = AlignmentPanel.of(name, settings, request, pair.train().size());
      digests.putAll(StageData.check(name, panel.training(), pair));
      panels.add(panel);
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      Path run = folder.path();
      List<String> command = ExperimentFolder.commandLine(this, request);
      Map<AlignmentPanel, List<AlignmentPoint>> points = new LinkedHashMap<>();
      List<Figure> figures = new ArrayList<>();
      for (AlignmentPanel panel : panels) {
        points.put(panel, panel.run(run, request, command));
        figures.addAll(
            AlignmentFigures.of(panel, points.get(panel), Metrics.read(run.resolve(panel.name()))));
      }
      table(points).write(run);
      return folder.finish(figures, outcome(request, points));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExperimentOutcome outcome(
      ExperimentRequest request, Map<AlignmentPanel, List<AlignmentPoint>> panels) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    panels.forEach(
        (panel, points) -> {
          AlignmentCriterion.Smallest smallest = AlignmentCriterion.estimate(points);
          Verdict verdict = AlignmentCriterion.judge(smallest);
          verdicts.add(verdict);
          measurements.add(
              new NamedMeasurement(
                  "%s smallest CS from epoch %d on"
                      .formatted(panel.name(), AlignmentCriterion.FROM_EPOCH),
                  smallest.mean(),
                  smallest.error(),
                  AlignmentCriterion.THRESHOLD,
                  Optional.of(verdict)));
        });
    panels.forEach(
        (panel, points) -> {
          for (int epoch : panel.epochs()) {
            mean(
                measurements,
                panel.name() + " CS at epoch " + epoch,
                points,
                epoch,
                AlignmentSums::uncentred);
          }
          int last = panel.epochs().getLast();
          mean(
              measurements,
              panel.name() + " centred CS at epoch " + last,
              points,
              last,
              AlignmentSums::centred);
          mean(
              measurements,
              panel.name() + " CS of random orientations",
              points,
              last,
              AlignmentSums::rotated);
        });
    int dimension = panels.values().iterator().next().getFirst().sums().dimension();
    measurements.add(
        new NamedMeasurement(
            "CS of random symmetric matrices",
            RandomAlignment.cosine(dimension, request.seed()),
            RandomAlignment.deviation(dimension),
            0));
    return new ExperimentOutcome(
        ID, request.preset(), Verdict.all(verdicts), AlignmentCriterion.text(), measurements);
  }

  private static void mean(
      List<NamedMeasurement> measurements,
      String name,
      List<AlignmentPoint> points,
      int epoch,
      ToDoubleFunction<AlignmentSums> quantity) {
    double[] values =
        points.stream()
            .filter(point -> point.epoch() == epoch)
            .mapToDouble(point -> quantity.applyAsDouble(point.sums()))
            .toArray();
    SeedMean mean = SeedMean.of(values);
    measurements.add(new NamedMeasurement(name, mean.mean(), mean.standardError(), Double.NaN));
  }

  private static CsvTable table(Map<AlignmentPanel, List<AlignmentPoint>> panels) {
    CsvTable table =
        new CsvTable(
            "alignment",
            "panel",
            "seed",
            "epoch",
            "loss",
            "cs",
            "cs_centred",
            "cs_random_orientation",
            "cs_standard_error",
            "vectors",
            "trace_h",
            "trace_m",
            "trace_hh",
            "trace_mm",
            "trace_ss",
            "trace_hm",
            "trace_hs");
    panels.forEach(
        (panel, points) -> {
          for (AlignmentPoint point : points) {
            AlignmentSums sums = point.sums();
            table.row(
                panel.name(),
                point.seed(),
                point.epoch(),
                point.loss(),
                sums.uncentred(),
                sums.centred(),
                sums.rotated(),
                sums.similarityError(),
                sums.vectors(),
                sums.hessianTrace(),
                sums.momentTrace(),
                sums.hessianSquares(),
                sums.momentSquares(),
                sums.covarianceSquares(),
                sums.hessianMoment(),
                sums.hessianCovariance());
          }
        });
    return table;
  }
}
