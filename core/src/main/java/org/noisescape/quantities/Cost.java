package org.noisescape.quantities;

/**
 * What a piece of work took.
 *
 * @param seconds wall-clock time
 * @param products products of a matrix with one vector
 */
public record Cost(double seconds, long products) {
  /** Nothing. */
  public static final Cost NONE = new Cost(0, 0);

  Cost plus(Cost other) {
    return new Cost(seconds + other.seconds, products + other.products);
  }

  Cost minus(Cost other) {
    return new Cost(seconds - other.seconds, products - other.products);
  }
}
