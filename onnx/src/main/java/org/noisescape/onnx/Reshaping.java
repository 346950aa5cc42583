package org.noisescape.onnx;

import java.util.Arrays;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.Value.Groups;
import org.noisescape.onnx.Value.Signal;

/** What a new shape makes of a signal. */
final class Reshaping {
  private Reshaping() {}

  /** The signal in its new shape. */
  static Value of(Call call, Signal signal, long... wanted) {
    Form form = signal.form();
    long[] sizes = form.sizes();
    if (fits(sizes, wanted)) {
      return signal;
    }
    if (wanted.length == 2 && isBatch(wanted[0], wanted[1]) && isRest(form, wanted[1])) {
      return ShapeOperators.flattened(call, signal);
    }
    if (wanted.length == 4 && form.layout() != Layout.PIXELS) {
      Signal image = image(signal, wanted);
      if (image != null) {
        return image;
      }
    }
    boolean groups =
        wanted.length == 3
            && isBatch(wanted[0], 1)
            && wanted[1] > 0
            && wanted[1] <= Integer.MAX_VALUE
            && (form.layout() == Layout.IMAGES || form.layout() == Layout.FEATURES);
    if (groups) {
      return new Groups(call.node(), signal, (int) wanted[1], 0);
    }
    throw call.refused(
        "a reshape from %s to %s is not read: only images become features"
            .formatted(text(sizes), text(wanted)));
  }

  /** Features that are fed as one axis, or an image of one channel whose axis moves. */
  private static Signal image(Signal signal, long... wanted) {
    Form form = signal.form();
    boolean first = signal.layer().kind() == Kind.INPUT && form.layout() == Layout.FEATURES;
    boolean fed = first && isSize(wanted[1]) && isSize(wanted[2]) && isSize(wanted[3]);
    if (fed && ShapeNumbers.product(wanted[1], wanted[2], wanted[3]) == form.channels()) {
      Form images = Form.images((int) wanted[1], (int) wanted[2], (int) wanted[3]);
      boolean last = wanted[3] <= 4 && wanted[1] > 4;
      Form turned = Form.images((int) wanted[3], (int) wanted[1], (int) wanted[2]);
      // features of several channels are fed channel by channel
      if (last && wanted[3] > 1) {
        return null;
      }
      return Signal.of(signal.layer(), last ? turned.as(Layout.CHANNELS_LAST) : images);
    }
    boolean plane = form.channels() == 1 && !form.isFlat();
    if (plane && fits(form.as(Layout.IMAGES).sizes(), wanted)) {
      return signal.as(Layout.IMAGES);
    }
    if (plane && fits(form.as(Layout.CHANNELS_LAST).sizes(), wanted)) {
      return signal.as(Layout.CHANNELS_LAST);
    }
    return null;
  }

  private static boolean isSize(long length) {
    return length > 0 && length <= Integer.MAX_VALUE;
  }

  /** Whether a shape is what is there; at most one length may be left open. */
  static boolean fits(long[] sizes, long... wanted) {
    if (sizes.length != wanted.length) {
      return false;
    }
    int open = 0;
    for (int i = 0; i < sizes.length; i++) {
      boolean kept = wanted[i] == 0 || wanted[i] == sizes[i];
      boolean batch = i == 0 && isBatch(wanted[0], 1);
      open += wanted[i] == -1 || wanted[i] == ShapeNumbers.UNKNOWN ? 1 : 0;
      if (!kept && !batch && wanted[i] != -1 && wanted[i] != ShapeNumbers.UNKNOWN) {
        return false;
      }
    }
    return open <= 1;
  }

  /**
   * Whether the first length is that of the batch: by name, or as 1, with which models are traced.
   */
  private static boolean isBatch(long length, long rest) {
    return length == ShapeNumbers.BATCH
        || length == 0
        || length == 1
        || (length == -1 && rest != -1);
  }

  private static boolean isRest(Form form, long length) {
    int size = form.size();
    return length == -1
        || length == size
        || length == ShapeNumbers.UNKNOWN
        || (size == OnnxModel.UNKNOWN && length > 0);
  }

  private static String text(long... sizes) {
    return Arrays.stream(sizes)
        .mapToObj(
            size ->
                size == ShapeNumbers.BATCH
                    ? "N"
                    : size == ShapeNumbers.UNKNOWN ? "?" : Long.toString(size))
        .toList()
        .toString();
  }
}
