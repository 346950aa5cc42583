package org.noisescape.sweep;

/**
 * One number of one run.
 *
 * @param value its value, NaN where there were no data for it
 * @param error its own standard error, NaN where unknown
 * @param theory what the theory says, NaN where it says nothing
 */
public record Reading(double value, double error, double theory) {}
