package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.PlannedExperiment;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.wei.valley.ValleyCriterion.Change;

/**
 * The path of minima to which gradient descent takes the states of SGD: whether it is connected,
 * and whether the trace of the Hessian falls along it.
 *
 * <p>L is measured above its floor L*, the entropy of the smoothed targets. Source: Wei and Schwab,
 * sections 2.1.1, 4.3 and A.2, Figs. 1, 3 and 4.
 */
public final class MinimalValley extends PlannedExperiment<MinimalValley.Plan> {
  /** The experiment. */
  public MinimalValley() {
    super(
        "wei/minimal-valley",
        "SGD moves along a connected valley of minima, to a smaller trace of the Hessian",
        "Wei, Schwab, sections 2.1.1, 4.3 and A.2, Figs. 1, 3 and 4",
        ValleySettings.ROWS);
  }

  /** What runs. */
  record Plan(List<ValleyPanel> panels) {}

  @Override
  protected Planned<Plan> plan(Settings settings, ExperimentRequest request) {
    Map<String, String> digests = new LinkedHashMap<>();
    List<ValleyPanel> panels = new ArrayList<>();
    for (String name : settings.some("panels", ValleyPanel.NAMES)) {
      panels.add(ValleyPanel.of(name, settings, request, digests));
    }
    return Planned.of(new Plan(panels), ValleyCriterion.text()).digests(digests);
  }

  @Override
  protected Findings measure(Plan plan, ExperimentRun run) {
    List<ValleyPath> paths = new ArrayList<>();
    for (ValleyPanel panel : plan.panels) {
      paths.add(new ValleyRun(panel, run).path());
    }
    return findings(paths).figures(ValleyFigures.of(paths));
  }

  /** Numbers and tables of the paths. */
  static Findings findings(List<ValleyPath> paths) {
    Measurements numbers = new Measurements();
    paths.forEach(path -> measure(path, numbers));
    return tables(
        Findings.of(numbers)
            .rival(
                "a random walk of the trace without drift",
                all(paths, path -> change(path, ValleyCriterion.NO_DRIFT)))
            .rival(
                "barriers between the minima",
                all(paths, path -> highest(path, Criterion.atLeast(path.panel().lineFactor())))),
        paths);
  }

  private static Measurements all(
      List<ValleyPath> paths, Function<ValleyPath, Measurements> numbers) {
    Measurements all = new Measurements();
    paths.forEach(path -> all.addAll(numbers.apply(path)));
    return all;
  }

  private static Measurements highest(ValleyPath path, Criterion criterion) {
    return new Measurements()
        .judged(
            path.panel().name() + " largest (L - L*)/threshold on judged segments",
            PointEstimate.exact(ValleyCriterion.highest(path)),
            criterion.theory(),
            ValleyCriterion.connectedness(path, criterion));
  }

  private static Measurements change(ValleyPath path, Criterion criterion) {
    Change change = Change.of(path.judgedTraces());
    return new Measurements()
        .judged(
            path.panel().name()
                + " change of the trace, last less first eighth of "
                + change.traces(),
            change.estimate(),
            criterion);
  }

  private static void measure(ValleyPath path, Measurements numbers) {
    String name = path.panel().name() + " ";
    List<PathSegment> judged = path.judgedSegments();
    List<PathTrace> traces = path.judgedTraces();
    numbers
        .addAll(highest(path, ValleyCriterion.connected(path)))
        .addAll(change(path, ValleyCriterion.FALLS))
        .value(
            name + "share of " + judged.size() + " judged segments connected",
            judged.isEmpty()
                ? Double.NaN
                : (double) judged.stream().filter(PathSegment::connected).count() / judged.size());
    if (!traces.isEmpty()) {
      trace(numbers, name + "trace at epoch ", traces.getFirst());
      trace(numbers, name + "trace at epoch ", traces.getLast());
    }
    List<ProjectedPoint> points = path.points();
    numbers
        .value(name + "rank correlation of trace and epoch", rank(traces))
        .value(name + "threshold, L - L*", path.threshold())
        .value(
            name + "share of judged segments below the threshold itself",
            judged.isEmpty()
                ? Double.NaN
                : (double) judged.stream().filter(s -> path.barrier(s) < 1).count() / judged.size())
        .value(name + "projected states", points.size())
        .value(
            name + "projections that missed the threshold",
            points.stream().filter(point -> !point.minimal()).count())
        .value(
            name + "iterations of a projection",
            points.stream().mapToDouble(ProjectedPoint::iterations).average().orElse(Double.NaN));
    path.judgedPoints().stream()
        .findFirst()
        .ifPresent(
            first -> numbers.value(name + "test loss where judging begins", first.testLoss()));
    numbers
        .value(name + "test loss at the end", points.getLast().testLoss())
        .value(name + "distance of SGD from its repetition", path.replayDistance());
  }

  private static double rank(List<PathTrace> traces) {
    return traces.size() < 3
        ? Double.NaN
        : new SpearmansCorrelation()
            .correlation(Column.of(traces, PathTrace::epoch), Column.of(traces, PathTrace::value));
  }

  private static void trace(Measurements numbers, String name, PathTrace trace) {
    numbers.estimate(name + trace.epoch(), trace.value(), trace.standardError());
  }

  private static double excess(ValleyPath path, double loss) {
    return loss - path.panel().floor();
  }

  private static Findings tables(Findings findings, List<ValleyPath> paths) {
    return findings
        .table(
            Csv.parts("points", paths, ValleyPath::points)
                .column("panel", r -> r.of().panel().name())
                .column("step", r -> r.part().step())
                .column("epoch", r -> r.part().epoch())
                .column("status", r -> r.part().status())
                .column("iterations", r -> r.part().iterations())
                .column("train_loss", r -> r.part().trainLoss())
                .column("excess_loss", r -> excess(r.of(), r.part().trainLoss()))
                .column("train_accuracy", r -> r.part().trainAccuracy())
                .column("test_loss", r -> r.part().testLoss())
                .column("test_accuracy", r -> r.part().testAccuracy())
                .column("distance_from_sgd", r -> r.part().distance()))
        .table(
            Csv.parts("segments", paths, ValleyPath::segments)
                .column("panel", r -> r.of().panel().name())
                .column("from_step", r -> r.part().fromStep())
                .column("to_step", r -> r.part().toStep())
                .column("epoch", r -> r.of().middle(r.part()))
                .column("length", r -> r.part().length())
                .column("connected", r -> r.part().connected())
                .column("largest_excess_loss", r -> excess(r.of(), r.part().largest()))
                .column("largest_over_threshold", r -> r.of().barrier(r.part()))
                .column(
                    "losses",
                    r ->
                        r.part().losses().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))))
        .table(
            Csv.parts("traces", paths, ValleyPath::traces)
                .column("panel", r -> r.of().panel().name())
                .column("epoch", r -> r.part().epoch())
                .column("trace", r -> r.part().value())
                .column("standard_error", r -> r.part().standardError())
                .column("standard_deviation", r -> r.part().deviation())
                .column("vectors", r -> r.part().vectors()));
  }
}
