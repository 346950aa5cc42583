package org.noisescape.onnx;

import java.util.List;
import java.util.Map;

/**
 * A model as its file holds it.
 *
 * @param opset version of ONNX's own operators
 * @param nodes in the order of the file
 * @param constants tensors of the graph by name
 * @param inputs values that are fed, without constants
 * @param outputs names of values that are asked for
 */
record OnnxModel(
    long opset,
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> constants,
    List<Input> inputs,
    List<String> outputs) {
  /** A length of an axis that is not known before the model is run. */
  static final int UNKNOWN = -1;

  /**
   * A value that is fed.
   *
   * @param name of the value
   * @param shape lengths of its axes, perhaps {@link #UNKNOWN}; null where nothing is said
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Input(String name, int[] shape) {}
}
