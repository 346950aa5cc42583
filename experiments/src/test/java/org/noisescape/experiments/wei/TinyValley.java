package org.noisescape.experiments.wei;

import org.noisescape.experiments.frame.LandscapeRuns;

/** The smallest network with a valley of minima that descent finds in a second. */
public final class TinyValley {
  private static final String[] SETTINGS = {
    "dataset", "digits:train=3,test=0,size=4",
    "subset", "3",
    "width", "4",
    "networks", "2",
    "descent-lr", "0.2",
    "descent-steps", "4000",
    "fall", "0.02",
    "snapshots", "2"
  };

  private TinyValley() {}

  /** Its settings, and others, as key, value, key, value. */
  public static String[] settings(String... others) {
    return LandscapeRuns.with(SETTINGS, others);
  }
}
