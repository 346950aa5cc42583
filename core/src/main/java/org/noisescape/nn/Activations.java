package org.noisescape.nn;

import java.util.List;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;
import org.noisescape.tensor.Activation;

/** The activations users can name in an architecture. */
public final class Activations {
  private record BuiltIn(String usage, String description, Activation activation)
      implements ActivationProvider {
    @Override
    public Layer layer() {
      return new Activate(activation);
    }
  }

  private static final Registry<ActivationProvider> REGISTRY =
      new Registry<>(
          "activation",
          ActivationProvider.class,
          ActivationProvider::name,
          List.of(
              new BuiltIn("relu", "max(x, 0)", Activation.RELU),
              new BuiltIn("leaky-relu", "x where x > 0, else 0.01 x", Activation.LEAKY_RELU),
              new BuiltIn("tanh", "the hyperbolic tangent", Activation.TANH),
              new BuiltIn("sigmoid", "1/(1 + e^-x)", Activation.SIGMOID),
              new BuiltIn("softplus", "ln(1 + e^x)", Activation.SOFTPLUS),
              new BuiltIn("silu", "x sigmoid(x), also called swish", Activation.SILU),
              new BuiltIn("gelu", "x times the normal distribution function", Activation.GELU),
              new BuiltIn(
                  "gelu-tanh", "its approximation by tanh, as in GPT-2", Activation.GELU_TANH),
              new BuiltIn("identity", "x: layers stay linear", Activation.IDENTITY)));

  private Activations() {}

  /** Names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /**
   * A layer that applies one.
   *
   * @throws IllegalArgumentException in one line with the names there are
   */
  public static Layer layer(String name) {
    return REGISTRY.require(name).layer();
  }
}
