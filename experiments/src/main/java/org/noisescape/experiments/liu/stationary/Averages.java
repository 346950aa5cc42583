package org.noisescape.experiments.liu.stationary;

/**
 * Averages over time and replicas.
 *
 * @param means of each observable
 * @param errors standard errors: deviation of the replicas' averages over √R, NaN for one replica
 * @param last w − w* of each replica at the end
 * @param diverged replicas that left the finite numbers
 * @param steps steps measured, of each replica
 */
public record Averages(
    double[] means, double[] errors, double[][] last, int diverged, long steps) {}
