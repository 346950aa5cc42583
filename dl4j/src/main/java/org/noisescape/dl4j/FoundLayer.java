package org.noisescape.dl4j;

import java.util.List;

/** A layer as it was found in a configuration of DL4J, with the layers it takes its input from. */
final class FoundLayer {
  /** What it does. */
  enum Kind {
    /** What the network is fed. */
    INPUT,
    /** One layer of the toolkit. */
    LAYER,
    /** Adds its inputs. */
    SUM,
    /** Puts the channels of its inputs one after the other. */
    CONCATENATION
  }

  /** How DL4J holds an array that is here the tensor of a layer. */
  enum Held {
    /** In the same shape and order. */
    AS_IT_IS,
    /** (in, out), here (out, in). */
    TRANSPOSED,
    /** log₁₀ of a standard deviation, here a variance. */
    LOG_DEVIATION
  }

  /**
   * A tensor of a layer.
   *
   * @param suffix its name within the layer
   * @param key its name in DL4J's table of parameters
   * @param held how DL4J holds it
   * @param shape here
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Weight(String suffix, String key, Held held, long... shape) {}

  private final Kind kind;
  private final List<FoundLayer> from;
  private final String called;
  private final String words;
  private final SampleForm form;
  private final List<Weight> weights;

  private FoundLayer(
      Kind kind,
      List<FoundLayer> from,
      String called,
      String words,
      SampleForm form,
      List<Weight> weights) {
    this.kind = kind;
    this.from = List.copyOf(from);
    this.called = called;
    this.words = words;
    this.form = form;
    this.weights = List.copyOf(weights);
  }

  /** What the network is fed. */
  static FoundLayer input(SampleForm form) {
    return new FoundLayer(Kind.INPUT, List.of(), "the input", "", form, List.of());
  }

  /** A layer without parameters. */
  FoundLayer then(String by, String word, SampleForm output) {
    return then(by, word, output, List.of());
  }

  /**
   * A layer on top of this one.
   *
   * @param by what DL4J calls it
   * @param word as {@code net:} writes it
   * @param output shape of its output
   * @param tensors parameters and running statistics
   */
  FoundLayer then(String by, String word, SampleForm output, List<Weight> tensors) {
    return new FoundLayer(Kind.LAYER, List.of(this), by, word, output, tensors);
  }

  /** A layer that joins others. */
  static FoundLayer joining(Kind kind, List<FoundLayer> from, String by, SampleForm output) {
    return new FoundLayer(kind, from, by, "", output, List.of());
  }

  Kind kind() {
    return kind;
  }

  List<FoundLayer> from() {
    return from;
  }

  /** What DL4J calls it. */
  String called() {
    return called;
  }

  String words() {
    return words;
  }

  /** Shape of its output. */
  SampleForm form() {
    return form;
  }

  List<Weight> weights() {
    return weights;
  }
}
