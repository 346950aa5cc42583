package org.noisescape.dl4j;

import org.noisescape.files.Printable;

/** What has no counterpart here, in one line that names the layer. */
final class Refusal {
  private Refusal() {}

  /**
   * An error.
   *
   * @param layer what DL4J calls it
   * @param what its class or what else it is
   * @param why with what to do
   */
  static IllegalArgumentException of(String layer, Object what, String why) {
    String kind = what instanceof String word ? word : what.getClass().getSimpleName();
    return new IllegalArgumentException(
        "layer '%s' (%s): %s".formatted(Printable.text(layer), kind, why));
  }
}
