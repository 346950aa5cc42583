package org.noisescape.experiments.wei.valley;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code points.csv}, {@code segments.csv} and {@code traces.csv} of a run folder. */
final class ValleyTables {
  private ValleyTables() {}

  /** A part of a path. */
  private record Row<T>(ValleyPath path, T part) {
    String panel() {
      return path.panel().name();
    }

    double excess(double loss) {
      return loss - path.panel().floor();
    }

    static <T> List<Row<T>> of(List<ValleyPath> paths, Function<ValleyPath, List<T>> parts) {
      return paths.stream()
          .flatMap(path -> parts.apply(path).stream().map(part -> new Row<>(path, part)))
          .toList();
    }
  }

  static Findings add(Findings findings, List<ValleyPath> paths) {
    return findings
        .table(
            Csv.of("points", Row.of(paths, ValleyPath::points))
                .column("panel", Row::panel)
                .column("step", r -> r.part().step())
                .column("epoch", r -> r.part().epoch())
                .column("status", r -> r.part().status())
                .column("iterations", r -> r.part().iterations())
                .column("train_loss", r -> r.part().trainLoss())
                .column("excess_loss", r -> r.excess(r.part().trainLoss()))
                .column("train_accuracy", r -> r.part().trainAccuracy())
                .column("test_loss", r -> r.part().testLoss())
                .column("test_accuracy", r -> r.part().testAccuracy())
                .column("distance_from_sgd", r -> r.part().distance()))
        .table(
            Csv.of("segments", Row.of(paths, ValleyPath::segments))
                .column("panel", Row::panel)
                .column("from_step", r -> r.part().fromStep())
                .column("to_step", r -> r.part().toStep())
                .column("epoch", r -> r.path().middle(r.part()))
                .column("length", r -> r.part().length())
                .column("connected", r -> r.part().connected())
                .column("largest_excess_loss", r -> r.excess(r.part().largest()))
                .column("largest_over_threshold", r -> r.path().barrier(r.part()))
                .column(
                    "losses",
                    r ->
                        r.part().losses().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))))
        .table(
            Csv.of("traces", Row.of(paths, ValleyPath::traces))
                .column("panel", Row::panel)
                .column("epoch", r -> r.part().epoch())
                .column("trace", r -> r.part().value())
                .column("standard_error", r -> r.part().standardError())
                .column("standard_deviation", r -> r.part().deviation())
                .column("vectors", r -> r.part().vectors()));
  }
}
