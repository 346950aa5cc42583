package org.noisescape.experiments.wei.valley;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.train.FullBatchDescent.Status;

/**
 * The projected path of a panel.
 *
 * @param panel what was done
 * @param threshold L − L* of a minimum
 * @param minimum of A that SGD began with, where labels were randomised
 * @param epochs of SGD, from 0
 * @param training losses of SGD itself at its epoch ends, by name
 * @param replayDistance between the end of SGD and that of its repetition
 */
record ValleyPath(
    ValleyPanel panel,
    double threshold,
    Optional<ProjectedPoint> minimum,
    List<PathEpoch> epochs,
    List<Map<String, Double>> training,
    double replayDistance) {
  ValleyPath {
    epochs = List.copyOf(epochs);
    training = List.copyOf(training);
  }

  /** All projected states, from left to right. */
  List<ProjectedPoint> points() {
    return epochs.stream().flatMap(epoch -> epoch.points().stream()).toList();
  }

  /** All segments. */
  List<PathSegment> segments() {
    return epochs.stream().flatMap(epoch -> epoch.segments().stream()).toList();
  }

  /** All traces. */
  List<PathTrace> traces() {
    return epochs.stream().flatMap(epoch -> epoch.traces().stream()).toList();
  }

  /** Projected states that are judged. */
  List<ProjectedPoint> judgedPoints() {
    return points().stream().filter(point -> point.epoch() >= panel.after()).toList();
  }

  /** Segments that are judged: those whose both ends are. */
  List<PathSegment> judgedSegments() {
    long first = (long) panel.after() * panel.stepsPerEpoch();
    return segments().stream().filter(segment -> segment.fromStep() >= first).toList();
  }

  /** Traces that are judged: at minima. */
  List<PathTrace> judgedTraces() {
    return epochs.stream()
        .filter(epoch -> epoch.epoch() >= panel.after())
        .filter(epoch -> epoch.points().getLast().status() == Status.REACHED)
        .flatMap(epoch -> epoch.traces().stream())
        .toList();
  }

  /** Epoch in the middle of a segment. */
  double middle(PathSegment segment) {
    return 0.5 * (segment.fromStep() + segment.toStep()) / panel.stepsPerEpoch();
  }

  /** (L − L*)/threshold at the highest point looked at on a segment. */
  double barrier(PathSegment segment) {
    return (segment.largest() - panel.floor()) / threshold;
  }
}
