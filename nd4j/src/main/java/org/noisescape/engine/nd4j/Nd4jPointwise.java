package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Elementwise;
import org.noisescape.tensor.FilterMap;
import org.noisescape.tensor.FilterWeight;
import org.noisescape.tensor.Pointwise;
import org.noisescape.tensor.Tensor;

/** Activations in the element type; losses in float64 whatever the element type. */
final class Nd4jPointwise extends Pointwise {
  /** Losses (R, v) and cotangents (R, v, K) of outputs and targets, all float64. */
  private record Loss(INDArray losses, INDArray gradient) {}

  private interface LossRule {
    Loss of(INDArray output, INDArray target);
  }

  @Override
  protected void addBiasAndActivate(Activation activation, Tensor bias, Tensor x) {
    if (x.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          INDArray view = Views.of(x);
          view.addi(Views.of(bias, bias.dim(0), 1, bias.dim(1)));
          Activations.apply(activation, view);
        });
  }

  @Override
  protected void applyActivation(Activation activation, Tensor x, Tensor y) {
    if (x.size() > 0) {
      Scratch.during(() -> Views.of(y).assign(Activations.value(activation, Views.of(x))));
    }
  }

  @Override
  protected void applyActivationBackward(
      Activation activation, Tensor y, Tensor yBar, Tensor biasBar, Accumulation accumulation) {
    if (yBar.size() > 0) {
      Scratch.during(() -> Activations.backward(activation, Views.of(y), Views.of(yBar)));
    }
    if (biasBar != null) {
      Sums.over(yBar, 1, biasBar, accumulation);
    }
  }

  @Override
  protected void computeElements(Elementwise operation, Tensor a, Tensor b, Tensor out) {
    if (out.size() > 0) {
      Scratch.during(() -> Views.of(out).assign(value(operation, Views.of(a), Views.of(b))));
    }
  }

  private static INDArray value(Elementwise operation, INDArray a, INDArray b) {
    return switch (operation) {
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> a.div(b);
      case SQRT -> Transforms.sqrt(a, true);
      case SIGN -> sign(a);
    };
  }

  @Override
  protected void computeFilter(FilterMap map, Tensor weights, Tensor u, Tensor m, Tensor v) {
    if (u.size() > 0) {
      Scratch.during(() -> filter(map, new Columns(weights, u.dtype()), u, m, v));
    }
  }

  /** Weights as columns (R, 1) of a type. */
  private record Columns(Tensor weights, DType dtype) {
    INDArray of(FilterWeight weight) {
      return Views.of(weights).getColumn(weight.at(), true).castTo(Views.type(dtype));
    }
  }

  private static void filter(FilterMap map, Columns weights, Tensor u, Tensor m, Tensor v) {
    INDArray entering = Views.matrix(u);
    INDArray sum = entering.mul(weights.of(FilterWeight.DIRECT));
    if (m != null) {
      INDArray moment = Views.matrix(m);
      sum.addi(moment.mul(weights.of(FilterWeight.FORMER)));
      moment.muli(weights.of(FilterWeight.KEPT));
      moment.addi(entering.mul(weights.of(FilterWeight.ENTERING)));
      sum.addi(moment.mul(weights.of(FilterWeight.MOMENT)));
    }
    INDArray bound = weights.of(FilterWeight.BOUND);
    switch (map) {
      case IDENTITY -> {}
      case SIGN -> sum = sign(sum);
      // its own minimum of not-a-number is the other number
      case CLAMP -> sum = sign(sum).muli(Transforms.min(Transforms.abs(sum, true), bound, true));
      case ROOT -> {
        INDArray square = Views.matrix(v);
        square.muli(weights.of(FilterWeight.SQUARE_KEPT));
        square.addi(entering.mul(entering).muli(weights.of(FilterWeight.SQUARE_ENTERING)));
        INDArray root = Transforms.sqrt(square, true).muli(weights.of(FilterWeight.ROOT));
        sum.divi(root.addi(bound));
      }
    }
    entering.assign(sum);
  }

  /** ND4J's sign of not-a-number is 0; 0 / 0 is not. */
  private static INDArray sign(INDArray a) {
    return Transforms.sign(a, true).divi(a.isNaN().castTo(a.dataType()).rsubi(1));
  }

  @Override
  protected void computeSquaredError(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    loss(Nd4jPointwise::squaredError, output, target, valid, scale, losses, outputBar);
  }

  @Override
  protected void computeSoftmaxCrossEntropy(
      Tensor output, Tensor target, int valid, Tensor scale, Tensor losses, Tensor outputBar) {
    loss(Nd4jPointwise::crossEntropy, output, target, valid, scale, losses, outputBar);
  }

  private static Loss squaredError(INDArray output, INDArray target) {
    INDArray difference = output.sub(target);
    return new Loss(difference.mul(difference).sum(2).muli(0.5), difference);
  }

  private static Loss crossEntropy(INDArray output, INDArray target) {
    INDArray shifted = output.sub(output.max(true, 2));
    INDArray exponentials = Transforms.exp(shifted, true);
    INDArray sums = exponentials.sum(true, 2);
    INDArray logProbabilities = shifted.sub(Transforms.log(sums, true));
    return new Loss(logProbabilities.mul(target).sum(2).negi(), exponentials.div(sums).sub(target));
  }

  private static void loss(
      LossRule rule,
      Tensor output,
      Tensor target,
      int valid,
      Tensor scale,
      Tensor losses,
      Tensor outputBar) {
    if (losses.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int replicas = output.dim(0);
          int outputs = output.dim(2);
          Views.of(losses).assign(0);
          if (outputBar != null && outputBar.size() > 0) {
            Views.of(outputBar).assign(0);
          }
          if (valid == 0 || outputs == 0) {
            return;
          }
          Loss loss =
              rule.of(
                  Views.of(output, replicas, valid, outputs).castTo(DataType.DOUBLE),
                  Views.of(target, replicas, valid, outputs).castTo(DataType.DOUBLE));
          Views.of(losses, replicas, valid).assign(loss.losses());
          if (outputBar != null) {
            INDArray scaled = loss.gradient().mul(Views.of(scale, replicas, 1, 1));
            Views.of(outputBar, replicas, valid, outputs).assign(scaled);
          }
        });
  }
}
