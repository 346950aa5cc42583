package org.noisescape.linop;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Whether long work goes on: asked between chunks of every pass, and while LAPACK works.
 *
 * <p>One check may be shared by many pieces of work. The supplier is set once and asked on the
 * thread that computes; it must be cheap.
 */
public final class StopCheck {
  private BooleanSupplier requested = () -> false;

  /** Never stops, until told otherwise by {@link #when}. */
  public StopCheck() {}

  /** Stops when this says so. */
  public static StopCheck of(BooleanSupplier stop) {
    StopCheck check = new StopCheck();
    check.when(stop);
    return check;
  }

  /** Stops work from now on when this says so. */
  public void when(BooleanSupplier stop) {
    requested = Objects.requireNonNull(stop, "stop");
  }

  /** Whether a stop is requested. */
  public boolean requested() {
    return requested.getAsBoolean();
  }

  /**
   * Returns where work goes on.
   *
   * @throws StoppedException where a stop is requested
   */
  public void goOn() {
    if (requested()) {
      throw new StoppedException();
    }
  }
}
