package org.noisescape.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.noisescape.cells.CellState;
import org.noisescape.experiments.fit.SeedMean;

/**
 * All runs of one point of the grid, which differ by seed or replica only.
 *
 * @param settings the point
 * @param cells the cells of it, one a seed, or one for all replicas
 */
public record SeedAverage(Map<String, String> settings, List<CellResult> cells) {
  /** Copies the list. */
  public SeedAverage {
    cells = List.copyOf(cells);
  }

  /**
   * A number over the seeds.
   *
   * @param value mean over the seeds, NaN where there is none
   * @param error of several seeds s/√n, their standard deviation s with n − 1; of one, the run's
   *     own standard error; NaN where unknown
   * @param seeds n, those that have the number
   * @param runs those that were looked at
   * @param theory mean of what the theory says, NaN where it says nothing
   */
  public record Mean(double value, double error, int seeds, int runs, double theory) {}

  /** Groups cells by their point, in the order of the grid. */
  static List<SeedAverage> of(List<CellResult> results) {
    Map<Map<String, String>, List<CellResult>> points = new LinkedHashMap<>();
    results.forEach(
        result ->
            points.computeIfAbsent(result.cell().settings(), p -> new ArrayList<>()).add(result));
    List<SeedAverage> averages = new ArrayList<>();
    points.forEach((settings, cells) -> averages.add(new SeedAverage(settings, cells)));
    return averages;
  }

  /** Names of all numbers of some cells, in the order they come. */
  static List<String> quantities(List<CellResult> results) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> result.members().forEach(member -> names.addAll(member.keySet())));
    return List.copyOf(names);
  }

  /** A number over the seeds. */
  public Mean mean(String quantity) {
    List<Reading> readings = new ArrayList<>();
    int runs = 0;
    for (CellResult cell : cells) {
      runs += Math.max(1, cell.members().size());
      for (Map<String, Reading> member : cell.members()) {
        Reading reading = member.get(quantity);
        if (reading != null && Double.isFinite(reading.value())) {
          readings.add(reading);
        }
      }
    }
    SeedMean mean = SeedMean.of(readings.stream().mapToDouble(Reading::value).toArray());
    double error = readings.size() == 1 ? readings.getFirst().error() : mean.standardError();
    double theory = readings.stream().mapToDouble(Reading::theory).average().orElse(Double.NaN);
    return new Mean(mean.mean(), error, readings.size(), runs, theory);
  }

  /** Why there is no number: diverged, failed, open, or a dash. */
  String missing() {
    for (CellState state : List.of(CellState.FAILED, CellState.DIVERGED, CellState.OPEN)) {
      if (cells.stream().anyMatch(cell -> cell.state() == state)) {
        return state.name().toLowerCase(Locale.ROOT);
      }
    }
    return "–";
  }
}
