package org.noisescape.cli;

import java.util.function.DoubleSupplier;
import org.noisescape.quantities.ProbeListener;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.runs.ProgressListener;

/**
 * Shows what a probe measures, and says of what may take long how long, as soon as that is known.
 */
final class ProbeProgress implements ProbeListener {
  /** What takes longer is said. */
  private static final double LONG = 30;

  /**
   * From when on the time of a product is known: code is compiled while the first ones are made.
   */
  private static final double KNOWN = 2;

  private final ProgressListener progress;
  private final int most;
  private final DoubleSupplier clock;
  private String quantity = "";
  private boolean told;
  private long products;
  private long first;
  private String lapack = "";
  private double began = Double.NaN;
  private double changed;
  private double fastest;

  /**
   * Progress of a probe.
   *
   * @param most products that one quantity may use
   * @param clock seconds since some beginning
   */
  ProbeProgress(ProgressListener progress, int most, DoubleSupplier clock) {
    this.progress = progress;
    this.most = most;
    this.clock = clock;
  }

  @Override
  public void measuring(QuantityRequest request, int measured, int of) {
    quantity = request.text();
    told = false;
    began = Double.NaN;
    progress.started("%s (%d of %d)".formatted(quantity, measured + 1, of));
  }

  @Override
  public void worked(long done) {
    if (Double.isNaN(began) || done < first) {
      // another replica counts from 0 again
      first = done;
      began = clock.getAsDouble();
      changed = began;
      fastest = Double.POSITIVE_INFINITY;
      products = 0;
    }
    if (products != done - first) {
      lapack = "";
      timed(done - first - products);
    }
    products = done - first;
    String words = products == 0 ? "" : products == 1 ? "1 product" : products + " products";
    progress.progressed(0, ProgressListener.UNKNOWN, lapack.isEmpty() ? words : lapack);
  }

  /** So many products were made since the last look at them, at once. */
  private void timed(long made) {
    double now = clock.getAsDouble();
    fastest = Math.min(fastest, (now - changed) / made);
    changed = now;
    if (!told && now - began >= KNOWN) {
      told = true;
      double longest = most * fastest;
      if (longest > LONG) {
        progress.told(
            "%s: %.2g s a product, at most %s (--max-products %d)"
                .formatted(quantity, fastest, Durations.about(longest), most));
      }
    }
  }

  @Override
  public void factorizing(int dimension, double seconds) {
    lapack = "LAPACK, dimension %d, about %s".formatted(dimension, Durations.about(seconds));
    if (seconds > LONG) {
      progress.told(quantity + ": " + lapack);
    }
    progress.progressed(0, ProgressListener.UNKNOWN, lapack);
  }
}
