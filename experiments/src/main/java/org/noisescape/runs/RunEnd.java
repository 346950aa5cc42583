package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.noisescape.train.Standing;
import org.noisescape.train.StopRule;

/**
 * What a run says at its end of the quantities it was watched by.
 *
 * <p>Times are those spent in training steps, without measurements, checkpoints and breaks: the sum
 * over the lines of metrics of their mean time of a step, which all sittings of a run add to.
 */
final class RunEnd {
  private final List<Standing> standings;
  private final List<JsonNode> rows;
  private final int replicas;

  /**
   * The end of a run.
   *
   * @param rows lines of metrics
   * @param replicas R, of which means were watched
   */
  RunEnd(List<Standing> standings, List<JsonNode> rows, int replicas) {
    this.standings = List.copyOf(standings);
    this.rows = List.copyOf(rows);
    this.replicas = replicas;
  }

  /** Writes it into a result. */
  void put(ObjectNode result) {
    ArrayNode rules = result.arrayNode();
    for (Standing standing : standings) {
      ObjectNode node = standing.rule().isPresent() ? rules.addObject() : result.putObject("best");
      standing.rule().ifPresent(rule -> node.put("rule", rule.text()));
      node.put("metric", standing.monitor().metric());
      node.put("aim", standing.monitor().aim().text());
      if (replicas > 1) {
        node.put("mean_over_replicas", replicas);
      }
      node.put("measurements", standing.measurements());
      if (standing.rule().isPresent()) {
        node.put("met", standing.met());
        if (standing.met()) {
          place(node, standing.metStep());
          node.put("value", standing.metValue());
        }
      }
      if (standing.measurements() > 0) {
        ObjectNode best = standing.rule().isPresent() ? node.putObject("best") : node;
        best.put("value", standing.best());
        place(best, standing.bestStep());
      }
    }
    if (!rules.isEmpty()) {
      result.set("stop_when", rules);
    }
  }

  private void place(ObjectNode node, long step) {
    node.put("step", step);
    rows.stream()
        .filter(row -> row.path("step").asLong() == step)
        .findFirst()
        .ifPresent(row -> node.set("epoch", row.path("epoch")));
    node.put("seconds_in_steps", seconds(step));
  }

  /** Seconds spent in the steps up to a step. */
  private double seconds(long step) {
    double seconds = 0;
    long before = 0;
    for (JsonNode row : rows) {
      long at = row.path("step").asLong();
      if (at > before && at <= step) {
        seconds += (at - before) * row.path("step_time_s").asDouble(0);
        before = at;
      }
    }
    return seconds;
  }

  /** The same for the terminal, a line each. */
  List<String> lines() {
    return standings.stream().map(this::line).toList();
  }

  private String line(Standing standing) {
    String metric = standing.monitor().metric() + (replicas > 1 ? " (mean of replicas)" : "");
    if (standing.measurements() == 0) {
      return "%-15s %s was never measured"
          .formatted(standing.rule().isPresent() ? "stop when" : "best", metric);
    }
    String best = text("best %.5g at step %d", standing.best(), standing.bestStep());
    if (standing.rule().isEmpty()) {
      return text(
          "%-15s %s %.5g at step %d, checkpoints/best",
          "best", metric, standing.best(), standing.bestStep());
    }
    StopRule rule = standing.rule().get();
    if (!standing.met()) {
      return rule.isTarget()
          ? text("%-15s %s did not reach %s, %s", "stop when", metric, rule.reaches(), best)
          : text(
              "%-15s %s: %d of %d measurements without a better one, %s",
              "stop when", metric, standing.waited(), rule.patience(), best);
    }
    String when =
        text("at step %d, after %.4g s of steps", standing.metStep(), seconds(standing.metStep()));
    return rule.isTarget()
        ? text(
            "%-15s %s reached %s (%.5g) %s",
            "stop when", metric, rule.reaches(), standing.metValue(), when)
        : text(
            "%-15s %s: %d measurements without a better one %s, %s",
            "stop when", metric, rule.patience(), when, best);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
