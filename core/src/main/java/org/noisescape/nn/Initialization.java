package org.noisescape.nn;

import org.noisescape.random.RandomStream;

/** Distributions of initial weights; biases and scales start at their constants. */
public enum Initialization {
  /** U(−a, a), a = √(6/(fan_in + fan_out)). Source: Glorot and Bengio (2010), Eq. 16. */
  GLOROT("glorot") {
    @Override
    double draw(ParameterSpec spec, RandomStream random) {
      double bound = Math.sqrt(6.0 / ((double) spec.fanIn() + spec.fanOut()));
      return bound * (2 * random.nextDouble() - 1);
    }
  },
  /** N(0, 2/fan_in). Source: He, Zhang, Ren and Sun (2015), Eq. 10. */
  HE("he") {
    @Override
    double draw(ParameterSpec spec, RandomStream random) {
      return Math.sqrt(2.0 / spec.fanIn()) * random.nextGaussian();
    }
  };

  private final String label;

  Initialization(String label) {
    this.label = label;
  }

  /** Name as users write it. */
  public String label() {
    return label;
  }

  abstract double draw(ParameterSpec spec, RandomStream random);

  /** Values of one parameter tensor. */
  public final void fill(ParameterSpec spec, RandomStream random, double[] target, int offset) {
    int size = spec.size();
    for (int i = 0; i < size; i++) {
      target[offset + i] = spec.isWeight() ? draw(spec, random) : spec.start();
    }
  }

  /** The initialisation of a name. */
  public static Initialization parse(String label) {
    for (Initialization initialization : values()) {
      if (initialization.label.equals(label)) {
        return initialization;
      }
    }
    throw new IllegalArgumentException("unknown initialisation '" + label + "': use glorot or he");
  }
}
