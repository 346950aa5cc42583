package org.noisescape.experiments.frame;

import java.util.Optional;
import org.noisescape.experiments.fit.Verdict;

/**
 * One number of an experiment beside what the theory says.
 *
 * @param name what was measured
 * @param value its value, NaN where there were no data for it
 * @param standardError its standard error, NaN where unknown
 * @param theory what the theory says, NaN where it says nothing
 * @param verdict whether they agree, where the criterion judges this number
 */
public record NamedMeasurement(
    String name, double value, double standardError, double theory, Optional<Verdict> verdict) {
  /** A number that the criterion does not judge. */
  public NamedMeasurement(String name, double value, double standardError, double theory) {
    this(name, value, standardError, theory, Optional.empty());
  }
}
