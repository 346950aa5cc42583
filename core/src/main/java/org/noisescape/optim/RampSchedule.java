package org.noisescape.optim;

import java.util.Optional;

/**
 * A way from one factor to another over a stretch, or over the rest of the run.
 *
 * @param shape of the way
 * @param from factor at its beginning
 * @param to factor at its end, and after it
 * @param power of {@link Shape#POLYNOMIAL}
 * @param over its stretch; to the end of the run where none is given
 */
record RampSchedule(
    Shape shape, double from, double to, double power, Optional<RunLength> over, String text)
    implements Schedule {
  /** Of the way. */
  enum Shape {
    /** A line; PyTorch's {@code LinearLR}. */
    LINEAR {
      @Override
      double left(double share, double power) {
        return 1 - share;
      }
    },
    /** Half a cosine: Loshchilov and Hutter (2017), Eq. 5, PyTorch's {@code CosineAnnealingLR}. */
    COSINE {
      @Override
      double left(double share, double power) {
        return 0.5 * (1 + Math.cos(Math.PI * share));
      }
    },
    /** A power of the rest of the way; PyTorch's {@code PolynomialLR}. */
    POLYNOMIAL {
      @Override
      double left(double share, double power) {
        return Math.pow(1 - share, power);
      }
    };

    /** Part of the way that is left after a share of the stretch. */
    abstract double left(double share, double power);
  }

  RampSchedule {
    for (double value : new double[] {from, to}) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "schedule '%s': factors must be numbers >= 0, got %s".formatted(text, value));
      }
    }
    if (!(power > 0 && power < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "schedule '%s': the power must be a number > 0, got %s".formatted(text, power));
    }
    if (over.isPresent() && over.get().amount() == 0) {
      throw new IllegalArgumentException(
          "schedule '%s': its stretch must be > 0, got 0".formatted(text));
    }
  }

  @Override
  public Schedule in(double stepsPerEpoch) {
    return new RampSchedule(
        shape, from, to, power, over.map(length -> length.in(stepsPerEpoch)), text);
  }

  @Override
  public boolean countsSteps() {
    return over.isPresent() && over.get().inSteps();
  }

  @Override
  public double length() {
    return over.isPresent() ? over.get().epochs() : Double.POSITIVE_INFINITY;
  }

  @Override
  public double factor(double epoch, double epochs) {
    double whole = over.isPresent() ? over.get().epochs() : epochs;
    double share = Math.min(1, epoch / whole);
    return to + (from - to) * shape.left(share, power);
  }
}
