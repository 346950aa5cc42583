package org.noisescape.train;

import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;

/**
 * What a probe may use.
 *
 * @param plan the run
 * @param train training data
 * @param test test data, or null
 * @param arena where memory is reserved
 */
public record ProbeSite(TrainingPlan plan, ResidentData train, ResidentData test, Arena arena) {}
