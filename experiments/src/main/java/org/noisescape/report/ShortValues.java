package org.noisescape.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The values of a setting without what is the same in all of them: of lists the words that all have
 * are left out, of other long values what they begin and end with.
 */
final class ShortValues {
  /** Shorter values are told whole. */
  private static final int SHORT = 24;

  /** Settings that are lists of words. */
  private static final List<String> LISTS = List.of("probes");

  private static final String LEFT_OUT = "…";

  private ShortValues() {}

  /** What is told of a value of a setting, beside those of the others. */
  static UnaryOperator<String> of(List<Map<String, String>> settings, String key) {
    List<String> values = settings.stream().map(each -> GroupNames.value(each, key)).toList();
    if (values.stream().allMatch(value -> value.length() <= SHORT)) {
      return value -> value;
    }
    return LISTS.contains(key) ? list(values) : text(values);
  }

  private static UnaryOperator<String> list(List<String> values) {
    List<List<String>> lists = values.stream().map(ShortValues::words).toList();
    List<String> common = new ArrayList<>(lists.getFirst());
    lists.forEach(common::retainAll);
    if (common.isEmpty()) {
      return value -> value;
    }
    return value -> {
      List<String> own = new ArrayList<>(words(value));
      own.removeAll(common);
      own.addFirst(LEFT_OUT);
      return String.join(", ", own);
    };
  }

  private static List<String> words(String value) {
    return List.of(value.split(",\\s*|\\s+"));
  }

  private static UnaryOperator<String> text(List<String> values) {
    List<List<String>> parts = values.stream().map(ShortValues::parts).toList();
    List<String> first = parts.getFirst();
    int shortest = parts.stream().mapToInt(List::size).min().orElse(0);
    int before = 0;
    while (before < shortest - 1 && alike(parts, before, first.get(before), true)) {
      before++;
    }
    int behind = 0;
    while (behind < shortest - before - 1
        && alike(parts, behind, first.get(first.size() - 1 - behind), false)) {
      behind++;
    }
    int from = before;
    int to = behind;
    return value -> {
      List<String> own = parts(value);
      String middle = String.join("", own.subList(from, own.size() - to));
      return (from > 0 ? LEFT_OUT : "") + middle + (to > 0 ? LEFT_OUT : "");
    };
  }

  private static boolean alike(List<List<String>> parts, int at, String part, boolean fromStart) {
    return parts.stream()
        .allMatch(each -> each.get(fromStart ? at : each.size() - 1 - at).equals(part));
  }

  /** Pieces that end behind a separator. */
  private static List<String> parts(String value) {
    return Arrays.asList(value.split("(?<=[:,+/; ])"));
  }
}
