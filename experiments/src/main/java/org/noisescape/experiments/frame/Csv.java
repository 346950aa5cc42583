package org.noisescape.experiments.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.noisescape.files.WholeFile;

/**
 * A table of a run folder, {@code tables/NAME.csv}: a line a point, whose columns each have a name
 * and what of a point they show. Cells are empty for NaN and for null, and quoted where they hold a
 * comma, a quote or a line's end (RFC 4180).
 *
 * @param <P> what a line shows
 */
public final class Csv<P> {
  private static final String FOLDER = "tables";
  private static final Pattern SPECIAL = Pattern.compile("[,\"\r\n]");

  private final String name;
  private final List<P> points;
  private final List<Column<P>> columns = new ArrayList<>();

  private Csv(String name, List<P> points) {
    this.name = name;
    this.points = List.copyOf(points);
  }

  private record Column<P>(String name, Function<? super P, ?> value) {}

  /**
   * A table without columns.
   *
   * @param name file name without ending
   * @param points a line each
   */
  public static <P> Csv<P> of(String name, List<P> points) {
    return new Csv<>(name, points);
  }

  /**
   * A table with a line an entry of points that have several.
   *
   * @param points in their order
   * @param count entries of a point
   */
  public static <P> Csv<Entry<P>> each(
      String name, List<P> points, ToIntFunction<? super P> count) {
    return of(
        name,
        points.stream()
            .flatMap(p -> IntStream.range(0, count.applyAsInt(p)).mapToObj(i -> new Entry<P>(p, i)))
            .toList());
  }

  /**
   * A table with a line a part of points that have several.
   *
   * @param points in their order
   * @param parts of a point
   */
  public static <P, T> Csv<Part<P, T>> parts(
      String name, Collection<P> points, Function<? super P, List<T>> parts) {
    return of(
        name,
        points.stream()
            .flatMap(p -> parts.apply(p).stream().map(part -> new Part<P, T>(p, part)))
            .toList());
  }

  /**
   * A part of a point.
   *
   * @param of the point
   * @param part of it
   */
  public record Part<P, T>(P of, T part) {}

  /**
   * An entry of a point.
   *
   * @param of the point
   * @param index place of the entry, from 0
   */
  public record Entry<P>(P of, int index) {}

  /** Adds a column behind the others. */
  public Csv<P> column(String heading, Function<? super P, ?> value) {
    columns.add(new Column<>(heading, value));
    return this;
  }

  /** The file's text. */
  public String text() {
    String head = columns.stream().map(c -> quoted(c.name())).collect(Collectors.joining(","));
    return points.stream()
        .map(
            point ->
                columns.stream()
                    .map(column -> cell(column.value().apply(point)))
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", head + "\n", points.isEmpty() ? "" : "\n"));
  }

  private static String cell(Object value) {
    if (value == null || value instanceof Double number && number.isNaN()) {
      return "";
    }
    return quoted(value.toString());
  }

  /** A cell as RFC 4180 has it: in quotes where it needs them. */
  public static String quoted(String text) {
    return SPECIAL.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** Writes it whole. */
  public void write(Path run) throws IOException {
    Path folder = WholeFile.folder(run.resolve(FOLDER));
    WholeFile.write(folder.resolve(name + ".csv"), text());
  }
}
