package org.noisescape.onnx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Signal;
import org.noisescape.onnx.Value.Unfinished;

/**
 * A node with what its inputs are.
 *
 * @param node the node
 * @param inputs values, null where one is left out
 * @param opset version of the operators
 * @param batch samples the model was traced with, where the file says so
 */
record Call(OnnxNode node, List<Value> inputs, long opset, int batch) {
  /** What a node makes of its inputs. */
  interface Rule {
    Value apply(Call call);
  }

  /** Keeps the order; entries may be null. */
  Call {
    inputs = Collections.unmodifiableList(inputs);
  }

  /** An input, or null. */
  Value input(int index) {
    return index < inputs.size() ? inputs.get(index) : null;
  }

  /** An input that must be there. */
  Value required(int index) {
    Value value = input(index);
    if (value == null) {
      throw refused("input %d is missing".formatted(index));
    }
    return value;
  }

  /** An input that a layer gives. */
  Signal signal(int index) {
    Value value = required(index);
    if (value instanceof Signal signal) {
      return signal;
    }
    if (value instanceof Unfinished part) {
      throw part.node().refused(part.missing());
    }
    throw refused(
        "input %d is a constant: only the network's values are read there".formatted(index));
  }

  /** An input that is a signal of this layout. */
  Signal signal(int index, Form.Layout layout) {
    Signal signal = signal(index);
    if (signal.form().layout() == layout) {
      return signal;
    }
    throw refused(
        layout == Form.Layout.IMAGES
            ? "its input is no image (channels, height, width), got axes %s"
                .formatted(described(signal))
            : "its input is no vector of features, got axes %s: add a Flatten before"
                .formatted(described(signal)));
  }

  private static String described(Signal signal) {
    return signal.form().layout().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A constant of fractions. */
  OnnxTensor weight(int index, String what) {
    if (required(index) instanceof Constant constant && constant.tensor().isFloating()) {
      return constant.tensor();
    }
    throw refused(what + " is no constant of the file: only stored weights are read");
  }

  /** A constant vector of so many fractions, or of any where that is not known. */
  OnnxTensor vector(int index, String what, int size) {
    OnnxTensor tensor = weight(index, what);
    if (size != OnnxModel.UNKNOWN && tensor.size() != size) {
      throw refused(
          "%s has shape %s, expected %d entries"
              .formatted(what, Arrays.toString(tensor.shape()), size));
    }
    return tensor.reshaped(tensor.size());
  }

  /** Whole numbers that are known before the network runs, or null where the input is left out. */
  ShapeNumbers sizes(int index) {
    Value value = input(index);
    if (value == null) {
      return null;
    }
    if (value instanceof ShapeNumbers sizes) {
      return sizes;
    }
    if (value instanceof Constant constant
        && !constant.tensor().isFloating()
        && constant.tensor().size() <= 64) {
      return new ShapeNumbers(constant.tensor().longs(), constant.tensor().shape().length == 0);
    }
    throw refused("input %d must be a shape or axes".formatted(index));
  }

  /** Axes, which older operators have as an attribute and newer ones as an input; null for none. */
  long[] axes(int index) {
    ShapeNumbers given = sizes(index);
    return given == null ? node.wholes("axes") : given.values();
  }

  /** The attribute axis, counted from the front. */
  int axis(long preset, int rank) {
    long axis = node.whole("axis", preset);
    return (int) Math.clamp(axis < 0 ? axis + rank : axis, -1, Integer.MAX_VALUE);
  }

  /** A layer without parameters behind a signal. */
  GraphLayer layer(Signal from, String words) {
    return GraphLayer.of(from.layer(), words, node);
  }

  /** What cannot be read of this node. */
  IllegalArgumentException refused(String why) {
    return node.refused(why);
  }
}
