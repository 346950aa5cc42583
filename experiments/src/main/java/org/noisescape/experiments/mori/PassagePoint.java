package org.noisescape.experiments.mori;

import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;

/**
 * First passages of the replicas at one threshold.
 *
 * @param level c
 * @param times t = ηk of each replica, censored at the step limit
 * @param mean their mean
 */
record PassagePoint(double level, CensoredTimes times, MeanPassageTime mean) {}
