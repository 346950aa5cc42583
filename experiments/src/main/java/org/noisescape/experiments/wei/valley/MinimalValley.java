package org.noisescape.experiments.wei.valley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.wei.valley.ValleyCriterion.Change;

/**
 * The path of minima to which gradient descent takes the states of SGD: whether it is connected,
 * and whether the trace of the Hessian falls along it.
 *
 * <p>L is measured above its floor L*, the entropy of the smoothed targets. Source: Wei and Schwab,
 * sections 2.1.1, 4.3 and A.2, Figs. 1, 3 and 4.
 */
public final class MinimalValley implements Experiment {
  static final String ID = "wei/minimal-valley";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "SGD moves along a connected valley of minima, to a smaller trace of the Hessian";
  }

  @Override
  public String source() {
    return "Wei, Schwab, sections 2.1.1, 4.3 and A.2, Figs. 1, 3 and 4";
  }

  @Override
  public Map<String, String> settings() {
    return ValleySettings.descriptions();
  }

  @Override
  public Map<String, String> defaults(Preset preset) {
    return ValleySettings.defaults(preset);
  }

  @Override
  public ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = ValleySettings.of(request);
    Map<String, String> digests = new LinkedHashMap<>();
    List<ValleyPanel> panels = new ArrayList<>();
    for (String name : settings.some("panels", ValleyPanel.NAMES)) {
      panels.add(ValleyPanel.of(name, settings, request, digests));
    }
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, digests)) {
      List<String> command = ExperimentFolder.commandLine(this, request);
      List<ValleyPath> paths = new ArrayList<>();
      for (ValleyPanel panel : panels) {
        paths.add(new ValleyRun(panel, folder.path(), request, command).run());
      }
      ValleyTables.write(folder.path(), paths);
      return folder.finish(ValleyFigures.of(paths), outcome(request.preset(), paths));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ExperimentOutcome outcome(Preset preset, List<ValleyPath> paths) {
    List<NamedMeasurement> all = new ArrayList<>();
    paths.forEach(path -> measure(path, all));
    Verdict verdict =
        Verdict.all(
            paths.stream()
                .flatMap(
                    path ->
                        Stream.of(
                            ValleyCriterion.connectedness(path), ValleyCriterion.falling(path)))
                .toList());
    return new ExperimentOutcome(ID, preset, verdict, ValleyCriterion.text(), all);
  }

  private static void measure(ValleyPath path, List<NamedMeasurement> all) {
    String name = path.panel().name() + " ";
    List<PathSegment> judged = path.judgedSegments();
    double connected = judged.stream().filter(PathSegment::connected).count();
    all.add(
        new NamedMeasurement(
            name + "share of " + judged.size() + " judged segments connected",
            judged.isEmpty() ? Double.NaN : connected / judged.size(),
            Double.NaN,
            1,
            Optional.of(ValleyCriterion.connectedness(path))));
    List<PathTrace> traces = path.judgedTraces();
    Change change = Change.of(traces);
    all.add(
        new NamedMeasurement(
            name + "change of the trace, last less first eighth of " + change.traces(),
            change.value(),
            change.standardError(),
            Double.NaN,
            Optional.of(ValleyCriterion.falling(path))));
    if (!traces.isEmpty()) {
      trace(all, name + "trace at epoch ", traces.getFirst());
      trace(all, name + "trace at epoch ", traces.getLast());
    }
    plain(all, name + "rank correlation of trace and epoch", rank(traces));
    plain(all, name + "threshold, L - L*", path.threshold());
    plain(
        all,
        name + "share of judged segments below the threshold itself",
        judged.isEmpty()
            ? Double.NaN
            : (double) judged.stream().filter(s -> path.barrier(s) < 1).count() / judged.size());
    plain(
        all,
        name + "largest (L - L*)/threshold on judged segments",
        judged.stream().mapToDouble(path::barrier).reduce(Math::max).orElse(Double.NaN));
    List<ProjectedPoint> points = path.points();
    plain(all, name + "projected states", points.size());
    plain(
        all,
        name + "projections that missed the threshold",
        points.stream().filter(point -> !point.minimal()).count());
    plain(
        all,
        name + "iterations of a projection",
        points.stream().mapToDouble(ProjectedPoint::iterations).average().orElse(Double.NaN));
    ProjectedPoint last = points.getLast();
    path.judgedPoints().stream()
        .findFirst()
        .ifPresent(first -> plain(all, name + "test loss where judging begins", first.testLoss()));
    plain(all, name + "test loss at the end", last.testLoss());
    plain(all, name + "distance of SGD from its repetition", path.replayDistance());
  }

  private static double rank(List<PathTrace> traces) {
    double[] epochs = traces.stream().mapToDouble(PathTrace::epoch).toArray();
    double[] values = traces.stream().mapToDouble(PathTrace::value).toArray();
    return traces.size() < 3 ? Double.NaN : new SpearmansCorrelation().correlation(epochs, values);
  }

  private static void trace(List<NamedMeasurement> all, String name, PathTrace trace) {
    all.add(
        new NamedMeasurement(
            name + trace.epoch(), trace.value(), trace.standardError(), Double.NaN));
  }

  private static void plain(List<NamedMeasurement> all, String name, double value) {
    all.add(new NamedMeasurement(name, value, Double.NaN, Double.NaN));
  }
}
