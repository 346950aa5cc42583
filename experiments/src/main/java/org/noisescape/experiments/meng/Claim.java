package org.noisescape.experiments.meng;

import org.noisescape.experiments.Verdict;
import org.noisescape.experiments.fit.PairedDifference;

/**
 * A difference between two methods, and what became of the text's statement about it.
 *
 * @param name what is compared
 * @param difference over seeds
 * @param adjusted Holm's p over the claims
 * @param verdict by {@link PlSgdCriterion}
 */
record Claim(String name, PairedDifference difference, double adjusted, Verdict verdict) {}
