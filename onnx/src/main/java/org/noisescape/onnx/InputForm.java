package org.noisescape.onnx;

import java.util.Arrays;
import java.util.List;
import org.noisescape.onnx.Form.Layout;

/** How the samples of a model lie, which its file says by the lengths of axes only. */
final class InputForm {
  /** More channels than this no picture has. */
  private static final int MOST_CHANNELS = 4;

  private static final List<String> CHANNELS_FIRST =
      List.of("Conv", "BatchNormalization", "MaxPool", "AveragePool", "GlobalAveragePool");

  private InputForm() {}

  /**
   * The form.
   *
   * @param order nodes, of which the first one that reads the input tells whether channels come
   *     first
   */
  static Form of(OnnxModel.Input input, List<OnnxNode> order) {
    int[] shape = input.shape();
    if (shape == null || shape.length < 2 || shape.length > 4) {
      throw new IllegalArgumentException(
          "its input '%s' must have the axes of samples and of features or images, got %s"
              .formatted(input.name(), shape == null ? "no shape" : Arrays.toString(shape)));
    }
    return switch (shape.length) {
      case 2 -> Form.features(shape[1]);
      case 3 -> Form.images(1, shape[1], shape[2]).as(Layout.PLANES);
      default ->
          channelsLast(shape, first(input.name(), order))
              ? Form.images(shape[3], shape[1], shape[2]).as(Layout.CHANNELS_LAST)
              : Form.images(shape[1], shape[2], shape[3]);
    };
  }

  private static OnnxNode first(String name, List<OnnxNode> order) {
    return order.stream().filter(node -> node.inputs().contains(name)).findFirst().orElse(null);
  }

  private static boolean channelsLast(int[] shape, OnnxNode reader) {
    if (reader == null || CHANNELS_FIRST.contains(reader.operator())) {
      return false;
    }
    long[] moved = reader.wholes("perm");
    boolean transposed = reader.operator().equals("Transpose") && moved != null;
    return transposed && moved.length == 4
        ? moved[1] == 3
        : shape[3] != OnnxModel.UNKNOWN
            && shape[3] <= MOST_CHANNELS
            && (shape[1] == OnnxModel.UNKNOWN || shape[1] > MOST_CHANNELS);
  }
}
