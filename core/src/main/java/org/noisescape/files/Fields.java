package org.noisescape.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of a JSON object from outside, by name and type: what is not there, null, of another
 * type or out of its range is a {@link WrongFile} that names file and field.
 */
public final class Fields {
  private static final int SHOWN = 80;

  private final Path file;
  private final String place;
  private final JsonNode node;

  private Fields(Path file, String place, JsonNode node) {
    this.file = file;
    this.place = place;
    this.node = node;
    if (!node.isObject()) {
      throw place.isEmpty()
          ? new WrongFile(file, "must hold a JSON object, {...}")
          : wrong("", "an object");
    }
  }

  /** The fields of a file. */
  public static Fields read(Path file) {
    return of(file, JsonFile.read(file));
  }

  /** The fields of what was read of a file. */
  public static Fields of(Path file, JsonNode node) {
    return new Fields(file, "", node);
  }

  /** Where a thing lies is its file. */
  public Path file() {
    return file;
  }

  /** The object itself. */
  public JsonNode node() {
    return node;
  }

  /** Whether a field is there and not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** An object. */
  public Fields object(String name) {
    return new Fields(file, at(name), node.path(name));
  }

  /** A text. */
  public String text(String name) {
    require(node.path(name).isTextual(), name, "a text");
    return node.path(name).textValue();
  }

  /** A text, or another where the field is not there. */
  public String text(String name, String missing) {
    return node.has(name) ? text(name) : missing;
  }

  /** A truth value, or false where the field is not there. */
  public boolean flag(String name) {
    require(!node.has(name) || node.path(name).isBoolean(), name, "true or false");
    return node.path(name).booleanValue();
  }

  /** A whole number in a range, both ends in it. */
  public long integer(String name, long least, long most) {
    JsonNode value = node.path(name);
    boolean fine =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() <= most;
    require(fine, name, "a whole number from " + least + " to " + most);
    return value.longValue();
  }

  /** A number, or NaN where it is null or not there, as what is no finite number is written. */
  public double numberOrNaN(String name) {
    JsonNode value = node.path(name);
    boolean nothing = value.isMissingNode() || value.isNull();
    require(
        nothing || (value.isNumber() && Double.isFinite(value.doubleValue())), name, "a number");
    return nothing ? Double.NaN : value.doubleValue();
  }

  /** One of the names of a closed set. */
  public <T> T choice(String name, Function<String, T> parse) {
    String text = text(name);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new WrongFile(
          file, "field '%s' is none of the known values, got '%s'".formatted(at(name), text), e);
    }
  }

  /** A list of objects; empty where the field is not there. */
  public List<Fields> objects(String name) {
    List<Fields> list = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      list.add(new Fields(file, at(name) + "[" + list.size() + "]", each));
    }
    return list;
  }

  /** A list of texts; empty where the field is not there. */
  public List<String> texts(String name) {
    List<String> list = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      require(each.isTextual(), name + "[" + list.size() + "]", each, "a text");
      list.add(each.textValue());
    }
    return list;
  }

  /** A list of numbers, NaN where one is null; empty where the field is not there. */
  public double[] numbers(String name) {
    JsonNode list = elements(name);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode each = list.get(i);
      boolean finite = each.isNumber() && Double.isFinite(each.doubleValue());
      require(finite || each.isNull(), name + "[" + i + "]", each, "a number or null");
      numbers[i] = each.isNull() ? Double.NaN : each.doubleValue();
    }
    return numbers;
  }

  /** An object of texts, in its order; empty where the field is not there. */
  public Map<String, String> textsByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (node.has(name)) {
      Fields object = object(name);
      object.node.fieldNames().forEachRemaining(key -> texts.put(key, object.text(key)));
    }
    return texts;
  }

  /** A complaint about a field. */
  public WrongFile wrong(String name, String expected) {
    return wrong(name, name.isEmpty() ? node : node.path(name), expected);
  }

  private WrongFile wrong(String name, JsonNode value, String expected) {
    String got = value.isMissingNode() ? "nothing" : value.toString();
    return new WrongFile(
        file,
        "field '%s' must be %s, got %s"
            .formatted(at(name), expected, Printable.shortened(got, SHOWN)));
  }

  private JsonNode elements(String name) {
    JsonNode list = node.path(name);
    require(list.isMissingNode() || list.isArray(), name, "a list");
    return list;
  }

  private void require(boolean fine, String name, String expected) {
    require(fine, name, node.path(name), expected);
  }

  private void require(boolean fine, String name, JsonNode value, String expected) {
    if (!fine) {
      throw wrong(name, value, expected);
    }
  }

  private String at(String name) {
    return place.isEmpty() || name.isEmpty() ? place + name : place + "." + name;
  }
}
