package org.noisescape.experiments.mori;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/**
 * First passages of the replicas at one threshold.
 *
 * @param level c
 * @param times t = ηk of each replica, censored at the step limit
 * @param mean their mean
 */
public record PassagePoint(double level, CensoredTimes times, MeanPassageTime mean) {
  private static final double CONFIDENCE = 0.95;

  /** The thresholds c that were set, ascending. */
  public static double[] levels(Settings settings) {
    List<Double> levels = settings.positives("c");
    for (double level : levels) {
      if (!(level > 1)) {
        throw settings.wrong(
            "c",
            "thresholds must be > 1, got %s: c = 1 is the minimum, where replicas start"
                .formatted(level));
      }
    }
    return levels.stream().mapToDouble(c -> c).sorted().toArray();
  }

  /** What is said behind a criterion of passages that did not happen. */
  public static String censoredNote(int passages) {
    return passages == 0
        ? ""
        : " %d passages did not happen within the step limit: they count as censored there."
            .formatted(passages);
  }

  /**
   * Evaluates the passages at all thresholds.
   *
   * @param levels c, ascending
   * @param steps of the replicas at each, NaN where one did not pass
   * @param limit step until which they were looked for
   * @param learningRate η
   * @param seed of the bootstrap
   * @param key of the bootstrap before those of the thresholds
   */
  public static List<PassagePoint> of(
      double[] levels, double[][] steps, long limit, double learningRate, long seed, int key) {
    return IntStream.range(0, levels.length)
        .mapToObj(
            c -> {
              double[] times = Arrays.stream(steps[c]).map(k -> learningRate * k).toArray();
              CensoredTimes censored = CensoredTimes.until(times, learningRate * limit);
              RandomKey own = RandomKey.of(seed, Purpose.BOOTSTRAP, key + c + 1);
              MeanPassageTime mean = MeanPassageTime.of(censored, CONFIDENCE, own);
              return new PassagePoint(levels[c], censored, mean);
            })
        .toList();
  }
}
