package org.noisescape.experiments.frame;

import java.util.List;
import org.noisescape.experiments.fit.Verdict;

/**
 * Another theory, judged by the same rule on the same numbers.
 *
 * @param name a few words, such as {@code slope 1/2}
 * @param verdict whether the measurement agrees with it as well
 * @param measurements the numbers beside what it says
 */
public record Rival(String name, Verdict verdict, List<NamedMeasurement> measurements) {
  /** Copies the list. */
  public Rival {
    measurements = List.copyOf(measurements);
  }

  /** Of judged numbers. */
  public Rival(String name, Measurements numbers) {
    this(name, numbers.verdict(), numbers.list());
  }

  /** Whether the measurement excludes it, so that a theory that agrees has won something. */
  public boolean excluded() {
    return verdict == Verdict.DISAGREES;
  }

  /** The verdict of an experiment: a theory agrees only where every rival is excluded. */
  public static Verdict decide(Verdict theory, List<Rival> rivals) {
    return theory == Verdict.AGREES && !rivals.stream().allMatch(Rival::excluded)
        ? Verdict.INCONCLUSIVE
        : theory;
  }
}
