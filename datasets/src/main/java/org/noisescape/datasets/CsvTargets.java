package org.noisescape.datasets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.noisescape.files.Decimal;
import org.noisescape.files.Printable;

/**
 * What the target column of a table says.
 *
 * <p>Texts are classes, numbers with a point or an exponent are real targets. Whole numbers are
 * classes where they are all of 0, …, K − 1 or of 1, …, K, at most 100 of them; else one has to say
 * which with {@code task=}. Classes are sorted, numbers by value.
 *
 * @param parts of the training set, then of the test set if there is one
 * @param classNames a name for each class, none for regression
 */
record CsvTargets(List<Targets> parts, List<String> classNames) {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final int FEW = 100;

  static CsvTargets of(String spec, List<List<String>> columns, Optional<String> task) {
    boolean whole =
        columns.stream().flatMap(List::stream).allMatch(v -> WHOLE.matcher(v).matches());
    boolean numbers = whole || columns.stream().flatMap(List::stream).allMatch(CsvTable::isNumber);
    if (task.isEmpty() && whole && !counted(columns.getFirst())) {
      throw new DataException(
          spec + ": the target holds whole numbers: say task=classification or task=regression");
    }
    if (task.map(Targets.REGRESSION::equals).orElse(numbers && !whole)) {
      return new CsvTargets(
          columns.stream().map(column -> values(spec, column)).toList(), List.of());
    }
    List<String> names = names(columns.getFirst(), whole);
    if (names.size() > Targets.MOST_CLASSES) {
      throw new DataException(
          "%s: the target has %d different values, at most %d classes are read: choose another column, or task=regression"
              .formatted(spec, names.size(), Targets.MOST_CLASSES));
    }
    return new CsvTargets(
        columns.stream().map(column -> labels(spec, column, names, whole)).toList(), names);
  }

  /** Whether whole numbers count classes: all from 0 or 1 on. */
  private static boolean counted(List<String> column) {
    TreeSet<Long> values = new TreeSet<>();
    for (String value : column) {
      values.add(Long.parseLong(value));
      if (values.size() > FEW) {
        return false;
      }
    }
    long first = values.first();
    return (first == 0 || first == 1)
        && values.size() > 1
        && values.last() - first == values.size() - 1;
  }

  private static List<String> names(List<String> column, boolean whole) {
    if (!whole) {
      return List.copyOf(new TreeSet<>(column));
    }
    TreeSet<Long> values = new TreeSet<>();
    column.forEach(value -> values.add(Long.parseLong(value)));
    return values.stream().map(String::valueOf).toList();
  }

  private static Targets labels(
      String spec, List<String> column, List<String> names, boolean whole) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    List<Integer> labels = new ArrayList<>();
    for (String value : column) {
      Integer label = numbers.get(whole ? String.valueOf(Long.parseLong(value)) : value);
      if (label == null) {
        throw new DataException(
            "%s: class '%s' of the test file has no training samples"
                .formatted(spec, Printable.text(Printable.shortened(value, 100))));
      }
      labels.add(label);
    }
    return Targets.ofLabels(labels.stream().mapToInt(label -> label).toArray(), names.size());
  }

  private static Targets values(String spec, List<String> column) {
    float[] values = new float[column.size()];
    for (int i = 0; i < values.length; i++) {
      String text = column.get(i);
      if (!CsvTable.isNumber(text) || !Float.isFinite((float) Decimal.parse(text))) {
        throw new DataException(
            "%s: the target holds '%s' in row %d, which is no finite number: task=classification makes classes of it"
                .formatted(spec, Printable.text(Printable.shortened(text, 100)), i));
      }
      values[i] = (float) Decimal.parse(text);
    }
    return Targets.ofValues(values);
  }
}
