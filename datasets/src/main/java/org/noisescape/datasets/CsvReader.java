package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.noisescape.files.Decimal;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * A table as a data set: {@code csv:FILE,target=COLUMN}, all other columns are features.
 *
 * <p>{@code drop=A+B} leaves columns out, {@code test-file=FILE}, beside the first one, is the test
 * set, {@code header=yes} or {@code no} and {@code separator=comma}, {@code semicolon} or {@code
 * tab} say what the first line does not tell, {@code task=} what the target does not: {@link
 * CsvTargets}.
 */
final class CsvReader {
  private static final String TARGET = "target";
  private static final String DROP = "drop";
  private static final String TEST_FILE = "test-file";

  /** What it can be told. */
  static final List<String> OPTIONS =
      List.of(
          TARGET,
          Targets.TASK,
          DROP,
          TEST_FILE,
          TestShare.TEST,
          TestShare.SEED,
          "header",
          "separator");

  private static final Set<String> MISSING =
      Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");
  private static final int FIRST = 1 << 12;

  private final PathSource.Request request;

  private CsvReader(PathSource.Request request) {
    this.request = request;
  }

  /** One file: features row after row, and the texts of the target. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Part(
      Path path, float[] features, int columns, List<String> targets, String digest) {}

  static DatasetPair read(PathSource.Request request) {
    return new CsvReader(request).read();
  }

  private DatasetPair read() {
    List<Part> parts = new ArrayList<>(List.of(part(request.path())));
    Optional<String> other = request.options().text(TEST_FILE);
    other.ifPresent(name -> parts.add(part(request.path().resolveSibling(name))));
    CsvTargets told =
        CsvTargets.of(
            request.spec(),
            parts.stream().map(Part::targets).toList(),
            Targets.task(request.options()));
    Dataset train = dataset(Split.TRAIN, parts.getFirst(), told, 0);
    return TestShare.apply(
        request.options(), train, other.map(name -> dataset(Split.TEST, parts.getLast(), told, 1)));
  }

  private Dataset dataset(Split split, Part part, CsvTargets told, int number) {
    Targets targets = told.parts().get(number);
    return new Dataset(
        request.spec(),
        split,
        new int[] {1, 1, part.columns()},
        new FloatFeatures(part.features(), part.targets().size(), part.columns()),
        targets.labels(),
        targets.values(),
        targets.classes(),
        told.classNames(),
        Map.of(part.path().getFileName().toString(), part.digest()));
  }

  private Part part(Path path) {
    SpecOptions options = request.options();
    String target =
        options
            .text(TARGET)
            .orElseThrow(
                () ->
                    new DataException(
                        request.spec() + ": say which column is the target, target=COLUMN"));
    try (CsvTable table =
        new CsvTable(
            path,
            options.choice("header", List.of("yes", "no")).map("yes"::equals),
            options
                .choice("separator", List.of("comma", "semicolon", "tab"))
                .map(CsvTable.SEPARATORS::get))) {
      int told = table.column(target);
      TreeSet<Integer> left = new TreeSet<>(Set.of(told));
      options
          .text(DROP)
          .ifPresent(
              names -> Arrays.stream(names.split("\\+", -1)).map(table::column).forEach(left::add));
      int[] columns =
          IntStream.range(0, table.names().size()).filter(i -> !left.contains(i)).toArray();
      if (columns.length == 0) {
        throw new DataException(
            "%s: no column is left for features beside the target: %s"
                .formatted(path, String.join(", ", table.names())));
      }
      return part(path, table, columns, told);
    }
  }

  private Part part(Path path, CsvTable table, int[] columns, int target) {
    float[] features = new float[FIRST];
    List<String> targets = new ArrayList<>();
    int filled = 0;
    for (Optional<CSVRecord> row = table.next(); row.isPresent(); row = table.next()) {
      if (features.length - filled < columns.length) {
        features = larger(path, features, columns.length);
      }
      for (int column : columns) {
        features[filled++] = number(table, row.get().get(column), table.names().get(column));
      }
      String value = row.get().get(target);
      if (MISSING.contains(value.toLowerCase(Locale.ROOT))) {
        throw table.wrong("has no value of the target: remove the row");
      }
      targets.add(value);
    }
    if (targets.isEmpty()) {
      throw new DataException(path + ": holds no rows below its names");
    }
    return new Part(
        path, Arrays.copyOf(features, filled), columns.length, targets, table.digest().toString());
  }

  private static float[] larger(Path path, float[] features, int more) {
    int length =
        (int) Math.min(Sizes.MOST, Math.max(2L * features.length, (long) features.length + more));
    if (length - features.length < more) {
      throw new DataException(path + ": holds more numbers than fit: take fewer rows");
    }
    JavaHeap.require((long) Float.BYTES * length, path.toString(), "take fewer rows");
    return Arrays.copyOf(features, length);
  }

  private static float number(CsvTable table, String text, String column) {
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      throw table.wrong(
          "has no value in column '%s': fill it in, remove the row, or leave the column out with drop=%s"
              .formatted(column, column));
    }
    float value;
    try {
      value = (float) Decimal.parse(text);
    } catch (NumberFormatException e) {
      throw table.wrong(
          "holds '%s' in column '%s', which is no number: write numbers, or leave the column out with drop=%s"
              .formatted(text, column, column));
    }
    if (!Float.isFinite(value)) {
      throw table.wrong(
          "holds %s in column '%s', which is not finite as a float32".formatted(text, column));
    }
    return value;
  }
}
