package org.noisescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a run's measurements by what they are: quantities, and what goes with one of them:
 * its error, whether it converged, the degrees of freedom of its error.
 */
final class MeasuredColumns {
  /** Endings of an error's name, of standard errors and of residuals. */
  private static final List<String> ERRORS = List.of("_standard_error", "_residual", "_error");

  private static final String CONVERGED = "_converged";
  private static final String FREEDOM = "_degrees_of_freedom";
  private static final Set<String> PLACE = Set.of("step", "epoch", "replica", "seed");
  private static final String AVERAGE = "average_";

  private final Set<String> all = new LinkedHashSet<>();
  private final List<String> quantities = new ArrayList<>();

  /** A figure and the columns in it. */
  record Family(ColumnFamily drawn, List<String> columns, List<String> series) {}

  MeasuredColumns(List<Metrics> replicas) {
    replicas.forEach(metrics -> metrics.rows().forEach(row -> all.addAll(row.keySet())));
    all.stream().filter(this::isQuantity).forEach(quantities::add);
  }

  private boolean isQuantity(String column) {
    return !PLACE.contains(column)
        && ERRORS.stream().noneMatch(ending -> isOf(column, ending))
        && flagged(column, CONVERGED).isEmpty()
        && flagged(column, FREEDOM).isEmpty();
  }

  /** Whether a column is the error of another one that is there. */
  private boolean isOf(String column, String ending) {
    int layer = column.indexOf(Metrics.OF_LAYER);
    String end = layer < 0 ? "" : column.substring(layer);
    String name = layer < 0 ? column : column.substring(0, layer);
    if (column.endsWith(ending)) {
      return all.contains(cut(column, ending));
    }
    return name.endsWith(ending) && all.contains(cut(name, ending) + end);
  }

  /** What a column with an ending speaks of, where there is anything of that name. */
  private Optional<String> flagged(String column, String ending) {
    if (!column.endsWith(ending)) {
      return Optional.empty();
    }
    String name = cut(column, ending);
    boolean there = all.stream().anyMatch(each -> !each.equals(column) && begins(each, name));
    return there ? Optional.of(name) : Optional.empty();
  }

  private static boolean begins(String column, String name) {
    return column.equals(name) || column.startsWith(name + "_");
  }

  private static String cut(String text, String ending) {
    return text.substring(0, text.length() - ending.length());
  }

  /** All quantities, in the order in which they are first there. */
  List<String> quantities() {
    return quantities;
  }

  /** The column of a quantity's error. */
  Optional<String> error(String quantity) {
    int layer = quantity.indexOf(Metrics.OF_LAYER);
    for (String ending : ERRORS) {
      if (all.contains(quantity + ending)) {
        return Optional.of(quantity + ending);
      }
      if (layer > 0) {
        String within = quantity.substring(0, layer) + ending + quantity.substring(layer);
        if (all.contains(within)) {
          return Optional.of(within);
        }
      }
    }
    return Optional.empty();
  }

  /** The column that says whether a quantity converged, 1 or 0. */
  Optional<String> converged(String quantity) {
    return longest(quantity, CONVERGED);
  }

  /** The column of the degrees of freedom of a quantity's error. */
  Optional<String> freedom(String quantity) {
    return longest(quantity, FREEDOM).filter(column -> cut(column, FREEDOM).equals(quantity));
  }

  private Optional<String> longest(String quantity, String ending) {
    return all.stream()
        .filter(each -> each.endsWith(ending) && begins(quantity, cut(each, ending)))
        .max(java.util.Comparator.comparingInt(String::length));
  }

  /**
   * The quantities by the figures they go into: known ones in the order of the table, then others
   * in their own.
   */
  List<Family> families() {
    Map<String, Family> found = new LinkedHashMap<>();
    Set<String> known = new LinkedHashSet<>();
    for (ColumnFamily family : ColumnFamilies.known()) {
      for (String column : quantities) {
        String plain = plain(column);
        if (family.has(plain)) {
          put(found, family.of(plain), column);
          known.add(column);
        }
      }
    }
    for (String column : quantities) {
      if (!known.contains(column) && !ClassMatrix.isEntry(column)) {
        put(found, ColumnFamilies.unknown(plain(column)), column);
      }
    }
    return List.copyOf(found.values());
  }

  /** What is measured at the mean of the parameters is drawn beside what is measured at them. */
  private static String plain(String column) {
    return column.startsWith(AVERAGE) ? column.substring(AVERAGE.length()) : column;
  }

  private static void put(Map<String, Family> found, ColumnFamily family, String column) {
    Family into =
        found.computeIfAbsent(
            family.figure(), name -> new Family(family, new ArrayList<>(), new ArrayList<>()));
    String mean = column.startsWith(AVERAGE) ? " at the mean of θ" : "";
    into.columns().add(column);
    into.series().add((family.series() + mean).strip());
  }
}
