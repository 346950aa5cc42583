package org.noisescape.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.noisescape.nn.Activate;
import org.noisescape.nn.AveragePool2d;
import org.noisescape.nn.BatchNorm;
import org.noisescape.nn.Concatenation;
import org.noisescape.nn.Conv2d;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Dropout;
import org.noisescape.nn.Flatten;
import org.noisescape.nn.GroupNorm;
import org.noisescape.nn.Layer;
import org.noisescape.nn.LayerNorm;
import org.noisescape.nn.MaxPool2d;
import org.noisescape.nn.Network;
import org.noisescape.nn.Residual;
import org.noisescape.nn.Sequential;
import org.noisescape.tensor.Activation;
import org.noisescape.train.StoredTensor;

/**
 * Writes a network's layers as operators of opset 17, which read images as (N, C, H, W).
 *
 * <p>Group normalisation, GELU and SiLU, which that opset lacks or which came later, are written
 * out, the first as PyTorch's exporter does.
 */
final class NetworkWriter {
  static final int OPSET = 17;

  /** The version of the format that came with the opset. */
  static final int IR_VERSION = 8;

  private static final String INPUT = "input";

  private final GraphWriter graph = new GraphWriter();
  private final Iterator<StoredTensor> parameters;
  private final Iterator<StoredTensor> statistics;

  private NetworkWriter(Iterator<StoredTensor> parameters, Iterator<StoredTensor> statistics) {
    this.parameters = parameters;
    this.statistics = statistics;
  }

  /**
   * The model of a network.
   *
   * @param tensors parameters in their order, then running statistics
   * @throws IllegalArgumentException in one line where a layer has no operator
   */
  static OnnxMessage model(Network network, List<StoredTensor> tensors) {
    int count = network.parameters().size();
    NetworkWriter writer =
        new NetworkWriter(
            tensors.subList(0, count).iterator(),
            tensors.subList(count, tensors.size()).iterator());
    String output = writer.layer(network.layer(), INPUT, network.inputShape());
    int[] shape = network.inputShape();
    long[] sizes =
        network.takesImages() ? new long[] {shape[2], shape[0], shape[1]} : new long[] {shape[0]};
    return writer.graph.model("network", INPUT, sizes, output, network.outputSize());
  }

  /** Adds a layer; returns the name of its value. */
  private String layer(Layer layer, String x, int[] shape) {
    if (layer instanceof Sequential chain) {
      String value = x;
      int[] at = shape;
      for (Sequential.Child child : chain.children()) {
        value = layer(child.layer(), value, at);
        at = child.layer().outputShape(at);
      }
      return value;
    }
    if (layer instanceof Residual block) {
      String main = layer(block.main(), x, shape);
      String around = block.shortcut() == null ? x : layer(block.shortcut(), x, shape);
      return graph.node("Add", List.of(main, around));
    }
    if (layer instanceof Concatenation block) {
      List<String> branches = new ArrayList<>();
      for (Concatenation.Branch branch : block.branches()) {
        branches.add(branch.layer() == null ? x : layer(branch.layer(), x, shape));
      }
      return graph.node("Concat", branches, GraphWriter.whole("axis", 1));
    }
    return single(layer, x, shape);
  }

  private String single(Layer layer, String x, int[] shape) {
    if (layer instanceof Activate activate) {
      return ActivationNodes.add(graph, activate.activation(), x);
    }
    if (layer instanceof Dense) {
      return graph.node("Gemm", List.of(x, next(), next()), GraphWriter.whole("transB", 1));
    }
    if (layer instanceof Conv2d conv) {
      return convolution(conv, x);
    }
    if (layer instanceof BatchNorm norm) {
      return graph.node(
          "BatchNormalization",
          List.of(x, next(), next(), of(statistics), of(statistics)),
          GraphWriter.number("epsilon", norm.epsilon()),
          GraphWriter.number("momentum", 1 - norm.momentum()));
    }
    if (layer instanceof LayerNorm norm) {
      return graph.node(
          "LayerNormalization",
          List.of(x, whole(shape), whole(shape)),
          GraphWriter.whole("axis", 1),
          GraphWriter.number("epsilon", norm.epsilon()));
    }
    if (layer instanceof GroupNorm norm) {
      return groups(norm, x, shape);
    }
    if (layer instanceof MaxPool2d pool) {
      return graph.node(
          "MaxPool",
          List.of(x),
          square("kernel_shape", pool.kernel()),
          square("strides", pool.stride()),
          around(pool.padding()));
    }
    if (layer instanceof AveragePool2d pool) {
      return pool.kernel() == 0
          ? graph.node("GlobalAveragePool", List.of(x))
          : graph.node(
              "AveragePool",
              List.of(x),
              square("kernel_shape", pool.kernel()),
              square("strides", pool.kernel()));
    }
    if (layer instanceof Flatten) {
      return graph.node("Flatten", List.of(x), GraphWriter.whole("axis", 1));
    }
    if (layer instanceof Dropout dropout) {
      return graph.node("Dropout", List.of(x, graph.scalar(dropout.probability())));
    }
    throw new IllegalArgumentException(
        "layer %s has no operator of ONNX: export to safetensors instead"
            .formatted(layer.getClass().getSimpleName()));
  }

  /** The next parameter as it is. */
  private String next() {
    return of(parameters);
  }

  private String of(Iterator<StoredTensor> tensors) {
    StoredTensor tensor = tensors.next();
    return graph.parameter(tensor, tensor.shape());
  }

  /** The next parameter of all features: (H, W, C) here, (C, H, W) there. */
  private String whole(int... shape) {
    StoredTensor tensor = parameters.next();
    if (shape.length == 1) {
      return graph.parameter(tensor, tensor.shape());
    }
    int pixels = shape[0] * shape[1];
    int[] from = new int[pixels * shape[2]];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % pixels * shape[2] + i / pixels;
    }
    return graph.parameter(tensor, from, shape[2], shape[0], shape[1]);
  }

  private String convolution(Conv2d conv, String x) {
    List<String> inputs = new ArrayList<>(List.of(x, next()));
    if (conv.bias() == Conv2d.Bias.ADDED) {
      inputs.add(next());
    }
    return graph.node(
        "Conv",
        inputs,
        square("kernel_shape", conv.kernel()),
        square("strides", conv.stride()),
        around(conv.padding()));
  }

  private String groups(GroupNorm norm, String x, int[] shape) {
    int channels = shape[shape.length - 1];
    int groups = norm.groupsOf(channels);
    String apart = graph.node("Reshape", List.of(x, graph.shape(0, groups, -1)));
    String normal =
        graph.node(
            "InstanceNormalization",
            List.of(apart, graph.vector(groups, 1), graph.vector(groups, 0)),
            GraphWriter.number("epsilon", norm.epsilon()));
    String together = graph.node("Reshape", List.of(normal, graph.node("Shape", List.of(x))));
    long[] sizes = shape.length == 1 ? new long[] {channels} : new long[] {channels, 1, 1};
    String scaled = graph.node("Mul", List.of(together, graph.parameter(parameters.next(), sizes)));
    return graph.node("Add", List.of(scaled, graph.parameter(parameters.next(), sizes)));
  }

  private static GraphWriter.Setting square(String name, int side) {
    return GraphWriter.wholes(name, side, side);
  }

  private static GraphWriter.Setting around(int padding) {
    long[] pads = new long[4];
    Arrays.fill(pads, padding);
    return GraphWriter.wholes("pads", pads);
  }

  /** Activations as operators. */
  private static final class ActivationNodes {
    private ActivationNodes() {}

    static String add(GraphWriter graph, Activation activation, String x) {
      return switch (activation) {
        case IDENTITY -> graph.node("Identity", List.of(x));
        case RELU -> graph.node("Relu", List.of(x));
        case TANH -> graph.node("Tanh", List.of(x));
        case SIGMOID -> graph.node("Sigmoid", List.of(x));
        case LEAKY_RELU -> graph.node("LeakyRelu", List.of(x), GraphWriter.number("alpha", 0.01));
        case SOFTPLUS -> graph.node("Softplus", List.of(x));
        case SILU -> graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
        case GELU -> {
          String scaled = graph.node("Div", List.of(x, graph.scalar(Math.sqrt(2))));
          yield half(graph, x, graph.node("Erf", List.of(scaled)));
        }
        case GELU_TANH -> {
          String cube = graph.node("Pow", List.of(x, graph.scalar(3)));
          String small = graph.node("Mul", List.of(cube, graph.scalar(0.044715)));
          String sum = graph.node("Add", List.of(x, small));
          String scaled = graph.node("Mul", List.of(sum, graph.scalar(Math.sqrt(2 / Math.PI))));
          yield half(graph, x, graph.node("Tanh", List.of(scaled)));
        }
      };
    }

    /** x (1 + f)/2. */
    private static String half(GraphWriter graph, String x, String f) {
      String one = graph.node("Add", List.of(f, graph.scalar(1)));
      return graph.node("Mul", List.of(graph.node("Mul", List.of(x, one)), graph.scalar(0.5)));
    }
  }
}
