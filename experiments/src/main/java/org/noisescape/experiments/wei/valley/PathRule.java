package org.noisescape.experiments.wei.valley;

/**
 * How a path is projected and looked at.
 *
 * @param threshold of L below which a state is a minimum
 * @param lineThreshold of L below which the points between two minima must be
 * @param most iterations of a projection
 * @param points looked at between two minima
 * @param traceEvery epochs between two traces
 * @param vectors of a trace
 */
record PathRule(
    double threshold, double lineThreshold, long most, int points, int traceEvery, int vectors) {}
