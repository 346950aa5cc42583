package org.noisescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.LineInput;

/**
 * Some columns of a table of an experiment.
 *
 * @param columns heads
 * @param rows cells, in the order of the heads
 */
record RunTable(List<String> columns, List<List<String>> rows) {
  /**
   * Reads a table; nothing but its heads where a column is not there, so that long tables of
   * something else cost nothing.
   *
   * @param wanted columns it must have
   */
  static Optional<RunTable> read(Path file, List<String> wanted) {
    try (LineInput lines = new LineInput(file)) {
      String head = lines.next();
      if (head == null) {
        return Optional.empty();
      }
      List<String> columns = List.of(head.split(",", -1));
      if (!columns.containsAll(wanted)) {
        return Optional.empty();
      }
      List<List<String>> rows = new ArrayList<>();
      for (String line = lines.next(); line != null; line = lines.next()) {
        List<String> cells = List.of(line.split(",", -1));
        if (cells.size() == columns.size()) {
          rows.add(cells);
        }
      }
      return Optional.of(new RunTable(columns, rows));
    }
  }

  /** Splits by the text of a column, in the order of first appearance; whole where it has none. */
  Map<String, RunTable> by(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      return Map.of("", this);
    }
    Map<String, List<List<String>>> parts = new LinkedHashMap<>();
    rows.forEach(row -> parts.computeIfAbsent(row.get(index), value -> new ArrayList<>()).add(row));
    Map<String, RunTable> tables = new LinkedHashMap<>();
    parts.forEach((value, own) -> tables.put(value, new RunTable(columns, own)));
    return tables;
  }

  /** Numbers of a column, NaN where a cell is none. */
  double[] numbers(String column) {
    int index = columns.indexOf(column);
    return rows.stream().mapToDouble(row -> number(row.get(index))).toArray();
  }

  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
