package org.noisescape.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.noisescape.train.StoredTensor;

/**
 * A layer or vertex that is written for DL4J.
 *
 * @param name unique within the network
 * @param layer its configuration; null for a vertex
 * @param before what DL4J puts before the layer; may be null
 * @param vertex its configuration; null for a layer
 * @param from names of what it takes its input from
 * @param tensors its parameters by DL4J's names, transposed where DL4J has (in, out)
 */
record ExportedLayer(
    String name,
    Layer layer,
    InputPreProcessor before,
    GraphVertex vertex,
    List<String> from,
    Map<String, StoredTensor> tensors) {
  /** Key of a matrix that DL4J has as (in, out). */
  static final String TRANSPOSED = "Wᵀ";

  /** A vertex. */
  static ExportedLayer of(String name, GraphVertex vertex, List<String> from) {
    return new ExportedLayer(name, null, null, vertex, from, Map.of());
  }

  /** The same with another configuration. */
  ExportedLayer with(Layer other) {
    return new ExportedLayer(name, other, before, vertex, from, tensors);
  }

  /** Whether it is a layer of DL4J's own, as opposed to a vertex. */
  boolean isLayer() {
    return vertex == null || vertex instanceof LayerVertex;
  }
}
