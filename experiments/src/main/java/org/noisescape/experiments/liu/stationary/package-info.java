/**
 * What the experiments on stationary states share: systems, averages over replicas, the grid of
 * points and its verdict. {@code StationaryExperiment} does all that is common, with {@code
 * StationaryCase} for one system and what the theories say of it.
 *
 * @since 0.1
 */
package org.noisescape.experiments.liu.stationary;
