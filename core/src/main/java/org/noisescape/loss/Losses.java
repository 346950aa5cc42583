package org.noisescape.loss;

import org.noisescape.files.Decimal;

/** The losses users can name. */
public final class Losses {
  private Losses() {}

  /**
   * The loss of a name: {@code mse}, {@code ce}, or {@code ce:0.1} with label smoothing.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Loss parse(String name) {
    if (name.equals("mse")) {
      return new MeanSquare();
    }
    if (name.equals("ce")) {
      return new CrossEntropy(0);
    }
    if (name.startsWith("ce:")) {
      try {
        return new CrossEntropy(Decimal.parse(name.substring(3)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "loss '" + name + "': label smoothing must be a number, for example ce:0.1", e);
      }
    }
    throw new IllegalArgumentException("unknown loss '" + name + "': use mse, ce or ce:0.1");
  }
}
