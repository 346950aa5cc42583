package org.noisescape.report;

import java.util.List;
import java.util.stream.Collectors;
import org.noisescape.files.Printable;

/** A table as text, RFC 4180 with lines that end in a line feed; what is no number is empty. */
final class WrittenTable {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  WrittenTable(List<String> heads) {
    this.columns = heads.size();
    row(heads);
  }

  /** Appends a row, as long as the heads. */
  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells under " + columns + " heads");
    }
    text.append(cells.stream().map(WrittenTable::quoted).collect(Collectors.joining(",")));
    text.append('\n');
  }

  /** All digits, so that nothing is lost on the way. */
  static String number(Double value) {
    return value == null || !Double.isFinite(value) ? "" : NumberText.exact(value);
  }

  private static String quoted(String cell) {
    String plain = Printable.lines(cell);
    return plain.matches("(?s).*[\",\n\r].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
