package org.noisescape.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * Square windows over an image.
 *
 * @param kernel side
 * @param stride step between windows
 * @param padding pixels on each side
 */
record SquareWindow(int kernel, int stride, int padding) {
  private static final int LARGEST = 1 << 15;

  /** What DL4J keeps of a window, an entry a direction. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Settings(
      int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {}

  /**
   * The window of a convolution or pool.
   *
   * @param layer what DL4J calls it
   * @param conf its configuration, for errors
   * @param input shape of its input
   * @throws IllegalArgumentException in one line where there is none such here
   */
  static SquareWindow of(String layer, Object conf, Settings settings, SampleForm input) {
    if (input.isFlat()) {
      throw Refusal.of(layer, conf, "its input must be an image: set the network's input type");
    }
    int kernel = same(layer, conf, "kernel size", settings.kernel(), 1);
    int stride = same(layer, conf, "stride", settings.stride(), 1);
    if (settings.dilation() != null && same(layer, conf, "dilation", settings.dilation(), 1) != 1) {
      throw Refusal.of(layer, conf, "dilations are not read: use dilation 1");
    }
    int padding =
        settings.mode() == ConvolutionMode.Same
            ? padding(layer, conf, input, kernel, stride)
            : same(layer, conf, "padding", settings.padding(), 0);
    return new SquareWindow(kernel, stride, padding);
  }

  private static int same(String layer, Object conf, String what, int[] lengths, int least) {
    boolean equal = lengths != null && lengths.length == 2 && lengths[0] == lengths[1];
    if (!equal || lengths[0] < least || lengths[0] > LARGEST) {
      throw Refusal.of(
          layer,
          conf,
          "%s %s is not read: only the same in both directions"
              .formatted(what, Arrays.toString(lengths)));
    }
    return lengths[0];
  }

  /** Padding such that an output has ⌈size/stride⌉ rows and columns. */
  private static int padding(String layer, Object conf, SampleForm input, int kernel, int stride) {
    if (stride > 1 && !input.isKnown()) {
      throw Refusal.of(
          layer,
          conf,
          "what ConvolutionMode.Same pads depends on the size of pictures, which the configuration"
              + " does not tell: set the input type InputType.convolutionalFlat(h, w, c), or name the"
              + " padding");
    }
    long rows = total(input.height(), kernel, stride);
    long columns = total(input.width(), kernel, stride);
    if (rows != columns || rows % 2 != 0) {
      throw Refusal.of(
          layer,
          conf,
          "ConvolutionMode.Same pads %d rows and %d columns, and only the same on all sides is read:"
                  .formatted(rows, columns)
              + " use Truncate with a padding");
    }
    return (int) rows / 2;
  }

  private static long total(long size, int kernel, int stride) {
    long windows = (size - 1) / stride;
    return stride == 1 ? kernel - 1 : Math.max(windows * stride + kernel - size, 0);
  }

  /** The image after it. */
  SampleForm output(SampleForm input, long channels) {
    return new SampleForm(channels, length(input.height()), length(input.width()));
  }

  private long length(long size) {
    if (size == SampleForm.UNKNOWN) {
      return size;
    }
    long cells = size + 2L * padding - kernel;
    if (cells < 0) {
      throw new IllegalArgumentException(
          "a window of %dx%d does not fit %d pixels with padding %d"
              .formatted(kernel, kernel, size, padding));
    }
    return cells / stride + 1;
  }

  /** As {@code stride=2 pad=1}, where that is not what is meant anyway. */
  String words(int usualStride) {
    return (stride == usualStride ? "" : " stride=" + stride)
        + (padding == 0 ? "" : " pad=" + padding);
  }
}
