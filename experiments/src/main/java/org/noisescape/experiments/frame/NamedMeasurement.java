package org.noisescape.experiments.frame;

import java.util.Optional;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.Verdict;

/**
 * One number of an experiment beside what the theory says.
 *
 * @param name what was measured
 * @param value its value, NaN where there were no data for it
 * @param standardError its standard error, NaN where unknown
 * @param theory what the theory says, NaN where it says nothing
 * @param judgement whether they agree, where a criterion judges this number
 */
public record NamedMeasurement(
    String name, double value, double standardError, double theory, Optional<Judgement> judgement) {
  /** A number that no criterion judges. */
  public NamedMeasurement(String name, double value, double standardError, double theory) {
    this(name, value, standardError, theory, Optional.empty());
  }

  /** Of the judgement. */
  public Optional<Verdict> verdict() {
    return judgement.map(Judgement::verdict);
  }
}
