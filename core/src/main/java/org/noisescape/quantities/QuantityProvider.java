package org.noisescape.quantities;

/** A quantity that users can name, as a probe too where it makes sense; found by ServiceLoader. */
public interface QuantityProvider {
  /** The quantity. */
  Quantity quantity();
}
