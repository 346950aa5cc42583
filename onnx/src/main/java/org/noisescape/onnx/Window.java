package org.noisescape.onnx;

import java.util.Arrays;
import java.util.Locale;

/**
 * Square windows over an image.
 *
 * @param kernel side
 * @param stride step between windows
 * @param padding pixels on each side
 */
record Window(int kernel, int stride, int padding) {
  /** The window of a convolution or pool, as its attributes say. */
  static Window of(Call call, Form form, int kernel) {
    OnnxNode node = call.node();
    int stride = node.same("strides", 1);
    if (stride < 1) {
      throw call.refused("strides must be >= 1");
    }
    String automatic = node.word("auto_pad", "NOTSET");
    return switch (automatic.toUpperCase(Locale.ROOT)) {
      case "NOTSET", "" -> new Window(kernel, stride, node.same("pads", 0));
      case "VALID" -> new Window(kernel, stride, 0);
      default -> new Window(kernel, stride, same(call, form, kernel, stride));
    };
  }

  /** Padding such that an output has ⌈size/stride⌉ rows and columns. */
  private static int same(Call call, Form form, int kernel, int stride) {
    int[] totals = {total(form.height(), kernel, stride), total(form.width(), kernel, stride)};
    boolean even = totals[0] == totals[1] && totals[0] % 2 == 0 && totals[0] >= 0;
    if (!even) {
      throw call.refused(
          "auto_pad pads %s rows and columns, and only the same on all sides is read: name pads"
              .formatted(Arrays.toString(totals)));
    }
    return totals[0] / 2;
  }

  private static int total(int size, int kernel, int stride) {
    if (stride == 1) {
      return kernel - 1;
    }
    int windows = (size - 1) / stride;
    return size < 1 ? -1 : Math.max(windows * stride + kernel - size, 0);
  }

  /** The image after it. */
  Form output(Form form, int channels) {
    return Form.images(channels, length(form.height()), length(form.width()));
  }

  private int length(int size) {
    return size == OnnxModel.UNKNOWN ? size : Math.toIntExact(cells(size) / stride + 1);
  }

  private long cells(int size) {
    long cells = size + 2L * padding - kernel;
    if (cells < 0) {
      throw new IllegalArgumentException(
          "a window of %dx%d does not fit %d pixels with padding %d"
              .formatted(kernel, kernel, size, padding));
    }
    return cells;
  }

  /** Whether no window begins that the image does not fill. */
  boolean fills(Form form) {
    boolean known = form.height() != OnnxModel.UNKNOWN && form.width() != OnnxModel.UNKNOWN;
    return known && cells(form.height()) % stride == 0 && cells(form.width()) % stride == 0;
  }
}
