package org.noisescape.nn;

import org.noisescape.random.RandomStream;

/**
 * An initialisation with a name.
 *
 * @param label the name
 * @param law of its entries
 */
record NamedInitialization(String label, Initialization law) implements Initialization {
  @Override
  public double draw(ParameterSpec spec, RandomStream random) {
    return law.draw(spec, random);
  }

  @Override
  public String toString() {
    return label;
  }
}
