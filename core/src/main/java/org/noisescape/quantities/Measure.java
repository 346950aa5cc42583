package org.noisescape.quantities;

/** How a quantity is measured. */
public interface Measure {
  /** What has to be there, cheap to dear. */
  enum Need {
    /** A forward pass over the training data. */
    VALUE,
    /** A forward pass over the test data. */
    TEST,
    /** A forward pass over the samples held out of the training data. */
    VALIDATION,
    /** A gradient pass over the training data. */
    GRADIENT,
    /** H, G and S as operators. */
    CURVATURE
  }

  /** What {@link #measure} uses; all there is, unless a measure says that it takes less. */
  default Need need() {
    return Need.CURVATURE;
  }

  /**
   * Measures.
   *
   * @param point θ and what is shared there
   * @param k the argument, 0 for quantities without one
   */
  Finding measure(Point point, int k);

  /** Whether it needs the preconditioner of the update rules, {@link Point#withMetric}. */
  default boolean isPreconditioned() {
    return false;
  }

  /** Says what will be asked of shared work, before any of it is done. */
  default void announce(Demand demand, int k) {}

  /** A measure that counts how samples are classified, in a pass over {@link #need} data. */
  interface OfClasses extends Measure {
    @Override
    Need need();
  }

  /** A measure that needs passes over the data only. */
  static Measure of(Need need, java.util.function.Function<Point, Finding> number) {
    return new Measure() {
      @Override
      public Need need() {
        return need;
      }

      @Override
      public Finding measure(Point point, int k) {
        return number.apply(point);
      }
    };
  }
}
