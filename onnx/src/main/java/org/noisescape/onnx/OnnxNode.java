package org.noisescape.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An operator of a graph.
 *
 * @param name of the node, or what stands for it
 * @param operator its type, such as Conv, behind its domain where that is not ONNX's own
 * @param inputs names of values; empty where one is left out
 * @param outputs names of values
 * @param attributes its settings by name
 */
record OnnxNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {
  /** Whether an input is there. */
  boolean has(int input) {
    return input < inputs.size() && !inputs.get(input).isEmpty();
  }

  /** A whole number, or what counts where it is not given. */
  long whole(String attribute, long preset) {
    OnnxAttribute given = attributes.get(attribute);
    return given == null ? preset : given.i();
  }

  /** A number, or what counts where it is not given. */
  double number(String attribute, double preset) {
    OnnxAttribute given = attributes.get(attribute);
    // the shortest decimal of the float32 is what its writer meant
    return given == null ? preset : Double.parseDouble(Float.toString(given.f()));
  }

  /** A word, or what counts where it is not given. */
  String word(String attribute, String preset) {
    OnnxAttribute given = attributes.get(attribute);
    return given == null ? preset : given.s();
  }

  /** Whole numbers, or null where they are not given. */
  long[] wholes(String attribute) {
    OnnxAttribute given = attributes.get(attribute);
    return given == null ? null : given.ints();
  }

  /**
   * The one number of a list that says the same of rows and columns, before and after.
   *
   * @param preset what counts where the list is not given
   */
  int same(String attribute, int preset) {
    long[] values = wholes(attribute);
    if (values == null || values.length == 0) {
      return preset;
    }
    long first = values[0];
    if (Arrays.stream(values).anyMatch(value -> value != first)) {
      throw refused(
          "%s=%s: only the same for rows and columns, before and after, is read"
              .formatted(attribute, Arrays.toString(values)));
    }
    if (first < 0 || first > Integer.MAX_VALUE) {
      throw refused("%s=%d is out of range".formatted(attribute, first));
    }
    return (int) first;
  }

  /** What cannot be read of this node, in one line. */
  IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("node '%s' (%s): %s".formatted(name, operator, why));
  }
}
