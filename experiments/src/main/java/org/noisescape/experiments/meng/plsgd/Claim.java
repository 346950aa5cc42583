package org.noisescape.experiments.meng.plsgd;

import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.Verdict;

/**
 * A difference between two methods, and what became of the text's statement about it.
 *
 * @param name what is compared
 * @param difference over seeds
 * @param adjusted Holm's p over the claims
 * @param verdict by {@link PlSgdCriterion}
 */
record Claim(String name, PairedDifference difference, double adjusted, Verdict verdict) {}
