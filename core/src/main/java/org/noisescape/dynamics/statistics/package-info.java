/**
 * What is estimated from the recorded numbers of replica ensembles: first-passage times with right
 * censoring, means and histograms of correlated series, exponents of stationary densities.
 *
 * <p>Pure functions of double arrays, a row a replica; randomness for resampling comes in as a key.
 * Every estimate carries a standard error and says whether it may be trusted; too few data, or
 * none, give a result that says so, never an exception.
 *
 * @since 0.1
 */
package org.noisescape.dynamics.statistics;
