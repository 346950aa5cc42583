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

  /** From when on the time of a product is known. */
  private static final double KNOWN = 5;

  private static final int KNOWN_PRODUCTS = 8;

  private final ProgressListener progress;
  private final int most;
  private final DoubleSupplier clock;
  private String quantity = "";
  private boolean told;
  private long products;
  private long first;
  private String lapack = "";
  private double began = Double.NaN;

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
    }
    if (products != done - first) {
      lapack = "";
    }
    products = done - first;
    double seconds = clock.getAsDouble() - began;
    if (!told && seconds >= KNOWN && products >= KNOWN_PRODUCTS) {
      told = true;
      double longest = most * seconds / products;
      if (longest > LONG) {
        progress.told(
            "%s: %.2g s a product, %s if it takes all %d that it may (--max-products)"
                .formatted(quantity, seconds / products, Durations.about(longest), most));
      }
    }
    String words = products == 0 ? "" : products == 1 ? "1 product" : products + " products";
    progress.progressed(0, ProgressListener.UNKNOWN, lapack.isEmpty() ? words : lapack);
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
