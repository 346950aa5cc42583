package org.noisescape.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.onnx.GraphWriter.number;
import static org.noisescape.onnx.GraphWriter.whole;
import static org.noisescape.onnx.GraphWriter.wholes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each operator becomes, and what is said of a node that becomes nothing. */
class OperatorsTest {
  @TempDir Path folder;

  private String text(ModelFile file) throws IOException {
    return OnnxNetwork.read(file.in(folder)).description().text();
  }

  /** An image of two channels, a convolution, and something behind it. */
  private static ModelFile image() {
    return new ModelFile().input(2, 8, 8).floats("k", 4, 2, 3, 3);
  }

  private void read(String expected, Consumer<ModelFile> nodes) throws IOException {
    ModelFile file = image();
    nodes.accept(file);
    assertThat(text(file)).isEqualTo("input 2x8x8, " + expected);
  }

  private void refused(String complaint, Consumer<ModelFile> nodes) throws IOException {
    ModelFile file = image();
    nodes.accept(file);
    Path path = file.in(folder);
    assertThatThrownBy(() -> OnnxNetwork.read(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(path + ": node 'the ")
        .hasMessageContaining(complaint);
  }

  @Test
  void convolutionsAndPoolsTakeTheirWindowsFromAttributes() throws IOException {
    read("conv 4 3x3 bias=no", f -> f.node("Conv", "x k", "y"));
    read(
        "conv 4 3x3 stride=2 pad=1",
        f ->
            f.floats("b", 4)
                .node("Conv", "x k b", "y", wholes("strides", 2, 2), wholes("pads", 1, 1, 1, 1)));
    read(
        "conv 4 3x3 pad=1 bias=no",
        f -> f.node("Conv", "x k", "y", SAME, wholes("kernel_shape", 3, 3)));
    read(
        "conv 4 3x3",
        f -> f.floats("b", 1, 4, 1, 1).node("Conv", "x k", "c").node("Add", "c b", "y"));
    read(
        "maxpool 3 stride=1 pad=1",
        f -> f.node("MaxPool", "x", "y", wholes("kernel_shape", 3, 3), wholes("pads", 1, 1, 1, 1)));
    read(
        "avgpool 2",
        f ->
            f.node(
                "AveragePool",
                "x",
                "y",
                wholes("kernel_shape", 2, 2),
                wholes("strides", 2, 2),
                whole("ceil_mode", 1)));
    read("avgpool", f -> f.node("AveragePool", "x", "y", wholes("kernel_shape", 8, 8)));
    read(
        "avgpool, flatten",
        f -> f.node("ReduceMean", "x", "y", wholes("axes", 2, 3), whole("keepdims", 0)));
    read(
        "avgpool, flatten",
        f ->
            f.wholes("a", -1, -2)
                .wholes("s", 2, 3)
                .node("ReduceMean", "x a", "m")
                .node("Squeeze", "m s", "y"));
  }

  private static final GraphWriter.Setting SAME =
      node ->
          node.message(5, new OnnxMessage().word(1, "auto_pad").word(4, "SAME_UPPER").whole(20, 3));

  @Test
  void shapesThatExportersComputeAreFollowed() throws IOException {
    read(
        "flatten",
        f ->
            f.wholes("zero", 0)
                .wholes("rest", -1)
                .node("Shape", "x", "s")
                .node("Gather", "s zero", "n")
                .node("Concat", "n rest", "t", whole("axis", 0))
                .node("Reshape", "x t", "y"));
    read(
        "flatten",
        f ->
            f.wholes("one", 1)
                .wholes("two", 2)
                .wholes("end", 4)
                .wholes("minus", -1)
                .node("Shape", "x", "s")
                .node("Slice", "s one end", "i")
                .node("ReduceProd", "i", "p")
                .node("Concat", "minus p", "t", whole("axis", 0))
                .node("Reshape", "x t", "y"));
    read("flatten", f -> f.wholes("t", 0, 128).node("Reshape", "x t", "y"));
    read("relu", f -> f.node("Identity", "x", "a").node("Relu", "a", "y"));
    refused(
        "a reshape from [N, 2, 8, 8] to [N, 64] is not read",
        f -> f.wholes("t", 0, 64).node("Reshape", "x t", "y"));
    refused(
        "only all axes but the batch are made one",
        f -> f.node("Flatten", "x", "y", whole("axis", 2)));
    refused(
        "perm=[0, 1, 3, 2]: only channels are moved",
        f -> f.node("Transpose", "x", "y", wholes("perm", 0, 1, 3, 2)));
    refused("a cast to double changes numbers", f -> f.node("Cast", "x", "y", whole("to", 11)));
  }

  @Test
  void activationsAreKnownByTheirValuesHoweverTheyAreWritten() throws IOException {
    read("relu", f -> f.node("Relu", "x", "y"));
    read("leaky-relu", f -> f.node("LeakyRelu", "x", "y"));
    read("silu", f -> f.node("Sigmoid", "x", "s").node("Mul", "s x", "y"));
    read(
        "tanh, silu",
        f -> f.node("Tanh", "x", "t").node("Sigmoid", "t", "s").node("Mul", "t s", "y"));
    read(
        "softplus",
        f ->
            f.tensor(scalar("one", 1))
                .node("Exp", "x", "e")
                .node("Add", "one e", "a")
                .node("Log", "a", "y"));
    read(
        "gelu",
        f ->
            f.tensor(scalar("r", 0.70710678f))
                .tensor(scalar("h", 0.5f))
                .tensor(scalar("one", 1))
                .node("Mul", "r x", "a")
                .node("Erf", "a", "b")
                .node("Add", "one b", "c")
                .node("Mul", "h c", "d")
                .node("Mul", "x d", "y"));
    read("residual(tanh)", f -> f.node("Tanh", "x", "t").node("Add", "t x", "y"));
    refused(
        "alpha=0.2: leaky ReLUs here have the slope 0.01",
        f -> f.node("LeakyRelu", "x", "y", number("alpha", 0.2)));
    refused(
        "this function of each element is none of identity, relu",
        f -> f.node("Mul", "x x", "a").node("Relu", "a", "b").node("Conv", "b k", "y"));
    refused("this operator is not read; read are dense layers", f -> f.node("Elu", "x", "y"));
    refused(
        "a constant of 2 entries is combined", f -> f.floats("v", 2, 1, 1).node("Mul", "x v", "y"));
  }

  private static OnnxMessage scalar(String name, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    return ModelFile.tensor(name, OnnxTensor.FLOAT).bytes(9, bytes.flip());
  }

  @Test
  void concatenationsOfOneListBesideAnotherAreNested() throws IOException {
    read(
        "concat(input | conv 4 3x3 pad=1 bias=no), concat(input | maxpool 3 stride=1 pad=1)",
        f ->
            f.node("Conv", "x k", "a", wholes("pads", 1, 1, 1, 1))
                .node("Concat", "x a", "c", whole("axis", 1))
                .node("MaxPool", "c", "p", wholes("kernel_shape", 3, 3), wholes("pads", 1, 1, 1, 1))
                .node("Concat", "x a p", "y", whole("axis", 1)));
    refused(
        "axis=2: only channels are joined",
        f -> f.node("Relu", "x", "a").node("Concat", "x a", "y", whole("axis", 2)));
    refused(
        "branches of different heights or widths are joined",
        f -> f.node("Conv", "x k", "a").node("Concat", "x a", "y", whole("axis", 1)));
    refused(
        "branches of different shapes are added",
        f -> f.node("Conv", "x k", "a").node("Add", "x a", "y"));
  }

  @Test
  void layersThatAreNoneHereAreRefusedByTheirNode() throws IOException {
    refused(
        "group=2: convolutions in groups are not read",
        f -> f.floats("g", 4, 1, 3, 3).node("Conv", "x g", "y", whole("group", 2)));
    refused("dilations are not read", f -> f.node("Conv", "x k", "y", wholes("dilations", 2, 2)));
    refused(
        "strides=[1, 2]: only the same for rows and columns",
        f -> f.node("Conv", "x k", "y", wholes("strides", 1, 2)));
    refused("square kernels", f -> f.floats("l", 4, 2, 3, 1).node("Conv", "x l", "y"));
    refused(
        "takes 3 channels, its input has 2",
        f -> f.floats("l", 4, 3, 3, 3).node("Conv", "x l", "y"));
    refused(
        "auto_pad pads [1, 1] rows and columns",
        f -> f.node("Conv", "x k", "y", SAME, wholes("strides", 2, 2)));
    refused(
        "windows of 3 with stride 2 overlap",
        f ->
            f.node("AveragePool", "x", "y", wholes("kernel_shape", 3, 3), wholes("strides", 2, 2)));
    refused(
        "ceil_mode=True is not read where it adds a window",
        f ->
            f.node(
                "MaxPool",
                "x",
                "y",
                wholes("kernel_shape", 3, 3),
                wholes("strides", 2, 2),
                whole("ceil_mode", 1)));
    refused(
        "its input is no vector of features",
        f -> f.floats("w", 128, 3).floats("b", 3).node("Gemm", "x w b", "y"));
    refused(
        "is read at the end only",
        f -> f.node("Flatten", "x", "a").node("Softmax", "a", "s").node("Relu", "s", "y"));
    refused(
        "no bias is added to this product",
        f -> f.floats("w", 128, 3).node("Flatten", "x", "a").node("MatMul", "a w", "y"));
    refused(
        "takes 99 features, its input has 128",
        f ->
            f.floats("w", 99, 3)
                .floats("b", 3)
                .node("Flatten", "x", "a")
                .node("Gemm", "a w b", "y"));
    refused(
        "transA=1 is not read",
        f ->
            f.floats("w", 128, 3)
                .floats("b", 3)
                .node("Flatten", "x", "a")
                .node("Gemm", "a w b", "y", whole("transA", 1)));
    refused(
        "pads=[0, 0, 1, 1, 0, 0, 1, 1]: pixels are added by convolutions",
        f -> f.wholes("p", 0, 0, 1, 1, 0, 0, 1, 1).node("Pad", "x p", "y"));
  }

  @Test
  void normalisationsNeedAScaleAndABiasOfEveryFeatureOrChannel() throws IOException {
    for (String operator : List.of("LayerNormalization", "GroupNormalization")) {
      read(
          operator.startsWith("L") ? "layernorm eps=0.001" : "groupnorm 2 eps=0.001",
          f -> {
            long size = operator.startsWith("L") ? 128 : 2;
            f.floats("s", size).floats("t", size);
            f.node(
                operator,
                "x s t",
                "y",
                whole("axis", 1),
                whole("num_groups", 2),
                number("epsilon", 1e-3));
          });
    }
    refused(
        "it has no bias",
        f -> f.floats("s", 128).node("LayerNormalization", "x s", "y", whole("axis", 1)));
    refused(
        "axis=3 of 4: only normalisations over all features",
        f -> f.floats("s", 8).node("LayerNormalization", "x s s", "y"));
    refused(
        "it has a scale a group, as before opset 21",
        f -> f.floats("s", 1).node("GroupNormalization", "x s s", "y", whole("num_groups", 1)));
    refused(
        "the scale has shape [3], expected 2 entries",
        f -> f.floats("s", 3).node("BatchNormalization", "x s s s s", "y"));
    refused(
        "no scale or bias of every feature follows this normalisation",
        f -> {
          f.wholes("t", 0, 2, -1).tensor(ones("o", 1)).tensor(ones("z", 0));
          f.node("Reshape", "x t", "r").node("InstanceNormalization", "r o z", "i");
          f.node("Shape", "x", "s").node("Reshape", "i s", "y");
        });
  }

  private static OnnxMessage ones(String name, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return ModelFile.tensor(name, OnnxTensor.FLOAT, 2)
        .bytes(9, bytes.putFloat(value).putFloat(value).flip());
  }
}
