package org.noisescape.onnx;

import java.util.List;

/** A layer as it was found in a graph, with the layers it takes its input from. */
final class GraphLayer {
  /** What it does. */
  enum Kind {
    /** What the graph is fed. */
    INPUT,
    /** One layer of the toolkit. */
    LAYER,
    /** Adds its inputs. */
    SUM,
    /** Puts the channels of its inputs one after the other. */
    CONCATENATION
  }

  /**
   * A tensor of a layer.
   *
   * @param suffix its name within the layer
   * @param tensor in the layer's own shape and order
   */
  record Weight(String suffix, OnnxTensor tensor) {}

  private final Kind kind;
  private final List<GraphLayer> from;
  private final String words;
  private final OnnxNode node;
  private final String path;
  private final List<Weight> parameters;
  private final List<Weight> statistics;

  private GraphLayer(
      Kind kind,
      List<GraphLayer> from,
      String words,
      OnnxNode node,
      String path,
      List<Weight> parameters,
      List<Weight> statistics) {
    this.kind = kind;
    this.from = List.copyOf(from);
    this.words = words;
    this.node = node;
    this.path = path;
    this.parameters = List.copyOf(parameters);
    this.statistics = List.copyOf(statistics);
  }

  /** What the graph is fed. */
  static GraphLayer input() {
    return new GraphLayer(Kind.INPUT, List.of(), "", null, "", List.of(), List.of());
  }

  /** A layer without parameters. */
  static GraphLayer of(GraphLayer from, String words, OnnxNode node) {
    return of(from, words, node, "", List.of(), List.of());
  }

  /**
   * A layer.
   *
   * @param words as {@code net:} writes it
   * @param path what the exporter called it, with dots; empty where that is not known
   */
  static GraphLayer of(
      GraphLayer from,
      String words,
      OnnxNode node,
      String path,
      List<Weight> parameters,
      List<Weight> statistics) {
    return new GraphLayer(Kind.LAYER, List.of(from), words, node, path, parameters, statistics);
  }

  /** A layer that joins others. */
  static GraphLayer joining(Kind kind, List<GraphLayer> from, OnnxNode node) {
    return new GraphLayer(kind, from, "", node, "", List.of(), List.of());
  }

  Kind kind() {
    return kind;
  }

  List<GraphLayer> from() {
    return from;
  }

  String words() {
    return words;
  }

  OnnxNode node() {
    return node;
  }

  String path() {
    return path;
  }

  List<Weight> parameters() {
    return parameters;
  }

  List<Weight> statistics() {
    return statistics;
  }
}
