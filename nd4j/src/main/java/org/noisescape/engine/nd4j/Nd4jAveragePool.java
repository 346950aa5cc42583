package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/** Average-pooling cell by cell of the kernel: for one cell, the outputs see a strided image. */
final class Nd4jAveragePool extends AveragePoolPlan {
  private interface Cell {
    void of(INDArray pixels);
  }

  Nd4jAveragePool(ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super(geometry, dtype, replicas, samples);
  }

  @Override
  protected void computeForward(Tensor x, Tensor y) {
    for (int r = 0; r < replicas() && samples() > 0; r++) {
      INDArray image = image(x, r);
      INDArray target = output(y, r);
      Scratch.during(
          () -> {
            INDArray sum = Nd4j.create(DataType.DOUBLE, target.shape());
            cells(image, pixels -> sum.addi(pixels.castTo(DataType.DOUBLE)));
            target.assign(sum.div(area()));
          });
    }
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor xBar) {
    for (int r = 0; r < replicas() && samples() > 0; r++) {
      INDArray image = image(xBar, r);
      INDArray cotangent = output(yBar, r);
      Scratch.during(
          () -> {
            INDArray share = cotangent.castTo(DataType.DOUBLE).div(area());
            INDArray sum = Nd4j.create(DataType.DOUBLE, image.shape());
            cells(sum, pixels -> pixels.addi(share));
            image.assign(sum);
          });
    }
  }

  private void cells(INDArray image, Cell work) {
    ConvolutionGeometry g = geometry();
    long channels = g.inputChannels();
    long[] shape = {samples(), g.outputHeight(), g.outputWidth(), channels};
    long row = g.width() * channels;
    long[] strides = {g.height() * row, g.stride() * row, g.stride() * channels, 1};
    for (int a = 0; a < g.kernelHeight(); a++) {
      for (int b = 0; b < g.kernelWidth(); b++) {
        work.of(Views.strided(image, a * row + b * channels, shape, strides));
      }
    }
  }

  private int area() {
    return geometry().kernelHeight() * geometry().kernelWidth();
  }

  private INDArray image(Tensor x, int r) {
    ConvolutionGeometry g = geometry();
    return Views.row(x, r, samples(), g.height(), g.width(), g.inputChannels());
  }

  private INDArray output(Tensor y, int r) {
    ConvolutionGeometry g = geometry();
    return Views.row(y, r, samples(), g.outputHeight(), g.outputWidth(), g.inputChannels());
  }
}
