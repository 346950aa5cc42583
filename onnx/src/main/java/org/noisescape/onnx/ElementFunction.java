package org.noisescape.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Erf;

/**
 * A function of one number that was put together from operators.
 *
 * <p>Which activation it is, is seen from its values, so that it does not matter how an exporter
 * writes it out.
 *
 * @param f the function
 * @param cost operators in it
 */
record ElementFunction(DoubleUnaryOperator f, int cost) {
  /** x itself. */
  static final ElementFunction IDENTITY = new ElementFunction(x -> x, 0);

  /** What is longer is no activation anybody writes. */
  private static final int MOST_COST = 64;

  private static final double TOLERANCE = 1e-6;
  private static final double RANGE = 12;
  private static final int POINTS = 97;

  private static final Map<String, DoubleUnaryOperator> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("identity", x -> x);
    KNOWN.put("relu", x -> Math.max(x, 0));
    KNOWN.put("tanh", Math::tanh);
    KNOWN.put("sigmoid", ElementFunction::sigmoid);
    KNOWN.put("leaky-relu", x -> x > 0 ? x : 0.01 * x);
    KNOWN.put("softplus", ElementFunction::softplus);
    KNOWN.put("silu", x -> x * sigmoid(x));
    KNOWN.put("gelu", x -> x * 0.5 * (1 + Erf.erf(x / Math.sqrt(2))));
    KNOWN.put(
        "gelu-tanh",
        x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
  }

  /** 1/(1 + e^−x). */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** ln(1 + e^x). */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** The function of a word of {@code net:}. */
  static ElementFunction of(String word) {
    return new ElementFunction(KNOWN.get(word), 1);
  }

  /** All words, for messages. */
  static String names() {
    return String.join(", ", KNOWN.keySet());
  }

  /** g(f(x)), or nothing where that becomes too long. */
  Optional<ElementFunction> then(DoubleUnaryOperator g) {
    DoubleUnaryOperator first = f;
    return bounded(x -> g.applyAsDouble(first.applyAsDouble(x)), cost + 1);
  }

  /** g(f(x), h(x)), or nothing where that becomes too long. */
  Optional<ElementFunction> with(ElementFunction other, DoubleBinaryOperator g) {
    DoubleUnaryOperator first = f;
    DoubleUnaryOperator second = other.f;
    return bounded(
        x -> g.applyAsDouble(first.applyAsDouble(x), second.applyAsDouble(x)),
        cost + other.cost + 1);
  }

  private static Optional<ElementFunction> bounded(DoubleUnaryOperator f, int cost) {
    return cost > MOST_COST ? Optional.empty() : Optional.of(new ElementFunction(f, cost));
  }

  /** The word of the activation that has these values. */
  Optional<String> word() {
    return KNOWN.entrySet().stream()
        .filter(entry -> equalTo(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean equalTo(DoubleUnaryOperator known) {
    for (int i = 0; i < POINTS; i++) {
      // no point at zero, where all bend, and more of them near it
      double t = (2.0 * i + 1) / POINTS - 1 + 1e-3;
      double x = RANGE * t * Math.abs(t);
      double wanted = known.applyAsDouble(x);
      if (!(Math.abs(f.applyAsDouble(x) - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)))) {
        return false;
      }
    }
    return true;
  }
}
