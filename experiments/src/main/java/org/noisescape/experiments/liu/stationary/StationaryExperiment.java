package org.noisescape.experiments.liu.stationary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.report.Figure;

/**
 * Simulates stationary states over a grid and compares means with theory; what an experiment adds
 * is its cases and its figures.
 *
 * <p>Every case is kept in {@code points/}, so that an interrupted experiment goes on with the
 * next.
 */
public abstract class StationaryExperiment implements Experiment {
  /** What a run measured. */
  public record Result(
      Settings settings, long seed, List<StationaryCase> cases, List<Averages> averages) {
    public List<GridPoint> points() {
      List<GridPoint> points = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        for (int q = 0; q < cases.get(i).predictions().size(); q++) {
          points.add(GridPoint.of(cases.get(i), q, averages.get(i)));
        }
      }
      return points;
    }

    public List<GridPoint> points(String panel) {
      return points().stream().filter(p -> p.label().panel().equals(panel)).toList();
    }

    List<String> panels() {
      return cases.stream().map(c -> c.label().panel()).distinct().toList();
    }
  }

  /** The systems. */
  protected abstract List<StationaryCase> cases(Settings settings, long seed);

  /** The plots. */
  protected abstract List<Figure> figures(Result result);

  /** Name of the table and of its column of values. */
  protected abstract String value();

  /** Settings beside the sizes, with descriptions. */
  protected abstract Map<String, String> ownSettings();

  /** Their values. */
  protected abstract Map<String, String> ownDefaults(Preset preset);

  /** The theory before the text. */
  protected String earlier() {
    return "continuous theory";
  }

  /** Numbers beside the deviations from theory. */
  protected List<NamedMeasurement> more(Result result) {
    return List.of();
  }

  /** Rule for these numbers, with a space in front; empty without any. */
  protected String moreCriterion() {
    return "";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(ownSettings());
    all.put("replicas", "independent replicas of every system");
    all.put("draws", "snapshots of every replica, about a correlation time apart");
    return all;
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>(ownDefaults(preset));
    all.put("replicas", preset == Preset.PAPER ? "1000" : "256");
    all.put("draws", preset == Preset.QUICK ? "400" : "3000");
    return all;
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Synthetic.requireNoDataset(this, request);
    Settings settings = Settings.of(id(), defaults(request.preset()), Map.of(), request.settings());
    int replicas = settings.integer("replicas", 2);
    ReplicaAverages measure = new ReplicaAverages(replicas, settings.integer("draws", 1), request);
    List<StationaryCase> cases = cases(settings, request.seed());
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, Map.of())) {
      List<Averages> averages = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        int index = i;
        Path file =
            folder
                .path()
                .resolve("points")
                .resolve(String.format(Locale.ROOT, "case-%03d.json", i));
        request.progress().started("system %d of %d".formatted(i + 1, cases.size()));
        averages.add(
            StageResult.of(file, Averages.class, () -> measure.of(cases.get(index), index)));
        request.progress().finished();
      }
      Result result = new Result(settings, request.seed(), cases, averages);
      GridTables.write(folder.path(), value(), result.points());
      return folder.finish(figures(result), outcome(request.preset(), result));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Judges every panel. */
  final ExperimentOutcome outcome(Preset preset, Result result) {
    List<NamedMeasurement> measurements = new ArrayList<>();
    for (String panel : result.panels()) {
      judge(panel, earlier(), result.points(panel), measurements);
    }
    measurements.addAll(more(result));
    List<Verdict> verdicts = measurements.stream().flatMap(m -> m.verdict().stream()).toList();
    return new ExperimentOutcome(
        id(),
        preset,
        Verdict.all(verdicts),
        GridCriterion.text(earlier()) + moreCriterion(),
        measurements);
  }

  public static void judge(
      String panel, String earlier, List<GridPoint> points, List<NamedMeasurement> into) {
    List<GridPoint> judged = points.stream().filter(p -> !Double.isNaN(p.exact())).toList();
    GridPoint worst = Collections.max(judged, Comparator.comparing(p -> Math.abs(p.deviation())));
    into.add(
        new NamedMeasurement(
            "%s: value / discrete theory, furthest of %d (%s)"
                .formatted(panel, judged.size(), where(worst)),
            worst.value() / worst.exact(),
            worst.standardError() / worst.exact(),
            1,
            Optional.of(GridCriterion.exact(judged))));
    GridCriterion.continuousOff(judged)
        .ifPresent(
            verdict -> {
              GridPoint p = GridCriterion.furthest(judged, GridPoint::continuous);
              into.add(ratio(panel, earlier, p, p.continuous(), verdict));
            });
    GridCriterion.textOff(judged)
        .ifPresent(
            verdict -> {
              GridPoint p = GridCriterion.furthest(judged, GridPoint::text);
              into.add(ratio(panel, "the text's formula", p, p.text(), verdict));
            });
  }

  private static NamedMeasurement ratio(
      String panel, String name, GridPoint point, double theory, Verdict verdict) {
    return new NamedMeasurement(
        "%s: value / %s (%s)".formatted(panel, name, where(point)),
        point.value() / theory,
        point.standardError() / Math.abs(theory),
        point.exact() / theory,
        Optional.of(verdict));
  }

  private static String where(GridPoint point) {
    String rate = "learning rate " + Plots.number(point.label().learningRate());
    String momentum =
        point.label().momentum() == 0 ? "" : ", momentum " + Plots.number(point.label().momentum());
    return rate + momentum + ", " + point.quantity();
  }
}
