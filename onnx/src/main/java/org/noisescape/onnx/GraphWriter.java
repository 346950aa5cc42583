package org.noisescape.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.noisescape.train.StoredTensor;

/** Nodes and constants of a graph that is written, as messages. */
final class GraphWriter {
  /** Attributes of a node. */
  private static final int ATTRIBUTE = 5;

  private static final int IS_FLOAT = 1;
  private static final int IS_INT = 2;
  private static final int IS_INTS = 7;

  private final List<OnnxMessage> nodes = new ArrayList<>();
  private final List<OnnxMessage> constants = new ArrayList<>();
  private int values;

  /** A setting of a node. */
  interface Setting {
    /** Adds it to the message of its node. */
    void addTo(OnnxMessage node);
  }

  static Setting whole(String name, long value) {
    return node ->
        node.message(ATTRIBUTE, new OnnxMessage().word(1, name).whole(3, value).whole(20, IS_INT));
  }

  static Setting number(String name, double value) {
    return node ->
        node.message(
            ATTRIBUTE,
            new OnnxMessage().word(1, name).number(2, (float) value).whole(20, IS_FLOAT));
  }

  static Setting wholes(String name, long... values) {
    return node ->
        node.message(
            ATTRIBUTE, new OnnxMessage().word(1, name).wholes(8, values).whole(20, IS_INTS));
  }

  /**
   * Adds a node.
   *
   * @param operator its type
   * @param inputs names of values
   * @return the name of its value
   */
  String node(String operator, List<String> inputs, Setting... settings) {
    OnnxMessage node = new OnnxMessage();
    inputs.forEach(input -> node.word(1, input));
    String value = operator + "_" + values++;
    node.word(2, value).word(3, value).word(4, operator);
    for (Setting setting : settings) {
      setting.addTo(node);
    }
    nodes.add(node);
    return value;
  }

  /** Adds a parameter, rounded to float32, under its own name. */
  String parameter(StoredTensor tensor, long... shape) {
    return parameter(tensor, null, shape);
  }

  /**
   * Adds a parameter with its elements in another order.
   *
   * @param from element i is element {@code from[i]} of the tensor's; null for the same order
   */
  String parameter(StoredTensor tensor, int[] from, long... shape) {
    double[] elements = tensor.toDoubles();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(elements.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements.length; i++) {
      bytes.putFloat((float) elements[from == null ? i : from[i]]);
    }
    return constant(tensor.name(), OnnxTensor.FLOAT, bytes.flip(), shape);
  }

  /** Adds a number. */
  String scalar(double value) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return constant("constant_" + values++, OnnxTensor.FLOAT, bytes.putFloat((float) value).flip());
  }

  /** Adds as many of one number. */
  String vector(int count, double value) {
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) value);
    }
    return constant("constant_" + values++, OnnxTensor.FLOAT, bytes.flip(), count);
  }

  /** Adds a shape. */
  String shape(long... lengths) {
    ByteBuffer bytes =
        ByteBuffer.allocate(lengths.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long length : lengths) {
      bytes.putLong(length);
    }
    return constant("constant_" + values++, OnnxTensor.INT64, bytes.flip(), lengths.length);
  }

  private String constant(String name, int type, ByteBuffer bytes, long... shape) {
    constants.add(new OnnxMessage().wholes(1, shape).whole(2, type).word(8, name).bytes(9, bytes));
    return name;
  }

  /**
   * The whole model.
   *
   * @param output name of the value that the network gives
   */
  OnnxMessage model(String name, String input, long[] sizes, String output, long outputs) {
    OnnxMessage graph = new OnnxMessage();
    nodes.forEach(node -> graph.message(1, node));
    graph.word(2, name);
    constants.forEach(constant -> graph.message(5, constant));
    graph.message(11, value(input, sizes)).message(12, value(output, outputs));
    return new OnnxMessage()
        .whole(1, NetworkWriter.IR_VERSION)
        .word(2, "noisescape")
        .message(7, graph)
        .message(8, new OnnxMessage().word(1, "").whole(2, NetworkWriter.OPSET));
  }

  /** A value of float32 whose first axis is the batch. */
  private static OnnxMessage value(String name, long... sizes) {
    OnnxMessage shape = new OnnxMessage().message(1, new OnnxMessage().word(2, "N"));
    for (long size : sizes) {
      shape.message(1, new OnnxMessage().whole(1, size));
    }
    OnnxMessage tensor = new OnnxMessage().whole(1, OnnxTensor.FLOAT).message(2, shape);
    return new OnnxMessage().word(1, name).message(2, new OnnxMessage().message(1, tensor));
  }
}
