package org.noisescape.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A task of several parts: which one is under way, and how long the rest takes.
 *
 * <p>A part that is to come is expected to take as long as the later half of those of its kind that
 * were done, or as the one under way; what was done of the whole is told by the number of parts,
 * which may take different times.
 */
final class WholeTask {
  private final Map<String, Integer> open;
  private final Map<String, List<Double>> took = new HashMap<>();
  private final int all;
  private final double beginning;
  private int done;
  private String kind = "";
  private double since;
  private boolean worked;
  private double furthest;

  /**
   * A whole that begins now.
   *
   * @param parts kind → how many
   */
  WholeTask(Map<String, Integer> parts, double now) {
    this.open = new HashMap<>(parts);
    this.all = parts.values().stream().mapToInt(n -> n).sum();
    this.beginning = now;
  }

  /** A part begins. */
  void began(String of, double now) {
    kind = of;
    since = now;
    worked = false;
    furthest = 0;
  }

  /** The part under way has something to do: it is not read back. */
  void worked() {
    worked = true;
  }

  /** The part is over. */
  void ended(double now) {
    done++;
    open.merge(kind, -1, Integer::sum);
    if (worked) {
      took.computeIfAbsent(kind, key -> new ArrayList<>()).add(now - since);
    }
    kind = "";
  }

  /** Such as {@code 3 of 11}. */
  String place() {
    return Math.min(done + 1, all) + " of " + all;
  }

  /** Seconds since it began. */
  double elapsed(double now) {
    return now - beginning;
  }

  /**
   * Share of the parts, the one under way counted as far as it has come.
   *
   * @param own share of the task under way; a part may have several, one after the other
   */
  double share(double own) {
    furthest = Math.max(furthest, own);
    return Math.min(1, (done + (kind.isEmpty() ? 0 : furthest)) / Math.max(1, all));
  }

  /**
   * Seconds to the end, where all that is to come has a part of its kind to go by.
   *
   * @param own those of the task under way
   */
  OptionalDouble left(double now, OptionalDouble own) {
    double sum = 0;
    for (Map.Entry<String, Integer> each : open.entrySet()) {
      boolean current = each.getKey().equals(kind);
      int coming = each.getValue() - (current ? 1 : 0);
      OptionalDouble usual = usual(each.getKey());
      if (usual.isEmpty() && current && own.isPresent()) {
        usual = OptionalDouble.of(now - since + own.getAsDouble());
      }
      if (coming > 0 && usual.isEmpty() || current && own.isEmpty() && usual.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += coming > 0 ? coming * usual.getAsDouble() : 0;
      if (current) {
        sum += own.orElseGet(() -> Math.max(0, usual(kind).orElse(0) - (now - since)));
      }
    }
    return OptionalDouble.of(sum);
  }

  private OptionalDouble usual(String of) {
    List<Double> all = took.getOrDefault(of, List.of());
    return all.subList(all.size() / 2, all.size()).stream().mapToDouble(t -> t).average();
  }
}
