package org.noisescape.loss;

import java.util.List;
import java.util.function.Function;
import org.noisescape.files.Decimal;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The losses users can name. */
public final class Losses {
  private record BuiltIn(String usage, String description, Function<String, Loss> parser)
      implements LossProvider {
    @Override
    public Loss loss(String specification) {
      return parser.apply(specification);
    }
  }

  private static final Registry<LossProvider> REGISTRY =
      new Registry<>(
          "loss",
          LossProvider.class,
          LossProvider::name,
          List.of(
              new BuiltIn("mse", "half the squared error, summed over outputs", Losses::meanSquare),
              new BuiltIn(
                  "ce",
                  "cross-entropy of softmax outputs; ce:0.1 with label smoothing",
                  Losses::crossEntropy)));

  private Losses() {}

  /** Names, without arguments. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /**
   * The loss of a specification: {@code mse}, {@code ce}, {@code ce:0.1} with label smoothing, or
   * one of a {@link LossProvider}.
   *
   * @throws IllegalArgumentException for any other name, or arguments that make no sense
   */
  public static Loss parse(String specification) {
    return REGISTRY.require(specification).loss(specification);
  }

  private static Loss meanSquare(String specification) {
    if (!specification.equals("mse")) {
      throw new IllegalArgumentException(
          "loss '" + specification + "': mse takes no arguments, write mse");
    }
    return new MeanSquare();
  }

  private static Loss crossEntropy(String specification) {
    if (specification.equals("ce")) {
      return new CrossEntropy(0);
    }
    try {
      return new CrossEntropy(Decimal.parse(Named.argumentsOf(specification)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "loss '" + specification + "': label smoothing must be a number, for example ce:0.1", e);
    }
  }
}
