package org.noisescape.benchmarks.records;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the benchmarks are to show, beside what the records say. */
final class Aims {
  /**
   * One number that is to be small.
   *
   * @param kind record
   * @param row beginning of the row's name
   * @param peers beginning of the libraries ours is set in ratio to; empty where our own number is
   *     meant
   * @param way part of the name of the peer's way; empty where its fastest of each round is meant
   * @param most what the median is to stay below
   */
  private record Aim(String kind, String row, String peers, String way, double most) {}

  private static final String TORCH = "PyTorch";

  private static final List<Aim> ALL =
      List.of(
          new Aim("step", "meng-cnn, sgd", TORCH, "", 0.8),
          new Aim("step", "mori-cnn, sgd", TORCH, "", 0.5),
          new Aim("step", "resnet18, sgd", TORCH, "", 0.5),
          new Aim("step", "mlp:100,100, sgd", TORCH, "", 0.35),
          new Aim("step", "mlp:2000,2000,2000, sgd", TORCH, "", 0.45),
          new Aim("step", "mlp:10, sgd", TORCH, "", 0.08),
          new Aim("pass", "mori-cnn, norms over gradient", "", "", 1.1),
          new Aim("pass", "resnet18, norms over gradient", "", "", 1.25),
          new Aim("pass", "mlp:10, norms over gradient", "", "", 1.1),
          new Aim("spectrum", "top 5 of H, mlp:100,100", "", "", 0.8),
          new Aim("spectrum", "top 5 of H, mlp:100,100", TORCH, "pyhessian", 1 / 60.0),
          new Aim("spectrum", "top 5 of H, mlp:100,100", TORCH, "eigsh", 1 / 3.0),
          new Aim("spectrum", "density of H, 10 vectors, settled", "", "", 10),
          new Aim("spectrum", "tr H, exact", "", "", 1.5),
          new Aim("spectrum", "tr H to 1 %", "", "", 1.5),
          new Aim("ensemble", "mlp:10", "", "", 2.2),
          new Aim("start", "--help", "", "", 0.25),
          new Aim("start", "train", TORCH, "", 1));

  private Aims() {}

  /** Appends a table; nothing where none of the aims was measured. */
  static void append(StringBuilder page, List<BenchmarkRecord> records) {
    StringBuilder rows = new StringBuilder();
    for (Aim aim : ALL) {
      records.stream()
          .filter(one -> one.kind().equals(aim.kind()))
          .flatMap(one -> one.rows().stream())
          .filter(row -> row.name().startsWith(aim.row()))
          .findFirst()
          .ifPresent(row -> append(rows, aim, row));
    }
    if (!rows.isEmpty()) {
      page.append("\n## Aims\n\n");
      page.append(
          "Ratios are to the PyTorch that leaves the largest; reached where the median is.\n\n");
      TablesPage.line(page, "what", "aim", "measured", "reached");
      TablesPage.line(page, "---", "---", "---", "---");
      page.append(rows);
    }
  }

  private static void append(StringBuilder rows, Aim aim, BenchmarkRow row) {
    measured(aim, row)
        .ifPresent(
            range ->
                TablesPage.line(
                    rows,
                    "%s: %s%s".formatted(row.table(), row.name(), beside(aim)),
                    "≤ " + MedianRange.number(aim.most()) + unit(aim, row),
                    range.text() + unit(aim, row),
                    range.median() <= aim.most() ? "yes" : "no"));
  }

  private static String beside(Aim aim) {
    if (aim.peers().isEmpty()) {
      return "";
    }
    return ", over " + aim.peers() + (aim.way().isEmpty() ? "" : "'s " + aim.way());
  }

  private static String unit(Aim aim, BenchmarkRow row) {
    boolean plain = !aim.peers().isEmpty() || row.unit().equals("times");
    return plain ? "" : " " + row.unit();
  }

  /** The largest ratio over any of the libraries; over its fastest way of threads. */
  private static Optional<MedianRange> measured(Aim aim, BenchmarkRow row) {
    Comparator<MedianRange> byMedian = Comparator.comparingDouble(MedianRange::median);
    if (aim.peers().isEmpty()) {
      return Optional.of(row.ours());
    }
    if (aim.way().isEmpty()) {
      return row.fastest().stream()
          .filter(one -> one.library().startsWith(aim.peers()))
          .map(LibraryRatio::ratio)
          .max(byMedian);
    }
    return row.peers().stream()
        .filter(one -> one.library().startsWith(aim.peers()) && one.way().contains(aim.way()))
        .map(PeerRow::ratio)
        .max(byMedian);
  }
}
