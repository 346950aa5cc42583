package org.noisescape.benchmarks.records;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One piece of work, done by us and by peers in interleaved rounds.
 *
 * @param table heading under which it stands
 * @param name of the work
 * @param unit of its times, or of what else was measured
 * @param rounds n
 * @param ours what we took
 * @param found numbers we computed, by name
 * @param peers every way of every peer
 * @param fastest ours over the fastest of each library
 */
public record BenchmarkRow(
    String table,
    String name,
    String unit,
    int rounds,
    MedianRange ours,
    Map<String, Double> found,
    List<PeerRow> peers,
    List<LibraryRatio> fastest) {
  /** Copies the lists; names in order, so that a file is a function of what was found. */
  public BenchmarkRow {
    found = new TreeMap<>(found);
    peers = List.copyOf(peers);
    fastest = List.copyOf(fastest);
  }

  /** A row without peers. */
  public static BenchmarkRow alone(
      String table, String name, String unit, Spread ours, Map<String, Double> found) {
    return new BenchmarkRow(
        table, name, unit, ours.count(), ours.range(), found, List.of(), List.of());
  }

  /** The row as lines of text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("%n%s: %s, n = %d%n".formatted(table, name, rounds));
    line(text, "noisescape", ours, unit, "", found);
    for (PeerRow peer : peers) {
      line(
          text,
          peer.library()
              + ", "
              + peer.way()
              + (peer.rounds() < rounds ? ", n = " + peer.rounds() : ""),
          peer.time(),
          unit,
          "; ours over it " + peer.ratio().text(),
          peer.found());
    }
    for (LibraryRatio one : fastest) {
      text.append(
          "  %-55s %s%n"
              .formatted("ours over the fastest of " + one.library(), one.ratio().text()));
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text,
      String name,
      MedianRange time,
      String unit,
      String rest,
      Map<String, Double> found) {
    String numbers = found.isEmpty() ? "" : "; " + numbers(found);
    text.append("  %-55s %s %s%s%s%n".formatted(name, time.text(), unit, rest, numbers));
  }

  /** Names and values, in the order of the names. */
  static String numbers(Map<String, Double> found) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(found)
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(name)
                    .append(' ')
                    .append(number(value)));
    return text.toString();
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole ? Long.toString((long) value) : "%.5g".formatted(value);
  }
}
