package org.noisescape.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * JSON files. Read strictly: one value, no key twice, no type taken for another, null for no
 * number.
 */
public final class JsonFile {
  /** For trees to write, and for texts that are read. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** Longest file that is read: far more than a run writes, and what a heap can hold. */
  private static final int LONGEST = 1 << 27;

  /** Where the library names its own parts. */
  private static final Pattern LIBRARY =
      Pattern.compile(",? (from|of type) `[^`]*`|: enable `.*| \\(start marker at .*");

  private JsonFile() {}

  /** Replaces a file, whole or not at all. */
  public static void write(Path file, JsonNode tree) throws IOException {
    WholeFile.write(file, tree.toPrettyString() + "\n");
  }

  /** The value a file holds. */
  public static JsonNode read(Path file) {
    return parse(file, InputFile.text(file, LONGEST));
  }

  /** The object a file holds. */
  public static ObjectNode object(Path file) {
    if (read(file) instanceof ObjectNode object) {
      return object;
    }
    throw new WrongFile(file, "must hold a JSON object, {...}");
  }

  /**
   * The value of a text.
   *
   * @param file where it is from
   */
  static JsonNode parse(Path file, String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || tree.isMissingNode()) {
        throw new WrongFile(file, "not valid JSON: it is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new WrongFile(file, "not valid JSON" + place(e) + ": " + firstLine(e), e);
    }
  }

  /**
   * What a tree says, as a record.
   *
   * @param what names the tree in a complaint, such as {@code FILE}; may be empty
   * @throws IllegalArgumentException in one line that names the field
   */
  public static <T> T value(String what, JsonNode tree, Class<T> type) {
    try {
      T value = tree.isMissingNode() ? null : MAPPER.treeToValue(tree, type);
      if (value == null) {
        throw new IllegalArgumentException(prefixed(what, "there is no object"));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(Printable.text(prefixed(what, mismatch(e))), e);
    }
  }

  private static String prefixed(String what, String text) {
    return what.isEmpty() ? text : what + ": " + text;
  }

  private static String mismatch(JsonProcessingException e) {
    // what a record's own check says is for the user
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException own && own.getMessage() != null) {
        return own.getMessage();
      }
    }
    String field = e instanceof JsonMappingException mapping ? path(mapping) : "";
    String at = field.isEmpty() ? "it " : "field '" + field + "' ";
    if (e.getMessage() != null && e.getMessage().startsWith("Unrecognized field")) {
      return at + "is none that is known here";
    }
    if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
      return at + "is missing or no " + kind(wrong.getTargetType());
    }
    return at + "is wrong: " + firstLine(e);
  }

  private static String path(JsonMappingException e) {
    String joined = e.getPath().stream().map(JsonFile::step).collect(Collectors.joining("."));
    return joined.replace(".[", "[");
  }

  private static String step(Reference reference) {
    return reference.getFieldName() == null
        ? "[" + reference.getIndex() + "]"
        : reference.getFieldName();
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "whole number";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "text";
    }
    return type.isArray() || Iterable.class.isAssignableFrom(type) ? "list" : "object of its kind";
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** The first line of what a failure says, without places and class names. */
  public static String firstLine(Throwable failure) {
    String message =
        failure instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : failure.getMessage();
    if (message == null) {
      return failure.toString();
    }
    String line = message.lines().findFirst().orElse("");
    return line.startsWith("Trailing token")
        ? "something follows its value"
        : LIBRARY.matcher(line).replaceAll("");
  }
}
