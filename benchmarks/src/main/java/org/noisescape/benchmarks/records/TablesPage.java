package org.noisescape.benchmarks.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.WholeFile;

/**
 * The page of tables, made of the records alone: KIND.json of a folder, in the order of {@link
 * #ORDER}.
 */
public final class TablesPage {
  /** Kinds in the order of the page; others follow by name. */
  private static final List<String> ORDER =
      List.of(
          "step",
          "epoch",
          "pass",
          "curvature",
          "spectrum",
          "ensemble",
          "start",
          "instruments",
          "scaling");

  private static final String HEAD =
      """
      # Performance: tables

      Made by `benchmarks/page` of the records in `benchmarks/results`, which `benchmarks/run all` writes; not to be
      edited. How to measure, and what the numbers mean: [performance](performance.md).

      Median (minimum–maximum) over n rounds; in a round our time is taken, then every peer's, and the ratio is that of
      the round. A peer's row is the fastest of its ways by the median; *ours over it* is over the fastest way of each
      round. All ways are in the records.
      """;

  private TablesPage() {}

  /** Writes the page: arguments are the folder of the records and the file. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    WholeFile.write(Path.of(arguments[1]), of(read(folder)));
  }

  /** The records of a folder; none where there is no folder. */
  public static List<BenchmarkRecord> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(BenchmarkRecord::read)
          .sorted(Comparator.comparingInt(TablesPage::place).thenComparing(BenchmarkRecord::kind))
          .toList();
    }
  }

  private static int place(BenchmarkRecord found) {
    int place = ORDER.indexOf(found.kind());
    return place < 0 ? ORDER.size() : place;
  }

  /** The page of some records. */
  public static String of(List<BenchmarkRecord> records) {
    StringBuilder page = new StringBuilder(HEAD);
    if (records.isEmpty()) {
      page.append("\nNothing has been measured yet.\n");
    }
    Aims.append(page, records);
    records.forEach(one -> section(page, one));
    return page.toString();
  }

  private static void section(StringBuilder page, BenchmarkRecord found) {
    Map<String, List<BenchmarkRow>> tables = new LinkedHashMap<>();
    for (BenchmarkRow row : found.rows()) {
      tables.computeIfAbsent(row.table(), key -> new ArrayList<>()).add(row);
    }
    tables.forEach(
        (title, rows) -> {
          page.append("\n## ").append(title).append("\n\n");
          page.append("`benchmarks/run ").append(found.kind()).append("`. ");
          page.append(found.setting().text()).append("\n\n");
          table(page, rows);
        });
    ScalingTable.append(page, found.curves());
  }

  private static void table(StringBuilder page, List<BenchmarkRow> rows) {
    boolean peers = rows.stream().anyMatch(row -> !row.peers().isEmpty());
    boolean numbers = rows.stream().anyMatch(row -> !row.found().isEmpty());
    line(page, "what", "n", "who", "took", peers ? "ours over it" : "", numbers ? "found" : "");
    line(page, "---", "---", "---", "---", peers ? "---" : "", numbers ? "---" : "");
    for (BenchmarkRow row : rows) {
      String unit = " " + row.unit();
      line(
          page,
          row.name(),
          Integer.toString(row.rounds()),
          "**noisescape**",
          row.ours().text() + unit,
          peers ? " " : "",
          numbers ? found(row.found()) : "");
      for (LibraryRatio library : row.fastest()) {
        PeerRow best = fastest(row, library.library()).orElseThrow();
        line(
            page,
            " ",
            Integer.toString(best.rounds()),
            library.library() + ", " + best.way(),
            best.time().text() + unit,
            library.ratio().text(),
            numbers ? found(best.found()) : "");
      }
    }
  }

  private static String found(Map<String, Double> numbers) {
    return numbers.isEmpty() ? " " : BenchmarkRow.numbers(numbers);
  }

  private static Optional<PeerRow> fastest(BenchmarkRow row, String library) {
    return row.peers().stream()
        .filter(peer -> peer.library().equals(library))
        .min(Comparator.comparingDouble(peer -> peer.time().median()));
  }

  /** A row of a table; an empty cell is a column that the table does not have. */
  static void line(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) {
      if (!cell.isEmpty()) {
        page.append(' ').append(cell.strip().replace("|", "\\|")).append(" |");
      }
    }
    page.append('\n');
  }
}
