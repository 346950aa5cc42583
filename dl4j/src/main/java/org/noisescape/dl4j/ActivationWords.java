package org.noisescape.dl4j;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.noisescape.tensor.Activation;

/** DL4J's activations and those here. */
final class ActivationWords {
  private static final double LEAK = 0.01;

  /** Seen in 1.0.0-M2.1, whose derivative of the precise one is not that of its values either. */
  private static final String GELU =
      "DL4J's GELU is x/(1 + e^-1.702x), its precise one has (0.044715 x)^3 for 0.044715 x^3: neither"
          + " is the gelu there is here, use SWISH";

  private ActivationWords() {}

  /**
   * The word of {@code net:}, empty for the identity.
   *
   * @param layer whose activation it is, for the error
   * @throws IllegalArgumentException in one line where there is none
   */
  static String of(String layer, IActivation activation) {
    if (activation == null || activation instanceof ActivationIdentity) {
      return "";
    }
    if (activation instanceof ActivationReLU relu) {
      return rectifier(layer, relu);
    }
    if (activation instanceof ActivationLReLU leaky && leaky.getAlpha() == LEAK) {
      return "leaky-relu";
    }
    if (activation instanceof ActivationTanH) {
      return "tanh";
    }
    if (activation instanceof ActivationSigmoid) {
      return "sigmoid";
    }
    if (activation instanceof ActivationSoftPlus) {
      return "softplus";
    }
    if (activation instanceof ActivationSwish) {
      return "silu";
    }
    if (activation instanceof ActivationGELU gelu) {
      throw Refusal.of(layer, "activation " + gelu, GELU);
    }
    throw refused(layer, activation);
  }

  private static String rectifier(String layer, ActivationReLU relu) {
    boolean bounded = relu.getMax() != null || nonZero(relu.getThreshold());
    boolean leaks = nonZero(relu.getNegativeSlope());
    if (bounded || (leaks && relu.getNegativeSlope() != LEAK)) {
      throw refused(layer, relu);
    }
    return leaks ? "leaky-relu" : "relu";
  }

  private static boolean nonZero(Double value) {
    return value != null && value != 0;
  }

  private static IllegalArgumentException refused(String layer, IActivation activation) {
    return Refusal.of(
        layer,
        "activation " + activation,
        "there is no such activation here: use IDENTITY, RELU, LEAKYRELU with 0.01, TANH, SIGMOID,"
            + " SOFTPLUS or SWISH");
  }

  /**
   * The other way.
   *
   * @throws IllegalArgumentException in one line for GELU, which DL4J has with other values only
   */
  static IActivation of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> new ActivationIdentity();
      case RELU -> new ActivationReLU();
      case TANH -> new ActivationTanH();
      case SIGMOID -> new ActivationSigmoid();
      case LEAKY_RELU -> new ActivationLReLU(LEAK);
      case SOFTPLUS -> new ActivationSoftPlus();
      case SILU -> new ActivationSwish();
      case GELU, GELU_TANH ->
          throw new IllegalArgumentException(
              "DL4J has no such gelu, its own have other values: train with silu, or export to onnx");
    };
  }
}
