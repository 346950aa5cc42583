package org.noisescape.experiments.fit;

/**
 * How many of n independent trials succeeded, with Wilson's interval.
 *
 * @param successes k
 * @param trials n ≥ 1
 */
public record Share(int successes, int trials) {
  /** Checks the counts. */
  public Share {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "a share needs 0 <= successes <= trials and a trial, got %d of %d"
              .formatted(successes, trials));
    }
  }

  /** k/n. */
  public double value() {
    return (double) successes / trials;
  }

  /** Lower end of Wilson's interval of z standard errors; Wilson (1927). */
  public double lower(double z) {
    return centre(z) - half(z);
  }

  /** Upper end. */
  public double upper(double z) {
    return centre(z) + half(z);
  }

  /** Half of Wilson's interval of one standard error: above zero even for 0 or n successes. */
  public double standardError() {
    return half(1);
  }

  /** With that error, which knows of all trials. */
  public PointEstimate estimate() {
    return PointEstimate.ofDraws(value(), standardError(), trials);
  }

  private double centre(double z) {
    return (successes + 0.5 * z * z) / (trials + z * z);
  }

  private double half(double z) {
    double p = value();
    return z * Math.sqrt(p * (1 - p) * trials + 0.25 * z * z) / (trials + z * z);
  }
}
