package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Convolution by ND4J's conv2d and conv2d_bp, a replica at a time. */
final class Nd4jConvolutionPlan extends ConvolutionPlan {
  private static final int EXPLICIT_PADDING = 0;
  private static final int CHANNELS_LAST = 1;
  private static final int OUTPUT_CHANNELS_FIRST = 1;

  /** Gradients of one replica, or of one of its samples. */
  private record Gradients(INDArray input, INDArray weights, INDArray bias) {}

  Nd4jConvolutionPlan(
      ConvolutionGeometry geometry, Activation activation, DType dtype, int replicas, int samples) {
    super(geometry, activation, dtype, replicas, samples);
  }

  @Override
  protected void computeForward(Tensor x, Tensor w, Tensor b, Tensor y) {
    forEachReplica(
        r -> {
          INDArray output = output(y, r);
          DynamicCustomOp convolution =
              operation("conv2d")
                  .addInputs(input(x, r), weights(w, r), bias(b, r))
                  .addOutputs(output)
                  .build();
          Nd4j.exec(convolution);
          Activations.apply(activation(), output);
        });
  }

  @Override
  protected void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    forEachReplica(
        r -> {
          INDArray target = output(y, r);
          INDArray products = Nd4j.create(target.dataType(), target.shape());
          DynamicCustomOp convolution =
              operation("conv2d")
                  .addInputs(input(x, r), weights(w, r))
                  .addOutputs(products)
                  .build();
          Nd4j.exec(convolution);
          Sums.store(products, target, accumulation);
        });
  }

  @Override
  protected void computeSampleGradients(Tensor x, Tensor yBar, Tensor rows) {
    long weights = geometry().weightSize();
    long channels = geometry().outputChannels();
    for (int n = 0; n < samples(); n++) {
      int sample = n;
      forEachReplica(
          r -> {
            Gradients gradients = sampleGradients(x, yBar, r, sample);
            INDArray row = sample(Views.row(rows, r, samples(), rows.dim(2)), sample);
            INDArray gradient = gradients.weights().reshape(1, weights);
            if (rows.dim(2) > weights) {
              gradient = Nd4j.concat(1, gradient, gradients.bias().reshape(1, channels));
            }
            row.assign(gradient);
          });
    }
  }

  @Override
  protected void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    forEachReplica(
        r -> {
          INDArray target = input(xBar, r);
          INDArray anyInput = Nd4j.create(target.dataType(), target.shape());
          Gradients gradients = gradients(anyInput, weights(w, r), output(yBar, r));
          Sums.store(gradients.input(), target, accumulation);
        });
  }

  @Override
  protected void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    if (samples() == 0) {
      clear(wBar, bBar, accumulation);
    }
    forEachReplica(
        r -> {
          INDArray target = weights(wBar, r);
          INDArray anyWeights = Nd4j.create(target.dataType(), target.shape());
          Gradients gradients = gradients(input(x, r), anyWeights, output(yBar, r));
          Sums.store(gradients.weights(), target, accumulation);
          if (bBar != null) {
            Sums.store(gradients.bias(), bias(bBar, r), accumulation);
          }
        });
  }

  @Override
  protected void computeWeightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    clear(wBar, bBar, accumulation);
    for (int n = 0; n < samples(); n++) {
      int sample = n;
      forEachReplica(
          r -> {
            Gradients gradients = sampleGradients(x, yBar, r, sample);
            weights(wBar, r).addi(gradients.weights());
            INDArray weights = gradients.weights().reshape(geometry().weightSize());
            INDArray norm = sample(Views.row(norms, r, samples()), sample);
            norm.addi(Sums.squaredNorms(weights, 0));
            if (bBar != null) {
              bias(bBar, r).addi(gradients.bias());
              norm.addi(Sums.squaredNorms(gradients.bias(), 0));
            }
          });
    }
  }

  private interface ReplicaWork {
    void of(int replica);
  }

  private void forEachReplica(ReplicaWork work) {
    for (int r = 0; r < replicas() && samples() > 0; r++) {
      int replica = r;
      Scratch.during(() -> work.of(replica));
    }
  }

  private void clear(Tensor wBar, Tensor bBar, Accumulation accumulation) {
    if (accumulation == Accumulation.OVERWRITE && replicas() > 0) {
      Scratch.during(
          () -> {
            Views.of(wBar).assign(0);
            if (bBar != null) {
              Views.of(bBar).assign(0);
            }
          });
    }
  }

  /** The gradients of one sample's term; that in the input is of no use. */
  private Gradients sampleGradients(Tensor x, Tensor yBar, int replica, int sample) {
    ConvolutionGeometry g = geometry();
    INDArray anyWeights =
        Nd4j.create(
            Views.type(dtype()),
            g.outputChannels(),
            g.inputChannels(),
            g.kernelHeight(),
            g.kernelWidth());
    return gradients(
        sample(input(x, replica), sample), anyWeights, sample(output(yBar, replica), sample));
  }

  /** All three gradients; the input's and weights' values enter the others' only. */
  private Gradients gradients(INDArray x, INDArray w, INDArray yBar) {
    INDArray b = Nd4j.create(yBar.dataType(), geometry().outputChannels());
    Gradients gradients =
        new Gradients(
            Nd4j.create(x.dataType(), x.shape()),
            Nd4j.create(w.dataType(), w.shape()),
            Nd4j.create(b.dataType(), b.shape()));
    DynamicCustomOp backward =
        operation("conv2d_bp")
            .addInputs(x, w, b, yBar)
            .addOutputs(gradients.input(), gradients.weights(), gradients.bias())
            .build();
    Nd4j.exec(backward);
    return gradients;
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
    ConvolutionGeometry g = geometry();
    int dilation = 1;
    return DynamicCustomOp.builder(name)
        .addIntegerArguments(
            g.kernelHeight(),
            g.kernelWidth(),
            g.stride(),
            g.stride(),
            g.padding(),
            g.padding(),
            dilation,
            dilation,
            EXPLICIT_PADDING,
            CHANNELS_LAST,
            OUTPUT_CHANNELS_FIRST);
  }

  private INDArray input(Tensor x, int replica) {
    ConvolutionGeometry g = geometry();
    return Views.row(x, replica, samples(), g.height(), g.width(), g.inputChannels());
  }

  private INDArray output(Tensor y, int replica) {
    ConvolutionGeometry g = geometry();
    return Views.row(y, replica, samples(), g.outputHeight(), g.outputWidth(), g.outputChannels());
  }

  private INDArray weights(Tensor w, int replica) {
    ConvolutionGeometry g = geometry();
    return Views.row(
        w, replica, g.outputChannels(), g.inputChannels(), g.kernelHeight(), g.kernelWidth());
  }

  private INDArray bias(Tensor b, int replica) {
    return Views.row(b, replica, geometry().outputChannels());
  }

  private static INDArray sample(INDArray images, int sample) {
    long[] shape = images.shape().clone();
    shape[0] = 1;
    return Views.strided(images, (long) sample * images.stride(0), shape, images.stride());
  }
}
