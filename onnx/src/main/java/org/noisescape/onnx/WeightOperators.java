package org.noisescape.onnx;

import java.util.List;
import java.util.Map;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.GraphLayer.Weight;
import org.noisescape.onnx.Value.Product;
import org.noisescape.onnx.Value.Signal;

/** Operators with weights: dense layers and convolutions. */
final class WeightOperators {
  private static final String WEIGHT = "the weight";
  private static final String BIAS = "the bias";

  private WeightOperators() {}

  static Map<String, Rule> rules() {
    return Map.of(
        "Gemm", WeightOperators::gemm,
        "MatMul", WeightOperators::matMul,
        "Conv", WeightOperators::convolution);
  }

  private static Value gemm(Call call) {
    OnnxNode node = call.node();
    Signal x = flat(call);
    OnnxTensor weight = call.weight(1, WEIGHT);
    if (node.whole("transA", 0) != 0) {
      throw call.refused("transA=1 is not read: samples are the rows of its first input");
    }
    matrix(call, weight);
    OnnxTensor matrix = node.whole("transB", 0) == 0 ? weight : weight.transposed();
    OnnxTensor scaled = matrix.times(node.number("alpha", 1));
    Product product = new Product(node, x, scaled);
    double beta = node.number("beta", 1);
    return node.has(2) && beta != 0
        ? dense(call, product, call.weight(2, BIAS).times(beta))
        : product;
  }

  private static Value matMul(Call call) {
    OnnxTensor weight = call.weight(1, WEIGHT);
    matrix(call, weight);
    return new Product(call.node(), flat(call), weight);
  }

  private static void matrix(Call call, OnnxTensor weight) {
    if (weight.shape().length != 2) {
      throw call.refused("the weight is no matrix: only dense layers of features are read");
    }
  }

  private static Signal flat(Call call) {
    Signal x = call.signal(0);
    return x.form().layout() == Layout.PIXELS ? x : call.signal(0, Layout.FEATURES);
  }

  /**
   * A dense layer, whose weight here is (out, in) with images channel by channel.
   *
   * @param call who adds the bias
   */
  static Signal dense(Call call, Product product, OnnxTensor bias) {
    Form form = product.x().form();
    int inputs = product.weight().shape()[0];
    int outputs = product.weight().shape()[1];
    if (form.size() != OnnxModel.UNKNOWN && form.size() != inputs) {
      throw product
          .node()
          .refused("the weight takes %d features, its input has %d".formatted(inputs, form.size()));
    }
    boolean vector =
        bias.size() == outputs && bias.shapeWithoutLeadingOnes().length <= 1 && outputs > 0;
    if (!vector) {
      throw call.refused(
          "a bias of %d entries for %d outputs is not read".formatted(bias.size(), outputs));
    }
    OnnxTensor weight =
        form.layout() == Layout.PIXELS
            ? channelsFirst(product.weight().transposed(), form)
            : product.weight().transposed();
    String path = LayerPath.of(product.weight().name(), product.node().name());
    GraphLayer layer =
        GraphLayer.of(
            product.x().layer(),
            "linear " + outputs,
            product.node(),
            path,
            List.of(new Weight("weight", weight), new Weight("bias", bias.reshaped(outputs))),
            List.of());
    return Signal.of(layer, Form.features(outputs));
  }

  /** Columns in the order of channels, height, width instead of height, width, channels. */
  private static OnnxTensor channelsFirst(OnnxTensor weight, Form form) {
    int columns = weight.shape()[1];
    int pixels = form.height() * form.width();
    int[] from = new int[weight.size()];
    for (int i = 0; i < from.length; i++) {
      int column = i % columns;
      int channel = column / pixels;
      from[i] = i - column + column % pixels * form.channels() + channel;
    }
    return weight.gathered(from, weight.shape());
  }

  private static Value convolution(Call call) {
    OnnxNode node = call.node();
    Signal x = call.signal(0, Layout.IMAGES);
    OnnxTensor weight = call.weight(1, WEIGHT);
    int[] shape = weight.shape();
    if (shape.length != 4 || shape[2] != shape[3] || shape[2] == 0) {
      throw call.refused("only two-dimensional convolutions with square kernels are read");
    }
    if (node.whole("group", 1) != 1) {
      throw call.refused(
          "group=%d: convolutions in groups are not read, use groups=1"
              .formatted(node.whole("group", 1)));
    }
    if (node.same("dilations", 1) != 1) {
      throw call.refused("dilations are not read, use dilation=1");
    }
    if (node.same("kernel_shape", shape[2]) != shape[2]) {
      throw call.refused("kernel_shape is not that of the weight");
    }
    if (x.form().channels() != OnnxModel.UNKNOWN && x.form().channels() != shape[1]) {
      throw call.refused(
          "the weight takes %d channels, its input has %d"
              .formatted(shape[1], x.form().channels()));
    }
    Window window = Window.of(call, x.form(), shape[2]);
    OnnxTensor bias = node.has(2) ? call.vector(2, BIAS, shape[0]) : null;
    String words =
        "conv %d %dx%d".formatted(shape[0], shape[2], shape[2])
            + (window.stride() == 1 ? "" : " stride=" + window.stride())
            + (window.padding() == 0 ? "" : " pad=" + window.padding());
    GraphLayer layer = convolution(x.layer(), words, node, weight, bias);
    return Signal.of(layer, window.output(x.form(), shape[0]));
  }

  private static GraphLayer convolution(
      GraphLayer from, String words, OnnxNode node, OnnxTensor weight, OnnxTensor bias) {
    String path = LayerPath.of(weight.name(), node.name());
    Weight kernel = new Weight("weight", weight);
    return bias == null
        ? GraphLayer.of(from, words + " bias=no", node, path, List.of(kernel), List.of())
        : GraphLayer.of(
            from, words, node, path, List.of(kernel, new Weight("bias", bias)), List.of());
  }

  /** A convolution that had no bias, with one that is added after it; null where it is none. */
  static Signal withBias(Signal signal, OnnxTensor bias) {
    GraphLayer layer = signal.layer();
    String without = " bias=no";
    int channels = signal.form().channels();
    int[] shape = bias.shapeWithoutLeadingOnes();
    boolean ofChannels =
        signal.form().layout() == Layout.IMAGES
            && bias.size() == channels
            && (channels == 1 || (shape.length == 3 && shape[0] == channels));
    if (!ofChannels || !layer.words().startsWith("conv ") || !layer.words().endsWith(without)) {
      return null;
    }
    String words = layer.words().substring(0, layer.words().length() - without.length());
    OnnxTensor weight = layer.parameters().getFirst().tensor();
    GraphLayer biased =
        convolution(layer.from().getFirst(), words, layer.node(), weight, bias.reshaped(channels));
    return Signal.of(biased, signal.form());
  }
}
