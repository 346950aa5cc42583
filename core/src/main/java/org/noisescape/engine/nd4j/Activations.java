package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Activation;

/** Activations and their derivatives on ND4J arrays. */
final class Activations {
  private Activations() {}

  /** act(x), in a new array but for the identity. */
  static INDArray value(Activation activation, INDArray x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Transforms.relu(x, true);
      case TANH -> Transforms.tanh(x, true);
      case SIGMOID -> Transforms.sigmoid(x, true);
    };
  }

  /** x ← act(x). */
  static void apply(Activation activation, INDArray x) {
    if (activation != Activation.IDENTITY) {
      x.assign(value(activation, x));
    }
  }

  /** ȳ ← ȳ act′, from the value y. */
  static void backward(Activation activation, INDArray y, INDArray yBar) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> yBar.muli(y.gt(0).castTo(y.dataType()));
      case TANH -> yBar.muli(y.mul(y).rsubi(1));
      case SIGMOID -> yBar.muli(y.rsub(1).muli(y));
    }
  }

  /** d act′/dy in a new array, for activations that bend. */
  static INDArray derivativeSlope(Activation activation, INDArray y) {
    return activation == Activation.TANH ? y.mul(-2) : y.mul(-2).addi(1);
  }
}
