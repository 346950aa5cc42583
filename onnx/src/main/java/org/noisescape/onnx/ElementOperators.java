package org.noisescape.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Erf;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Normal;
import org.noisescape.onnx.Value.Normal.Step;
import org.noisescape.onnx.Value.Origin;
import org.noisescape.onnx.Value.Pointwise;
import org.noisescape.onnx.Value.Product;
import org.noisescape.onnx.Value.Signal;
import org.noisescape.onnx.Value.Unfinished;

/**
 * Operators element by element: activations, whole or written out, biases, and sums of branches.
 */
final class ElementOperators {
  /** Signals back that a function is looked for over. */
  private static final int MOST_ORIGINS = 4;

  private ElementOperators() {}

  static Map<String, Rule> rules() {
    Map<String, Rule> rules = new HashMap<>();
    Map.of(
            "Relu", "relu",
            "Tanh", "tanh",
            "Sigmoid", "sigmoid",
            "Softplus", "softplus")
        .forEach((operator, word) -> rules.put(operator, unary(ElementFunction.of(word).f())));
    rules.put("Erf", unary(Erf::erf));
    rules.put("Exp", unary(Math::exp));
    rules.put("Log", unary(Math::log));
    rules.put("Neg", unary(x -> -x));
    rules.put("Abs", unary(Math::abs));
    rules.put("Reciprocal", unary(x -> 1 / x));
    rules.put("Sqrt", ElementOperators::root);
    rules.put("LeakyRelu", ElementOperators::leaky);
    rules.put("Gelu", ElementOperators::gelu);
    rules.put("Swish", ElementOperators::swish);
    rules.put("Add", call -> binary(call, Double::sum));
    rules.put("Sub", call -> binary(call, (x, y) -> x - y));
    rules.put("Mul", call -> binary(call, (x, y) -> x * y));
    rules.put("Div", call -> binary(call, (x, y) -> x / y));
    rules.put("Pow", call -> binary(call, Math::pow));
    return rules;
  }

  private static Rule unary(DoubleUnaryOperator f) {
    return call -> applied(call, call.required(0), f);
  }

  private static Value root(Call call) {
    return call.required(0) instanceof Normal normal && normal.step() == Step.SHIFTED
        ? normal.next(call.node(), Step.DEVIATION)
        : applied(call, call.required(0), Math::sqrt);
  }

  private static Value leaky(Call call) {
    double slope = call.node().number("alpha", 0.01);
    if (slope != 0.01) {
      throw call.refused(
          "alpha=%s: leaky ReLUs here have the slope 0.01, use negative_slope=0.01"
              .formatted(slope));
    }
    return applied(call, call.required(0), ElementFunction.of("leaky-relu").f());
  }

  private static Value gelu(Call call) {
    boolean tanh = call.node().word("approximate", "none").equals("tanh");
    return applied(call, call.required(0), ElementFunction.of(tanh ? "gelu-tanh" : "gelu").f());
  }

  private static Value swish(Call call) {
    double alpha = call.node().number("alpha", 1);
    return applied(call, call.required(0), x -> x * ElementFunction.sigmoid(alpha * x));
  }

  /** The nearest signals that a value is a function of, itself among them. */
  private static List<Origin> origins(Call call, Value value) {
    if (value instanceof Signal signal) {
      List<Origin> all = new ArrayList<>();
      all.add(new Origin(signal, ElementFunction.IDENTITY));
      all.addAll(signal.origins());
      return all.subList(0, Math.min(all.size(), MOST_ORIGINS));
    }
    if (value instanceof Pointwise part) {
      return part.origins();
    }
    if (value instanceof Unfinished part) {
      throw part.node().refused(part.missing());
    }
    throw call.refused("arithmetic of constants is not read: let the exporter fold it");
  }

  private static Value applied(Call call, Value value, DoubleUnaryOperator f) {
    List<Origin> origins = new ArrayList<>();
    for (Origin origin : origins(call, value)) {
      origin.function().then(f).ifPresent(curve -> origins.add(new Origin(origin.base(), curve)));
    }
    return known(call, origins).orElseGet(() -> new Pointwise(call.node(), origins));
  }

  /** The activation that a function is, of the nearest signal of which it is one. */
  private static Optional<Value> known(Call call, List<Origin> origins) {
    for (Origin origin : origins) {
      Optional<String> word = origin.function().word();
      if (word.isPresent()) {
        Signal base = origin.base();
        return Optional.of(
            word.get().equals("identity")
                ? base
                : new Signal(call.layer(base, word.get()), base.form(), List.copyOf(origins)));
      }
    }
    return Optional.empty();
  }

  private static Value binary(Call call, DoubleBinaryOperator f) {
    Value a = call.required(0);
    Value b = call.required(1);
    boolean add = call.node().operator().equals("Add");
    if (isWhole(a) && isWhole(b)) {
      return ShapeArithmetic.combined(
          call.sizes(0), call.sizes(1), (x, y) -> (long) f.applyAsDouble(x, y));
    }
    if (NormalSteps.isOf(a, b)) {
      Value normal = NormalSteps.combined(call, a, b);
      if (normal != null) {
        return normal;
      }
    }
    if (add && (a instanceof Product || b instanceof Product)) {
      Product product = a instanceof Product first ? first : (Product) b;
      if ((a instanceof Product ? b : a) instanceof Constant bias) {
        return WeightOperators.dense(call, product, bias.tensor());
      }
    }
    if (a instanceof Constant number) {
      double x = number(call, number, b, add);
      return Double.isNaN(x)
          ? biased(call, b, number)
          : applied(call, b, y -> f.applyAsDouble(x, y));
    }
    if (b instanceof Constant number) {
      double y = number(call, number, a, add);
      return Double.isNaN(y)
          ? biased(call, a, number)
          : applied(call, a, x -> f.applyAsDouble(x, y));
    }
    return joined(call, a, b, f);
  }

  private static boolean isWhole(Value value) {
    return value instanceof ShapeNumbers
        || value instanceof Constant constant && !constant.tensor().isFloating();
  }

  /** One number, or NaN where the constant is the bias of a convolution. */
  private static double number(Call call, Constant constant, Value other, boolean add) {
    boolean bias =
        add
            && other instanceof Signal signal
            && WeightOperators.withBias(signal, constant.tensor()) != null;
    if (bias) {
      return Double.NaN;
    }
    if (!constant.isNumber()) {
      throw call.refused(
          "a constant of %d entries is combined with the network's values: only biases of dense"
                  .formatted(constant.tensor().size())
              + " layers and convolutions are read; pictures are normalised with their data set");
    }
    return constant.tensor().number(0);
  }

  private static Value biased(Call call, Value value, Constant bias) {
    Signal biased = WeightOperators.withBias((Signal) value, bias.tensor());
    if (biased == null) {
      throw call.refused("the constant is not a number");
    }
    return biased;
  }

  /** Two functions of one signal, or the sum of two branches. */
  private static Value joined(Call call, Value a, Value b, DoubleBinaryOperator f) {
    List<Origin> common = new ArrayList<>();
    List<Origin> others = origins(call, b);
    for (Origin one : origins(call, a)) {
      for (Origin other : others) {
        if (one.base().layer() == other.base().layer() && common.size() < MOST_ORIGINS) {
          one.function()
              .with(other.function(), f)
              .ifPresent(curve -> common.add(new Origin(one.base(), curve)));
        }
      }
    }
    Optional<Value> activation = known(call, common);
    if (activation.isPresent()) {
      return activation.get();
    }
    if (call.node().operator().equals("Add") && a instanceof Signal x && b instanceof Signal y) {
      return sum(call, x, y);
    }
    if (common.isEmpty()) {
      throw call.refused(
          "two values of the network are combined: only sums and concatenations of branches are"
              + " read");
    }
    return new Pointwise(call.node(), common);
  }

  private static Signal sum(Call call, Signal x, Signal y) {
    if (!x.form().equals(y.form())) {
      throw call.refused(
          "branches of different shapes are added: %s and %s".formatted(x.form(), y.form()));
    }
    GraphLayer layer = GraphLayer.joining(Kind.SUM, List.of(x.layer(), y.layer()), call.node());
    return Signal.of(layer, x.form());
  }
}
