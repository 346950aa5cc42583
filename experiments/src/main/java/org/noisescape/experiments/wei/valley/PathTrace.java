package org.noisescape.experiments.wei.valley;

/**
 * tr H at a projected state.
 *
 * @param epoch of SGD
 * @param value mean of z·Hz over random sign vectors z
 * @param standardError of the mean
 * @param vectors how many
 */
record PathTrace(int epoch, double value, double standardError, int vectors) {
  /** Standard deviation of an estimate from one vector: the text's error bar. */
  double deviation() {
    return standardError * Math.sqrt(vectors);
  }
}
