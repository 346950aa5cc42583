package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Times of PyTorch's ways to do one piece of work, round by round beside ours. */
final class PeerTimes {
  private final List<TorchPeer> peers;
  private final Map<String, Spread> times = new LinkedHashMap<>();
  private final Map<String, Spread> ratios = new LinkedHashMap<>();
  private final Spread toFastest = new Spread();

  PeerTimes(List<TorchPeer> peers) {
    this.peers = peers;
  }

  /**
   * Times every way once.
   *
   * @param ours our time in the same round, in milliseconds
   * @param ways names of work and what one call of it is to be divided by
   * @param repetitions calls of each
   */
  void round(double ours, Map<String, Double> ways, int repetitions) {
    double best = Double.POSITIVE_INFINITY;
    for (TorchPeer peer : peers) {
      for (Map.Entry<String, Double> way : ways.entrySet()) {
        OptionalDouble answer = peer.milliseconds(way.getKey(), repetitions);
        if (answer.isPresent()) {
          double time = answer.getAsDouble() / way.getValue();
          String name = peer.name() + ": " + way.getKey();
          times.computeIfAbsent(name, n -> new Spread()).add(time);
          ratios.computeIfAbsent(name, n -> new Spread()).add(ours / time);
          best = Math.min(best, time);
        }
      }
    }
    if (best < Double.POSITIVE_INFINITY) {
      toFastest.add(ours / best);
    }
  }

  /** Prints median, minimum and maximum of each, and our time over the fastest of each round. */
  void print(double factor, String unit) {
    times.forEach(
        (name, spread) ->
            System.out.printf(
                "  %-55s %s %s, ours over it %s%n",
                name, spread.times(factor).text("%.4g"), unit, ratios.get(name).text("%.3g")));
    if (!times.isEmpty()) {
      System.out.printf(
          "  %-55s %s%n", "ratio to the fastest of each round", toFastest.text("%.3g"));
    }
  }
}
