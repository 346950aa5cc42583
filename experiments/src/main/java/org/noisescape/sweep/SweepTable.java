package org.noisescape.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.files.Printable;
import org.noisescape.files.WholeFile;

/**
 * {@code cells.csv}: a row a replica of a training, a row a cell else, all numbers with all their
 * digits; cells without numbers have a row as well.
 *
 * <p>Fields are quoted as in RFC 4180 where they need it. A standard error or theory has a column
 * where any cell has it.
 */
final class SweepTable {
  private record Column(String quantity, String head, ToDoubleFunction<Reading> part) {}

  private final SweepFolder folder;
  private final List<CellResult> results;
  private final StringBuilder text = new StringBuilder();

  private SweepTable(SweepFolder folder, List<CellResult> results) {
    this.folder = folder;
    this.results = results;
  }

  static void write(SweepFolder folder, List<CellResult> results) throws IOException {
    WholeFile.write(
        folder.path().resolve(SweepFolder.TABLE), new SweepTable(folder, results).text());
  }

  private String text() {
    List<String> keys = List.copyOf(folder.request().grid().axes().keySet());
    List<Column> columns = columns();
    List<String> heads = new ArrayList<>(List.of("cell", "folder"));
    heads.addAll(keys);
    heads.addAll(List.of("seed", "replica", "state", "outcome", "reason"));
    columns.forEach(column -> heads.add(column.head()));
    row(heads.stream());
    for (CellResult result : results) {
      int rows = Math.max(1, result.members().size());
      for (int replica = 0; replica < rows; replica++) {
        Map<String, Reading> member =
            result.members().isEmpty() ? Map.of() : result.members().get(replica);
        Cell cell = result.cell();
        Stream<String> known =
            Stream.of(
                    Stream.of(Integer.toString(cell.number()), "cells/" + cell.name()),
                    keys.stream().map(cell.settings()::get),
                    Stream.of(
                        Long.toString(cell.seed()),
                        result.training().isPresent() && result.members().size() > 1
                            ? Integer.toString(replica)
                            : "",
                        result.state().name(),
                        result.status(),
                        result.reason()))
                .flatMap(part -> part);
        Stream<String> numbers = columns.stream().map(column -> number(member, column));
        row(Stream.concat(known, numbers));
      }
    }
    return text.toString();
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (String quantity : SeedAverage.quantities(results)) {
      columns.add(new Column(quantity, quantity, Reading::value));
      for (Column part :
          List.of(
              new Column(quantity, quantity + " standard error", Reading::error),
              new Column(quantity, quantity + " theory", Reading::theory))) {
        if (results.stream()
            .flatMap(result -> result.members().stream())
            .anyMatch(member -> !number(member, part).isEmpty())) {
          columns.add(part);
        }
      }
    }
    return columns;
  }

  /** A number with all its digits, empty for NaN. */
  private static String number(Map<String, Reading> member, Column column) {
    Reading reading = member.get(column.quantity());
    double value = reading == null ? Double.NaN : column.part().applyAsDouble(reading);
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private void row(Stream<String> fields) {
    text.append(
            fields.map(field -> Csv.quoted(Printable.text(field))).collect(Collectors.joining(",")))
        .append('\n');
  }
}
