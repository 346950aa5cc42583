package org.noisescape.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Groups;
import org.noisescape.onnx.Value.Normal;
import org.noisescape.onnx.Value.Normal.Step;
import org.noisescape.onnx.Value.Signal;

/** Operators that move axes, and those that exporters compute shapes with. */
final class ShapeOperators {
  private static final long[] TO_FRONT = {0, 3, 1, 2};
  private static final long[] TO_BACK = {0, 2, 3, 1};

  private ShapeOperators() {}

  static Map<String, Rule> rules() {
    return Map.ofEntries(
        Map.entry("Identity", ShapeOperators::identity),
        Map.entry("Pad", ShapeOperators::pad),
        Map.entry("Cast", ShapeOperators::cast),
        Map.entry("Squeeze", ShapeOperators::squeeze),
        Map.entry("Unsqueeze", ShapeOperators::unsqueeze),
        Map.entry("Transpose", ShapeOperators::transpose),
        Map.entry("Flatten", ShapeOperators::flatten),
        Map.entry("Reshape", ShapeOperators::reshape));
  }

  /** PyTorch gives a parameter its own name by an Identity where two have equal numbers. */
  private static Value identity(Call call) {
    Value value = call.required(0);
    if (value instanceof Constant constant) {
      OnnxTensor tensor = constant.tensor();
      String name = call.node().outputs().getFirst();
      return new Constant(new OnnxTensor(name, tensor.type(), tensor.shape(), tensor.bytes()));
    }
    return value;
  }

  /** PyTorch puts a padding by nothing before an average-pool. */
  private static Value pad(Call call) {
    ShapeNumbers given = call.sizes(1);
    long[] pads = given == null ? call.node().wholes("pads") : given.values();
    if (pads == null || Arrays.stream(pads).anyMatch(pad -> pad != 0)) {
      throw call.refused(
          "pads=%s: pixels are added by convolutions and max-pools only, use their padding"
              .formatted(Arrays.toString(pads)));
    }
    return call.signal(0);
  }

  private static Value cast(Call call) {
    Value value = call.required(0);
    long to = call.node().whole("to", 0);
    boolean kept =
        value instanceof Constant constant
            ? constant.tensor().type() == to
                || (!constant.tensor().isFloating() && OnnxTensor.isWhole(to))
            : value instanceof ShapeNumbers ? OnnxTensor.isWhole(to) : to == OnnxTensor.FLOAT;
    if (!kept) {
      throw call.refused(
          "a cast to %s changes numbers, and is not read".formatted(OnnxTensor.typeName((int) to)));
    }
    return value;
  }

  private static Value squeeze(Call call) {
    long[] axes = call.axes(1);
    Value value = call.required(0);
    if (!(value instanceof Signal signal)) {
      ShapeNumbers sizes = call.sizes(0);
      return new ShapeNumbers(sizes.values(), sizes.values().length == 1);
    }
    long[] sizes = signal.form().sizes();
    boolean images = signal.form().layout() == Layout.IMAGES;
    boolean pooled = images && sizes[2] == 1 && sizes[3] == 1;
    long[] counted = axes == null ? null : axes.clone();
    for (int i = 0; counted != null && i < counted.length; i++) {
      counted[i] += counted[i] < 0 ? sizes.length : 0;
    }
    if (pooled && (counted == null || Arrays.equals(counted, new long[] {2, 3}))) {
      return flattened(call, signal);
    }
    throw call.refused("only the axes of height and width of a pooled image are taken away");
  }

  private static Value unsqueeze(Call call) {
    long[] axes = call.axes(1);
    Value value = call.required(0);
    if (axes == null) {
      throw call.refused("axes are missing");
    }
    if (value instanceof Constant constant && constant.tensor().isFloating()) {
      return new Constant(unsqueezed(call, constant.tensor(), axes));
    }
    if (!(value instanceof Signal signal)) {
      return ShapeNumbers.list(call.sizes(0).values());
    }
    boolean planes = signal.form().layout() == Layout.PLANES && axes.length == 1;
    if (planes && axes[0] == 1) {
      return signal.as(Layout.IMAGES);
    }
    if (planes && (axes[0] == 3 || axes[0] == -1)) {
      return signal.as(Layout.CHANNELS_LAST);
    }
    throw call.refused("an axis is added, which is read of (height, width) only");
  }

  private static OnnxTensor unsqueezed(Call call, OnnxTensor tensor, long... axes) {
    List<Integer> shape = new ArrayList<>();
    int rank = tensor.shape().length + axes.length;
    int next = 0;
    for (int i = 0; i < rank && rank <= 16; i++) {
      int place = i;
      boolean added =
          Arrays.stream(axes).anyMatch(axis -> (axis < 0 ? axis + rank : axis) == place);
      if (!added && next == tensor.shape().length) {
        throw call.refused("axes %s make no sense".formatted(Arrays.toString(axes)));
      }
      shape.add(added ? 1 : tensor.shape()[next++]);
    }
    return tensor.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Value transpose(Call call) {
    long[] order = call.node().wholes("perm");
    Value value = call.required(0);
    if (value instanceof Constant constant && constant.tensor().shape().length == 2) {
      boolean same = order != null && Arrays.equals(order, new long[] {0, 1});
      return same ? constant : new Constant(constant.tensor().transposed());
    }
    Signal signal = call.signal(0);
    Layout layout = signal.form().layout();
    if (layout == Layout.CHANNELS_LAST && Arrays.equals(order, TO_FRONT)) {
      return signal.as(Layout.IMAGES);
    }
    if (layout == Layout.IMAGES && Arrays.equals(order, TO_BACK)) {
      return signal.as(Layout.CHANNELS_LAST);
    }
    throw call.refused(
        "perm=%s: only channels are moved, to the front or to the back"
            .formatted(Arrays.toString(order)));
  }

  private static Value flatten(Call call) {
    Signal signal = call.signal(0);
    int rank = signal.form().sizes().length;
    int axis = call.axis(1, rank);
    if (axis != 1) {
      throw call.refused("axis=%d: only all axes but the batch are made one".formatted(axis));
    }
    return flattened(call, signal);
  }

  /** Features; channels first in the toolkit, whatever the order in the file. */
  static Signal flattened(Call call, Signal signal) {
    return signal.form().isFlat()
        ? signal
        : Signal.of(call.layer(signal, "flatten"), signal.form().flattened());
  }

  private static Value reshape(Call call) {
    ShapeNumbers target = call.sizes(1);
    Value value = call.required(0);
    long[] given = target == null ? call.node().wholes("shape") : target.values();
    if (given == null) {
      throw call.refused("the shape is missing");
    }
    long[] wanted = given.clone();
    if (value instanceof Constant constant && !constant.tensor().isFloating()) {
      return new ShapeNumbers(constant.tensor().longs(), wanted.length == 0);
    }
    if (value instanceof Constant constant) {
      return new Constant(constant.tensor().reshaped(shapeOf(call, constant.tensor(), wanted)));
    }
    if (value instanceof ShapeNumbers sizes) {
      return new ShapeNumbers(sizes.values(), wanted.length == 0);
    }
    if (wanted.length > 0 && wanted[0] == call.batch()) {
      wanted[0] = ShapeNumbers.BATCH;
    }
    if (value instanceof Groups groups && groups.isNormalized()) {
      if (!Reshaping.fits(groups.x().form().sizes(), wanted)) {
        throw groups.node().refused(groups.missing());
      }
      return new Normal(
          call.node(), groups.x(), Step.NORMALIZED, groups.groups(), groups.epsilon(), null);
    }
    return Reshaping.of(call, call.signal(0), wanted);
  }

  private static int[] shapeOf(Call call, OnnxTensor tensor, long... wanted) {
    int[] shape = new int[wanted.length];
    long known = 1;
    int open = -1;
    for (int i = 0; i < shape.length; i++) {
      long length = wanted[i] == 0 && i < tensor.shape().length ? tensor.shape()[i] : wanted[i];
      open = length == -1 ? i : open;
      known = length == -1 ? known : Math.multiplyExact(known, length);
      shape[i] = (int) length;
    }
    if (open >= 0 && known > 0) {
      shape[open] = (int) (tensor.size() / known);
      known *= shape[open];
    }
    if (known != tensor.size() || Arrays.stream(shape).anyMatch(length -> length < 0)) {
      throw call.refused(
          "a constant of %d entries has no shape %s"
              .formatted(tensor.size(), Arrays.toString(wanted)));
    }
    return shape;
  }
}
