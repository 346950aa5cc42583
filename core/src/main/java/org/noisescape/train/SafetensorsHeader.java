package org.noisescape.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * The JSON header of a safetensors file.
 *
 * @param metadata strings of {@code __metadata__}
 * @param entries the tensors, in the order of their bytes
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /**
   * One tensor.
   *
   * @param begin first byte, counted from the end of the header
   * @param end byte after the last
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Entry(String name, ElementType type, long[] shape, long begin, long end) {}

  /** The header of a file to write, padded with spaces to a multiple of 8 bytes. */
  static String of(Map<String, String> metadata, Iterable<StoredTensor> tensors) {
    ObjectNode root = JsonFile.MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject(METADATA);
      metadata.forEach(node::put);
    }
    long offset = 0;
    for (StoredTensor tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name());
      node.put("dtype", tensor.type().name());
      ArrayNode shape = node.putArray("shape");
      for (long axis : tensor.shape()) {
        shape.add(axis);
      }
      long end = offset + tensor.bytes().remaining();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    String text = root.toString();
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return text + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT);
  }

  /**
   * Reads and checks a header.
   *
   * @param available bytes of the file after the header
   */
  static SafetensorsHeader parse(Path file, String text, long available) {
    JsonNode root;
    try {
      root = JsonFile.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new WrongFile(file, "the header is not valid JSON: " + JsonFile.firstLine(e), e);
    }
    if (!root.isObject()) {
      throw new WrongFile(file, "the header must be a JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (property.getKey().equals(METADATA)) {
        if (!property.getValue().isObject()) {
          throw new WrongFile(
              file, METADATA + " must be an object of texts, got " + property.getValue());
        }
        property.getValue().properties().forEach(e -> metadata.put(e.getKey(), text(file, e)));
      } else {
        entries.add(entry(file, property.getKey(), property.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        throw new WrongFile(
            file,
            "tensor '%s' must begin at byte %d, where the one before it ends, got %d"
                .formatted(entry.name(), covered, entry.begin()));
      }
      covered = entry.end();
      if (covered > available) {
        throw new WrongFile(
            file,
            "truncated: tensor '%s' ends at byte %d of the data, the file has %d"
                .formatted(entry.name(), covered, available));
      }
    }
    if (covered != available) {
      throw new WrongFile(file, "expected %d bytes of data, got %d".formatted(covered, available));
    }
    return new SafetensorsHeader(metadata, entries);
  }

  private static String text(Path file, Map.Entry<String, JsonNode> entry) {
    if (!entry.getValue().isTextual()) {
      throw new WrongFile(
          file,
          "%s '%s' must be a text, got %s".formatted(METADATA, entry.getKey(), entry.getValue()));
    }
    return entry.getValue().textValue();
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    String where = "tensor '" + name + "': ";
    ElementType type = null;
    for (ElementType candidate : ElementType.values()) {
      type = candidate.name().equals(node.path("dtype").asText()) ? candidate : type;
    }
    if (type == null) {
      throw new WrongFile(
          file, where + "dtype must be F16, BF16, F32, F64, I32 or I64, got " + node.path("dtype"));
    }
    long[] shape = integers(file, where + "shape", node.path("shape"));
    long[] offsets = integers(file, where + "data_offsets", node.path("data_offsets"));
    if (offsets.length != 2) {
      throw new WrongFile(
          file, where + "data_offsets must be two numbers, got " + node.path("data_offsets"));
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(StoredTensor.elements(shape), (long) type.bytes());
    } catch (ArithmeticException e) {
      throw new WrongFile(file, where + "shape " + node.path("shape") + " is too large", e);
    }
    if (offsets[1] - offsets[0] != bytes || bytes > Integer.MAX_VALUE - 8) {
      throw new WrongFile(
          file,
          where
              + "shape %s of %s needs %d bytes, data_offsets give %d"
                  .formatted(node.path("shape"), type, bytes, offsets[1] - offsets[0]));
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] integers(Path file, String what, JsonNode node) {
    boolean fine = node.isArray();
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      fine &=
          node.get(i) != null && node.get(i).canConvertToLong() && node.get(i).isIntegralNumber();
      values[i] = fine ? node.get(i).longValue() : 0;
      fine &= values[i] >= 0;
    }
    if (!fine) {
      throw new WrongFile(file, what + " must be a list of whole numbers >= 0, got " + node);
    }
    return values;
  }
}
