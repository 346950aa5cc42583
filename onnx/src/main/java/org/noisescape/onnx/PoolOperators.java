package org.noisescape.onnx;

import java.util.Map;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.Value.Signal;

/** Pools, dropout, and the softmax at the end. */
final class PoolOperators {
  private PoolOperators() {}

  static Map<String, Rule> rules() {
    return Map.of(
        "MaxPool", PoolOperators::maximum,
        "AveragePool", PoolOperators::mean,
        "GlobalAveragePool", PoolOperators::global,
        "Dropout", PoolOperators::dropout,
        "Softmax", PoolOperators::softmax,
        "LogSoftmax", PoolOperators::softmax);
  }

  private static Window window(Call call, Signal x) {
    OnnxNode node = call.node();
    int kernel = node.same("kernel_shape", 0);
    if (kernel < 1) {
      throw call.refused("kernel_shape is missing");
    }
    if (node.same("dilations", 1) != 1) {
      throw call.refused("dilations are not read, use dilation=1");
    }
    Window window = Window.of(call, x.form(), kernel);
    if (node.whole("ceil_mode", 0) != 0 && !window.fills(x.form())) {
      throw call.refused("ceil_mode=True is not read where it adds a window: use ceil_mode=False");
    }
    return window;
  }

  private static Value maximum(Call call) {
    Signal x = call.signal(0, Layout.IMAGES);
    if (call.node().outputs().size() > 1 && !call.node().outputs().get(1).isEmpty()) {
      throw call.refused("the places of the maxima are not read");
    }
    Window window = window(call, x);
    String words =
        "maxpool "
            + window.kernel()
            + (window.stride() == window.kernel() ? "" : " stride=" + window.stride())
            + (window.padding() == 0 ? "" : " pad=" + window.padding());
    return Signal.of(call.layer(x, words), window.output(x.form(), x.form().channels()));
  }

  private static Value mean(Call call) {
    Signal x = call.signal(0, Layout.IMAGES);
    Window window = window(call, x);
    Form form = x.form();
    if (window.padding() != 0) {
      throw call.refused("padding of an average-pool is not read, use padding=0");
    }
    if (form.height() == window.kernel() && form.width() == window.kernel()) {
      return global(call);
    }
    if (window.stride() != window.kernel()) {
      throw call.refused(
          "windows of %d with stride %d overlap or leave out pixels: only stride = kernel_size is"
                  .formatted(window.kernel(), window.stride())
              + " read of an average-pool");
    }
    return Signal.of(
        call.layer(x, "avgpool " + window.kernel()), window.output(form, form.channels()));
  }

  private static Value global(Call call) {
    return global(call, call.signal(0, Layout.IMAGES));
  }

  /** The mean of every channel, one pixel. */
  static Signal global(Call call, Signal x) {
    return Signal.of(call.layer(x, "avgpool"), Form.images(x.form().channels(), 1, 1));
  }

  /** The share is an input from opset 12 on; whether it was traced in training does not matter. */
  private static Value dropout(Call call) {
    double share = call.node().number("ratio", 0.5);
    if (call.input(1) != null) {
      OnnxTensor ratio = call.weight(1, "the ratio");
      if (ratio.size() != 1) {
        throw call.refused("the ratio must be one number");
      }
      share = Double.parseDouble(Float.toString((float) ratio.number(0)));
    }
    if (call.node().outputs().size() > 1 && call.opset() < 10) {
      throw call.refused("the mask is not read");
    }
    Signal x = call.signal(0);
    return share == 0 ? x : Signal.of(call.layer(x, "dropout " + share), x.form());
  }

  private static Value softmax(Call call) {
    Signal x = call.signal(0, Layout.FEATURES);
    int axis = call.axis(call.opset() < 13 ? 1 : -1, 2);
    if (axis != 1) {
      throw call.refused("it must be over the outputs of each sample, got axis=" + axis);
    }
    return new Value.Ended(call.node(), x);
  }
}
