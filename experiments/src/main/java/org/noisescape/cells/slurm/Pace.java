package org.noisescape.cells.slurm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.noisescape.runs.RunFailure;

/**
 * How often the queue is looked at: each second at first and where something happens, down to each
 * half minute where nothing does.
 */
final class Pace {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);

  /** A look after a tenth of the time for which nothing has happened. */
  private static final int PART = 10;

  private static final long STOP_MILLIS = 100;

  private final Duration least;
  private long lastChange = System.nanoTime();

  Pace() {
    this(LEAST);
  }

  /** Another shortest time. */
  Pace(Duration least) {
    this.least = least;
  }

  /** Something has happened. */
  void changed() {
    lastChange = System.nanoTime();
  }

  /** The time to the next look, where nothing has happened for a while. */
  Duration after(Duration quiet) {
    Duration next = quiet.dividedBy(PART);
    return next.compareTo(least) < 0 ? least : next.compareTo(MOST) > 0 ? MOST : next;
  }

  /**
   * Waits for the next look.
   *
   * @param early asked now and then whether it cannot wait
   */
  void await(BooleanSupplier early) {
    long now = System.nanoTime();
    long end = now + after(Duration.ofNanos(now - lastChange)).toNanos();
    try {
      while (System.nanoTime() < end && !early.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
        Thread.sleep(Math.min(STOP_MILLIS, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted", e);
    }
  }
}
