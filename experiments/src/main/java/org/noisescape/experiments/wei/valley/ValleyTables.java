package org.noisescape.experiments.wei.valley;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.noisescape.experiments.frame.CsvTable;

/** {@code points.csv}, {@code segments.csv} and {@code traces.csv} of a run folder. */
final class ValleyTables {
  private ValleyTables() {}

  static void write(Path run, List<ValleyPath> paths) throws IOException {
    CsvTable points =
        new CsvTable(
            "points",
            "panel",
            "step",
            "epoch",
            "status",
            "iterations",
            "train_loss",
            "excess_loss",
            "train_accuracy",
            "test_loss",
            "test_accuracy",
            "distance_from_sgd");
    CsvTable segments =
        new CsvTable(
            "segments",
            "panel",
            "from_step",
            "to_step",
            "epoch",
            "length",
            "connected",
            "largest_excess_loss",
            "largest_over_threshold",
            "losses");
    CsvTable traces =
        new CsvTable(
            "traces", "panel", "epoch", "trace", "standard_error", "standard_deviation", "vectors");
    for (ValleyPath path : paths) {
      ValleyPanel panel = path.panel();
      for (ProjectedPoint point : path.points()) {
        points.row(
            panel.name(),
            point.step(),
            point.epoch(),
            point.status(),
            point.iterations(),
            point.trainLoss(),
            point.trainLoss() - panel.floor(),
            point.trainAccuracy(),
            point.testLoss(),
            point.testAccuracy(),
            point.distance());
      }
      for (PathSegment segment : path.segments()) {
        segments.row(
            panel.name(),
            segment.fromStep(),
            segment.toStep(),
            path.middle(segment),
            segment.length(),
            segment.connected(),
            segment.largest() - panel.floor(),
            path.barrier(segment),
            segment.losses().stream().map(String::valueOf).collect(Collectors.joining(" ")));
      }
      for (PathTrace trace : path.traces()) {
        traces.row(
            panel.name(),
            trace.epoch(),
            trace.value(),
            trace.standardError(),
            trace.deviation(),
            trace.vectors());
      }
    }
    points.write(run);
    segments.write(run);
    traces.write(run);
  }
}
