package org.noisescape.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of ONNX put together by hand, right and wrong ones. */
final class ModelFile {
  private final OnnxMessage graph = new OnnxMessage();
  private long opset = 17;
  private long[] input = {6};
  private String output = "y";

  ModelFile opset(long version) {
    opset = version;
    return this;
  }

  /** Axes of the input behind the batch. */
  ModelFile input(long... sizes) {
    input = sizes;
    return this;
  }

  ModelFile output(String name) {
    output = name;
    return this;
  }

  /** A node that is called by its value. */
  ModelFile node(String operator, String inputs, String value, GraphWriter.Setting... settings) {
    OnnxMessage node = new OnnxMessage();
    List.of(inputs.split(" ")).forEach(name -> node.word(1, name));
    node.word(2, value).word(3, "the " + value).word(4, operator);
    List.of(settings).forEach(setting -> setting.addTo(node));
    graph.message(1, node);
    return this;
  }

  /** A tensor of float32 counting up from 0.1. */
  ModelFile floats(String name, long... shape) {
    int size = 1;
    for (long axis : shape) {
      size *= (int) axis;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat(0.1f + 0.01f * i);
    }
    return tensor(tensor(name, OnnxTensor.FLOAT, shape).bytes(9, bytes.flip()));
  }

  /** A tensor of 64-bit whole numbers. */
  ModelFile wholes(String name, long... values) {
    return tensor(tensor(name, OnnxTensor.INT64, values.length).wholes(7, values));
  }

  ModelFile tensor(OnnxMessage message) {
    graph.message(5, message);
    return this;
  }

  /** The beginning of a tensor. */
  static OnnxMessage tensor(String name, int type, long... shape) {
    return new OnnxMessage().wholes(1, shape).whole(2, type).word(8, name);
  }

  /** A place in another file. */
  static OnnxMessage entry(String key, String value) {
    return new OnnxMessage().word(1, key).word(2, value);
  }

  byte[] bytes() {
    try {
      ByteArrayOutputStream nodes = new ByteArrayOutputStream();
      graph.writeTo(Channels.newChannel(nodes));
      OnnxMessage shape = new OnnxMessage().message(1, new OnnxMessage().word(2, "N"));
      for (long size : input) {
        shape.message(1, new OnnxMessage().whole(1, size));
      }
      OnnxMessage tensor = new OnnxMessage().whole(1, 1).message(2, shape);
      OnnxMessage value =
          new OnnxMessage().word(1, "x").message(2, new OnnxMessage().message(1, tensor));
      OnnxMessage rest = new OnnxMessage().message(11, value);
      rest.message(12, new OnnxMessage().word(1, output));
      ByteArrayOutputStream ends = new ByteArrayOutputStream();
      rest.writeTo(Channels.newChannel(ends));
      ByteBuffer body = ByteBuffer.allocate(nodes.size() + ends.size());
      body.put(nodes.toByteArray()).put(ends.toByteArray()).flip();
      OnnxMessage whole = new OnnxMessage().whole(1, 8).bytes(7, body);
      whole.message(8, new OnnxMessage().whole(2, opset));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      whole.writeTo(Channels.newChannel(all));
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("m.onnx"), bytes());
  }
}
