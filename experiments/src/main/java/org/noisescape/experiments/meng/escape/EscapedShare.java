package org.noisescape.experiments.meng.escape;

import org.noisescape.experiments.fit.Share;

/**
 * How often one dynamics escapes.
 *
 * @param escaped replicas that left the basin
 * @param first the same among the first hundred replicas, the text's number of repeats, or all
 * @param diverged those of them that were thrown out beyond the other well
 */
record EscapedShare(Share escaped, Share first, int diverged) {
  /** The text's number of repeats. */
  static final int REPEATS = 100;

  static EscapedShare of(boolean[] escaped, int diverged) {
    return new EscapedShare(
        EscapeScene.share(escaped, escaped.length),
        EscapeScene.share(escaped, Math.min(REPEATS, escaped.length)),
        diverged);
  }

  /** Share of replicas that diverged. */
  double divergedShare() {
    return (double) diverged / escaped.trials();
  }
}
