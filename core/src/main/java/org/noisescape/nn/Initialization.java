package org.noisescape.nn;

import java.util.List;
import java.util.stream.Collectors;
import org.noisescape.random.RandomStream;

/** A distribution of initial weights; biases and scales start at their constants. */
@FunctionalInterface
public interface Initialization {
  /** U(−a, a), a = √(6/(fan_in + fan_out)). Source: Glorot and Bengio (2010), Eq. 16. */
  Initialization GLOROT =
      new NamedInitialization(
          "glorot",
          (spec, random) -> {
            double bound = Math.sqrt(6.0 / ((double) spec.fanIn() + spec.fanOut()));
            return bound * (2 * random.nextDouble() - 1);
          });

  /** N(0, 2/fan_in). Source: He, Zhang, Ren and Sun (2015), Eq. 10. */
  Initialization HE =
      new NamedInitialization(
          "he", (spec, random) -> Math.sqrt(2.0 / spec.fanIn()) * random.nextGaussian());

  /**
   * The next entry of a weight.
   *
   * @param spec the tensor it belongs to
   * @param random the stream of this tensor
   */
  double draw(ParameterSpec spec, RandomStream random);

  /** Name as users write it; for one that {@link #parse} does not know, what it is. */
  default String label() {
    return toString();
  }

  /** Values of one parameter tensor, from an offset of the target on. */
  default void fill(ParameterSpec spec, RandomStream random, double[] target, int offset) {
    int size = spec.size();
    for (int i = 0; i < size; i++) {
      target[offset + i] = spec.isWeight() ? draw(spec, random) : spec.start();
    }
  }

  /** Those of this project. */
  static List<Initialization> builtIn() {
    return List.of(GLOROT, HE);
  }

  /** The initialisation of a name. */
  static Initialization parse(String label) {
    return builtIn().stream()
        .filter(initialization -> initialization.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown initialisation '"
                        + label
                        + "': use "
                        + builtIn().stream()
                            .map(Initialization::label)
                            .collect(Collectors.joining(" or "))));
  }
}
