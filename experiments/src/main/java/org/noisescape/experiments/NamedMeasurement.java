package org.noisescape.experiments;

/**
 * One number of an experiment beside what the theory says.
 *
 * @param name what was measured
 * @param value its value, NaN where there were no data for it
 * @param standardError its standard error, NaN where unknown
 * @param theory what the theory says, NaN where it says nothing
 */
public record NamedMeasurement(String name, double value, double standardError, double theory) {}
