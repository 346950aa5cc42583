package org.noisescape.optim;

/**
 * Up along half a cosine, then down along another; PyTorch's {@code OneCycleLR}, with whose steps
 * its ends agree: the peak lies one step before a share of the run, the end at its last step.
 *
 * <p>Source: Smith and Topin (2019), "Super-convergence". The learning rate written is that of the
 * peak.
 *
 * @param rise share of the run before the peak, in (0, 1)
 * @param from factor at the beginning
 * @param peak factor at the peak
 * @param to factor at the end
 * @param step one step in epochs; 0 where nobody said
 */
record OneCycle(double rise, double from, double peak, double to, double step, String text)
    implements Schedule {
  OneCycle {
    if (!(rise > 0 && rise < 1)) {
      throw new IllegalArgumentException(
          "schedule '%s': the share of the rise must lie in (0, 1), got %s".formatted(text, rise));
    }
    for (double value : new double[] {from, peak, to}) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "schedule '%s': factors must be numbers >= 0, got %s".formatted(text, value));
      }
    }
  }

  @Override
  public Schedule in(double stepsPerEpoch) {
    return new OneCycle(rise, from, peak, to, 1 / stepsPerEpoch, text);
  }

  @Override
  public boolean countsSteps() {
    return true;
  }

  @Override
  public double factor(double epoch, double epochs) {
    double top = rise * epochs - step;
    double end = epochs - step;
    if (epoch < top) {
      return way(from, peak, epoch / top);
    }
    return way(peak, to, end > top ? Math.min(1, (epoch - top) / (end - top)) : 1);
  }

  private static double way(double begin, double end, double share) {
    return end + (begin - end) * RampSchedule.Shape.COSINE.left(share, 1);
  }
}
