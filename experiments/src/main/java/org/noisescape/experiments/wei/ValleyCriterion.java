package org.noisescape.experiments.wei;

import java.util.List;
import java.util.Locale;
import org.noisescape.experiments.Verdict;

/**
 * When a projected path counts as one in a minimal valley along which the trace falls.
 *
 * <p>Fixed before any run. Connected: every segment by the text's rule; a barrier is what rises to
 * twice the threshold, between the two nothing is said. Trace: one path cannot tell a drift from
 * the steps of a random walk by the scatter around a line, since these add up; so the change over
 * the path is compared with what independent steps of the spread seen would add up to.
 */
final class ValleyCriterion {
  /** Judged epochs and traces without which nothing is said. */
  static final int LEAST = 6;

  /** Times the threshold. */
  static final double BARRIER = 2;

  private static final double STANDARD_ERRORS = 2;

  private ValleyCriterion() {}

  /**
   * Change of the trace from the first to the last that is judged.
   *
   * @param value T_last − T_first
   * @param standardError of a random walk with measurement errors, √(n s² + e_first² + e_last²), s²
   *     = var(ΔT) − mean(e_i² + e_{i−1}²) ≥ 0 over the n steps
   * @param steps n
   */
  record Change(double value, double standardError, int steps) {
    /** Of traces in order, with independent errors. */
    static Change of(List<PathTrace> traces) {
      int steps = traces.size() - 1;
      if (steps < 2) {
        return new Change(Double.NaN, Double.NaN, Math.max(0, steps));
      }
      PathTrace first = traces.getFirst();
      PathTrace last = traces.getLast();
      double change = last.value() - first.value();
      double squares = 0;
      double measured = 0;
      for (int i = 1; i <= steps; i++) {
        double step = traces.get(i).value() - traces.get(i - 1).value();
        squares += Math.pow(step - change / steps, 2) / (steps - 1);
        measured +=
            (square(traces.get(i).standardError()) + square(traces.get(i - 1).standardError()))
                / steps;
      }
      double own = Math.max(0, squares - measured);
      double ends = square(first.standardError()) + square(last.standardError());
      return new Change(change, Math.sqrt(steps * own + ends), steps);
    }

    private static double square(double x) {
      return x * x;
    }
  }

  /** Whether the path stays in the valley. */
  static Verdict connectedness(ValleyPath path) {
    List<PathSegment> segments = path.judgedSegments();
    boolean projected = path.judgedPoints().stream().allMatch(ProjectedPoint::minimal);
    int epochs = path.panel().epochs() - path.panel().after();
    if (!projected || epochs < LEAST) {
      return Verdict.INCONCLUSIVE;
    }
    if (segments.stream().allMatch(PathSegment::connected)) {
      return Verdict.AGREES;
    }
    boolean barrier = segments.stream().anyMatch(s -> !(path.barrier(s) <= BARRIER));
    return barrier ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  /** Whether the trace falls along it. */
  static Verdict falling(ValleyPath path) {
    List<PathTrace> traces = path.judgedTraces();
    Change change = Change.of(traces);
    if (traces.size() < LEAST || !Double.isFinite(change.standardError())) {
      return Verdict.INCONCLUSIVE;
    }
    double allowed = STANDARD_ERRORS * change.standardError();
    return change.value() < -allowed
        ? Verdict.AGREES
        : change.value() > allowed ? Verdict.DISAGREES : Verdict.INCONCLUSIVE;
  }

  /** The rule in words. */
  static String text() {
    return String.format(
        Locale.ROOT,
        "after the first epochs of a panel (setting after). Connected: agrees if L is below the"
            + " threshold at every point looked at on every segment; disagrees if it exceeds %s"
            + " thresholds somewhere (L above its floor L*, the entropy of the smoothed targets);"
            + " else, or if a projection missed the threshold, or with fewer than %d epochs,"
            + " inconclusive. Trace: agrees if its change from the first to the last epoch + 2 SE <"
            + " 0, disagrees if the change - 2 SE > 0, else, or with fewer than %d traces,"
            + " inconclusive; SE that of a random walk with steps of the spread seen, and of the"
            + " random vectors. Overall: disagrees if any part does, agrees if all do.",
        BARRIER,
        LEAST,
        LEAST);
  }
}
