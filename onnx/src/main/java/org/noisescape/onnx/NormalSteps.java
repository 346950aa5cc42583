package org.noisescape.onnx;

import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Normal;
import org.noisescape.onnx.Value.Normal.Step;
import org.noisescape.onnx.Value.Signal;

/** The arithmetic of a normalisation that is written out, as PyTorch does before opset 17. */
final class NormalSteps {
  private NormalSteps() {}

  /** Whether a value is one that this arithmetic is about. */
  static boolean isOf(Value a, Value b) {
    return a instanceof Normal || b instanceof Normal;
  }

  /** What a sum, difference, product, quotient or power makes of a step; null for nothing known. */
  static Value combined(Call call, Value a, Value b) {
    OnnxNode node = call.node();
    boolean first = a instanceof Normal;
    Normal normal = first ? (Normal) a : (Normal) b;
    Value other = first ? b : a;
    OnnxTensor tensor = other instanceof Constant constant ? constant.tensor() : null;
    return switch (node.operator()) {
      case "Sub" ->
          !first
                  && other instanceof Signal x
                  && x.layer() == normal.x().layer()
                  && normal.step() == Step.MEAN
              ? normal.next(node, Step.CENTERED)
              : null;
      case "Pow" ->
          first
                  && tensor != null
                  && tensor.size() == 1
                  && tensor.number(0) == 2
                  && normal.step() == Step.CENTERED
              ? normal.next(node, Step.SQUARED)
              : null;
      case "Add" -> added(call, normal, tensor);
      case "Div" ->
          first
                  && other instanceof Normal below
                  && normal.step() == Step.CENTERED
                  && below.step() == Step.DEVIATION
                  && below.x().layer() == normal.x().layer()
              ? below.next(node, Step.NORMALIZED)
              : null;
      case "Mul" -> multiplied(call, normal, other, tensor);
      default -> null;
    };
  }

  private static Value added(Call call, Normal normal, OnnxTensor tensor) {
    if (tensor == null) {
      return null;
    }
    if (normal.step() == Step.SCALED) {
      return NormalOperators.finished(call, normal, tensor);
    }
    if (normal.step() != Step.VARIANCE || tensor.size() != 1) {
      return null;
    }
    double epsilon = Double.parseDouble(Float.toString((float) tensor.number(0)));
    return new Normal(
        call.node(), normal.x(), Step.SHIFTED, normal.groups(), epsilon, normal.scale());
  }

  private static Value multiplied(Call call, Normal normal, Value other, OnnxTensor tensor) {
    if (other instanceof Normal same
        && same.step() == Step.CENTERED
        && normal.step() == Step.CENTERED
        && same.x().layer() == normal.x().layer()) {
      return normal.next(call.node(), Step.SQUARED);
    }
    return tensor != null && normal.step() == Step.NORMALIZED
        ? new Normal(
            call.node(), normal.x(), Step.SCALED, normal.groups(), normal.epsilon(), tensor)
        : null;
  }
}
