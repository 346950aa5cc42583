package org.noisescape.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;

/**
 * Reads a file of ONNX, by the numbers of the fields that matter here; others are passed over.
 *
 * <p>What is allocated is bounded by the bytes of the file, and nothing is descended into twice.
 * Source: the IR specification of ONNX, messages ModelProto, GraphProto, NodeProto, AttributeProto
 * and ValueInfoProto.
 */
final class OnnxReader {
  /** The format's own messages end at 2 GiB; larger weights lie beside the file. */
  private static final int MOST_BYTES = 1 << 30;

  private static final int MOST_NODES = 20_000;
  private static final int MOST_OF_A_NODE = 4096;
  private static final List<String> OWN = List.of("", "ai.onnx");

  private final Path file;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> constants = new LinkedHashMap<>();
  private final List<OnnxModel.Input> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private long opset;
  private boolean graph;

  /** Whether the version that comes next is of other operators than ONNX's own. */
  private boolean foreignDomain;

  private OnnxReader(Path file) {
    this.file = file;
  }

  /** A message, read up to its end. */
  private interface Fields {
    void read(int tag, CodedInputStream in) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws WrongFile in one line where it is none of ONNX, or holds what is not read
   */
  static OnnxModel read(Path file) {
    byte[] bytes = InputFile.bytes(file, MOST_BYTES);
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.enableAliasing(true);
      return new OnnxReader(file).model(in);
    } catch (IOException e) {
      throw new WrongFile(file, "not a file of ONNX, or truncated: " + e.getMessage(), e);
    } catch (WrongFile e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }

  private OnnxModel model(CodedInputStream in) throws IOException {
    fields(
        in,
        (tag, from) -> {
          switch (WireFormat.getTagFieldNumber(tag)) {
            case 7 -> message(from, this::graph);
            case 8 -> message(from, this::opset);
            default -> from.skipField(tag);
          }
        });
    if (!graph) {
      throw new IllegalArgumentException("not a file of ONNX: it holds no graph");
    }
    List<OnnxModel.Input> fed =
        inputs.stream().filter(input -> !constants.containsKey(input.name())).toList();
    return new OnnxModel(opset, nodes, constants, fed, outputs);
  }

  private static void fields(CodedInputStream in, Fields fields) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.read(tag, in);
    }
  }

  private static void message(CodedInputStream in, Fields fields) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    fields(in, fields);
    in.popLimit(limit);
  }

  private void opset(int tag, CodedInputStream in) throws IOException {
    // two fields: domain, then version
    switch (WireFormat.getTagFieldNumber(tag)) {
      case 1 -> foreignDomain = !OWN.contains(in.readStringRequireUtf8());
      case 2 -> {
        long version = in.readInt64();
        opset = foreignDomain ? opset : version;
        foreignDomain = false;
      }
      default -> in.skipField(tag);
    }
  }

  private void graph(int tag, CodedInputStream in) throws IOException {
    graph = true;
    switch (WireFormat.getTagFieldNumber(tag)) {
      case 1 -> {
        require(nodes.size() < MOST_NODES, "more than %d nodes".formatted(MOST_NODES));
        nodes.add(node(in));
      }
      case 5 -> {
        int limit = in.pushLimit(in.readRawVarint32());
        OnnxTensor tensor = new OnnxTensorReader(file).read(in);
        in.popLimit(limit);
        require(
            constants.put(tensor.name(), tensor) == null,
            "two tensors are named '" + tensor.name() + "'");
        require(constants.size() < MOST_NODES, "more than %d tensors".formatted(MOST_NODES));
      }
      case 11 -> {
        require(inputs.size() < MOST_NODES, "more than %d inputs".formatted(MOST_NODES));
        inputs.add(value(in));
      }
      case 12 -> {
        require(outputs.size() < MOST_OF_A_NODE, "more than %d outputs".formatted(MOST_OF_A_NODE));
        outputs.add(value(in).name());
      }
      default -> in.skipField(tag);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private OnnxNode node(CodedInputStream in) throws IOException {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    String[] words = {"", "", ""};
    message(
        in,
        (tag, fields) -> {
          int field = WireFormat.getTagFieldNumber(tag);
          switch (field) {
            case 1, 2 -> {
              List<String> list = field == 1 ? from : to;
              require(list.size() < MOST_OF_A_NODE, "a node has more than 4096 values");
              list.add(fields.readStringRequireUtf8());
            }
            case 3 -> words[0] = fields.readStringRequireUtf8();
            case 4 -> words[1] = fields.readStringRequireUtf8();
            case 5 -> {
              require(attributes.size() < MOST_OF_A_NODE, "a node has more than 4096 attributes");
              attribute(fields, attributes);
            }
            case 7 -> words[2] = fields.readStringRequireUtf8();
            default -> fields.skipField(tag);
          }
        });
    String operator = OWN.contains(words[2]) ? words[1] : words[2] + "." + words[1];
    String name = words[0].isEmpty() && !to.isEmpty() ? to.getFirst() : words[0];
    return new OnnxNode(name, operator, from, to, attributes);
  }

  private void attribute(CodedInputStream in, Map<String, OnnxAttribute> into) throws IOException {
    String[] words = {"", ""};
    float[] f = {0};
    long[] i = {0};
    OnnxTensor[] tensor = {null};
    float[][] floats = {{}};
    long[][] ints = {{}};
    message(
        in,
        (tag, fields) -> {
          switch (WireFormat.getTagFieldNumber(tag)) {
            case 1 -> words[0] = fields.readStringRequireUtf8();
            case 2 -> f[0] = fields.readFloat();
            case 3 -> i[0] = fields.readInt64();
            case 4 -> words[1] = fields.readBytes().toStringUtf8();
            case 5 -> {
              int limit = fields.pushLimit(fields.readRawVarint32());
              tensor[0] = new OnnxTensorReader(file).read(fields);
              fields.popLimit(limit);
            }
            case 7 -> floats[0] = numbers(floats[0], tag, fields);
            case 8 -> ints[0] = OnnxTensorReader.appended(ints[0], tag, fields, MOST_OF_A_NODE);
            default -> fields.skipField(tag);
          }
        });
    into.put(words[0], new OnnxAttribute(f[0], i[0], words[1], tensor[0], floats[0], ints[0]));
  }

  private static float[] numbers(float[] before, int tag, CodedInputStream in) throws IOException {
    boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    int bytes = packed ? in.readRawVarint32() : Float.BYTES;
    long count = before.length + (long) bytes / Float.BYTES;
    require(bytes >= 0 && count <= MOST_OF_A_NODE, "an attribute has more than 4096 numbers");
    float[] longer = Arrays.copyOf(before, (int) count);
    for (int k = before.length; k < longer.length; k++) {
      longer[k] = in.readFloat();
    }
    return longer;
  }

  private static OnnxModel.Input value(CodedInputStream in) throws IOException {
    String[] name = {""};
    List<Integer> shape = new ArrayList<>();
    boolean[] known = {false};
    Fields sizes = inside(1, dimension -> shape.add(dimension(dimension)));
    Fields tensor =
        inside(
            2,
            from -> {
              known[0] = true;
              message(from, sizes);
            });
    Fields type = inside(1, from -> message(from, tensor));
    message(
        in,
        (tag, fields) -> {
          switch (WireFormat.getTagFieldNumber(tag)) {
            case 1 -> name[0] = fields.readStringRequireUtf8();
            case 2 -> message(fields, type);
            default -> fields.skipField(tag);
          }
        });
    int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
    return new OnnxModel.Input(name[0], known[0] ? lengths : null);
  }

  /** What reads one field of a message. */
  private interface Field {
    void read(CodedInputStream in) throws IOException;
  }

  private static Fields inside(int number, Field field) {
    return (tag, in) -> {
      if (WireFormat.getTagFieldNumber(tag) == number) {
        field.read(in);
      } else {
        in.skipField(tag);
      }
    };
  }

  /** A length, unknown where it has a name or nothing. */
  private static int dimension(CodedInputStream in) throws IOException {
    long[] length = {OnnxModel.UNKNOWN};
    message(in, inside(1, from -> length[0] = from.readInt64()));
    boolean whole = length[0] > 0 && length[0] <= Integer.MAX_VALUE;
    return whole ? (int) length[0] : OnnxModel.UNKNOWN;
  }
}
