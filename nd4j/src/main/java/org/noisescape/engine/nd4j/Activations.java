package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erfc;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Activation;

/** Activations and their derivatives on ND4J arrays. */
final class Activations {
  private static final double FAR = 80;

  private Activations() {}

  /** act(x), in a new array but for the identity. */
  static INDArray value(Activation activation, INDArray x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> Transforms.relu(x, true);
      case TANH -> Transforms.tanh(x, true);
      case SIGMOID -> Transforms.sigmoid(x, true);
      case LEAKY_RELU -> x.mul(leak(x));
      case SOFTPLUS -> softplus(x);
      case SILU, GELU, GELU_TANH -> x.mul(share(activation, x));
    };
  }

  /** x ← act(x). */
  static void apply(Activation activation, INDArray x) {
    if (activation != Activation.IDENTITY) {
      x.assign(value(activation, x));
    }
  }

  /** ȳ ← ȳ act′, from the value y, or from the input where act reads that. */
  static void backward(Activation activation, INDArray y, INDArray yBar) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> yBar.muli(y.gt(0).castTo(y.dataType()));
      case TANH -> yBar.muli(y.mul(y).rsubi(1));
      case SIGMOID -> yBar.muli(y.rsub(1).muli(y));
      case LEAKY_RELU -> yBar.muli(leak(y));
      case SOFTPLUS -> yBar.muli(Transforms.sigmoid(y, true));
      case SILU, GELU, GELU_TANH -> {
        INDArray near = near(y);
        yBar.muli(share(activation, y).addi(shareSlope(activation, near).muli(near)));
      }
    }
  }

  /** d act′/dy, or act″(x) where act reads that, in a new array, for activations that bend. */
  static INDArray derivativeSlope(Activation activation, INDArray y) {
    return switch (activation) {
      case TANH -> y.mul(-2);
      case SIGMOID -> y.mul(-2).addi(1);
      case SOFTPLUS -> odds(Transforms.sigmoid(y, true));
      case GELU -> density(near(y)).muli(near(y).muli(near(y)).rsubi(2));
      default -> weightedBend(activation, near(y));
    };
  }

  /** 2 G′ + x G″ for x G(x), G = σ(v): G″ = σ′ ((1 − 2σ) v′² + v″). */
  private static INDArray weightedBend(Activation activation, INDArray x) {
    INDArray s = share(activation, x);
    INDArray steep = steepness(activation, x);
    INDArray inner = s.mul(-2).addi(1).muli(steep).muli(steep);
    if (activation == Activation.GELU_TANH) {
      inner.addi(x.mul(6 * Activation.GELU_CUBIC));
    }
    return inner.muli(x).addi(steep.mul(2)).muli(odds(s));
  }

  /** 1 where x > 0, else 1/100; not-a-number stays so. */
  private static INDArray leak(INDArray x) {
    INDArray above = x.gt(0).castTo(x.dataType());
    return above.muli(1 - Activation.LEAK).addi(Activation.LEAK);
  }

  private static INDArray softplus(INDArray x) {
    INDArray tail = Transforms.exp(Transforms.abs(x, true).negi(), true);
    INDArray log = Nd4j.math().log1p(tail);
    return Transforms.relu(x, true).addi(log);
  }

  /** G of x G(x). */
  private static INDArray share(Activation activation, INDArray x) {
    return switch (activation) {
      case GELU -> Nd4j.exec(new Erfc(x.mul(-Math.sqrt(0.5)))).muli(0.5);
      case GELU_TANH ->
          Transforms.sigmoid(
              x.mul(x).muli(Activation.GELU_CUBIC).addi(Activation.GELU_LINEAR).muli(x), false);
      default -> Transforms.sigmoid(x, true);
    };
  }

  /** G′ in a new array. */
  private static INDArray shareSlope(Activation activation, INDArray x) {
    return activation == Activation.GELU
        ? density(x)
        : odds(share(activation, x)).muli(steepness(activation, x));
  }

  private static INDArray steepness(Activation activation, INDArray x) {
    return activation == Activation.GELU_TANH
        ? x.mul(x).muli(3 * Activation.GELU_CUBIC).addi(Activation.GELU_LINEAR)
        : Nd4j.onesLike(x);
  }

  private static INDArray density(INDArray x) {
    return Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
  }

  private static INDArray odds(INDArray s) {
    return s.rsub(1).muli(s);
  }

  /** Where factors of e^(−|x|) are not 0. */
  private static INDArray near(INDArray x) {
    return Transforms.max(Transforms.min(x, FAR, true), -FAR, false);
  }
}
