/**
 * Experiments of Liu, Ziyin and Ueda (2021), "Stochastic Gradient Descent with Large Learning
 * Rate".
 *
 * <p>Most of them simulate stationary states over a grid and compare moments with theory: {@link
 * org.noisescape.experiments.liu.StationaryExperiment} does all that is common, with {@link
 * org.noisescape.experiments.liu.StationaryCase} for one system and what the theories say of it,
 * {@link org.noisescape.experiments.liu.GridCriterion} for the verdict. {@code Kramers}, {@code
 * EscapeEfficiencyTimes} and {@code DepthLearningRate} are experiments of their own.
 */
package org.noisescape.experiments.liu;
