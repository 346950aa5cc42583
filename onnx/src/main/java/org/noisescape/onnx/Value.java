package org.noisescape.onnx;

import java.util.List;

/** What a value of a graph was found to be. */
sealed interface Value permits ShapeNumbers, Value.Constant, Value.Signal, Value.Unfinished {
  /** A constant. */
  record Constant(OnnxTensor tensor) implements Value {
    /** Whether it is one number, whatever its axes. */
    boolean isNumber() {
      return tensor.size() == 1;
    }
  }

  /**
   * What a layer gives.
   *
   * @param layer the layer
   * @param form how it lies in memory
   * @param origins signals of which it is a function element by element, the nearest first
   */
  record Signal(GraphLayer layer, Form form, List<Origin> origins) implements Value {
    static Signal of(GraphLayer layer, Form form) {
      return new Signal(layer, form, List.of());
    }

    /** The same in another order of axes. */
    Signal as(Form.Layout layout) {
      return of(layer, form.as(layout));
    }
  }

  /** A function element by element of a signal. */
  record Origin(Signal base, ElementFunction function) {}

  /** A value that is a part of something, and cannot be used by itself. */
  sealed interface Unfinished extends Value {
    /** Who made it. */
    OnnxNode node();

    /** What is missing. */
    String missing();
  }

  /** A function element by element that is no layer by itself. */
  record Pointwise(OnnxNode node, List<Origin> origins) implements Unfinished {
    @Override
    public String missing() {
      return "this function of each element is none of "
          + ElementFunction.names()
          + ": use one of them, or write the network out with a layer of your own";
    }
  }

  /**
   * A matrix product without its bias.
   *
   * @param weight (in, out)
   */
  record Product(OnnxNode node, Signal x, OnnxTensor weight) implements Unfinished {
    @Override
    public String missing() {
      return "no bias is added to this product, and dense layers have one: export the layer with"
          + " its bias";
    }
  }

  /** Channels of a signal in groups, on the way to a group normalisation. */
  record Groups(OnnxNode node, Signal x, int groups, double epsilon) implements Unfinished {
    @Override
    public String missing() {
      return "this order of axes is none of images or features, and is not read";
    }

    boolean isNormalized() {
      return epsilon > 0;
    }
  }

  /**
   * A step of a normalisation that is written out.
   *
   * @param x what is normalised
   * @param step how far it is
   * @param groups groups of channels, 0 for all features
   * @param epsilon ε, once it is added
   * @param scale γ, once it was multiplied by
   */
  record Normal(OnnxNode node, Signal x, Step step, int groups, double epsilon, OnnxTensor scale)
      implements Unfinished {
    /** What has been computed. */
    enum Step {
      MEAN,
      CENTERED,
      SQUARED,
      VARIANCE,
      SHIFTED,
      DEVIATION,
      NORMALIZED,
      SCALED
    }

    Normal next(OnnxNode by, Step to) {
      return new Normal(by, x, to, groups, epsilon, scale);
    }

    @Override
    public String missing() {
      return step == Step.NORMALIZED || step == Step.SCALED
          ? "no scale or bias of every feature follows this normalisation, and layers here have"
              + " both: export it with affine=True"
          : "this mean over a sample's features is no part of a layer normalisation, and is not"
              + " read";
    }
  }

  /** A softmax, which may only end a network. */
  record Ended(OnnxNode node, Signal x) implements Unfinished {
    @Override
    public String missing() {
      return "it is read at the end only, where it is left out";
    }
  }
}
