package org.noisescape.engine.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;
import org.noisescape.tensor.Tensor;

/**
 * Max-pooling by a running maximum over the kernel's cells; a not-a-number wins over any number.
 *
 * <p>For one cell of the kernel, different outputs read different pixels, so that each cell is one
 * strided view of the padded image, in the gradient too.
 */
final class Nd4jMaxPool extends MaxPoolPlan {
  private final ConvolutionGeometry geometry;
  private final DataType type;
  private final int replicas;
  private final int samples;
  private final long paddedHeight;
  private final long paddedWidth;
  private final INDArray corners;
  private final INDArray firstPixels;

  Nd4jMaxPool(ConvolutionGeometry geometry, DType dtype, int replicas, int samples) {
    super(geometry, dtype, replicas, samples);
    this.geometry = geometry;
    this.type = Views.type(dtype);
    this.replicas = replicas;
    this.samples = samples;
    this.paddedHeight = geometry.height() + 2L * geometry.padding();
    this.paddedWidth = geometry.width() + 2L * geometry.padding();
    this.corners = Nd4j.createFromArray(positions(Integer.MIN_VALUE)).reshape('c', outputShape(1));
    this.firstPixels = Nd4j.createFromArray(positions(0)).reshape('c', outputShape(1));
  }

  @Override
  protected void computeForward(Tensor x, Tensor y, Tensor argmax) {
    for (int r = 0; r < replicas && samples > 0; r++) {
      int replica = r;
      Scratch.during(() -> forward(input(x, replica), output(y, replica), output(argmax, replica)));
    }
  }

  @Override
  protected void computeTangent(Tensor xDot, Tensor argmax, Tensor yDot) {
    for (int r = 0; r < replicas && samples > 0; r++) {
      int replica = r;
      Scratch.during(
          () -> gather(input(xDot, replica), output(argmax, replica), output(yDot, replica)));
    }
  }

  @Override
  protected void computeInputGradient(Tensor yBar, Tensor argmax, Tensor xBar) {
    for (int r = 0; r < replicas && samples > 0; r++) {
      int replica = r;
      Scratch.during(
          () -> scatter(output(yBar, replica), output(argmax, replica), input(xBar, replica)));
    }
  }

  private void forward(INDArray x, INDArray y, INDArray argmax) {
    INDArray padded = padded(Double.NEGATIVE_INFINITY);
    interior(padded).assign(x);
    y.assign(Double.NEGATIVE_INFINITY);
    argmax.assign(firstPixels.broadcast(argmax.shape()));
    for (int i = 0; i < geometry.kernelHeight(); i++) {
      for (int j = 0; j < geometry.kernelWidth(); j++) {
        INDArray candidate = cell(padded, i, j).dup('c');
        INDArray better = Transforms.or(candidate.gt(y), candidate.isNaN());
        y.assign(select(better, candidate, y));
        argmax.assign(select(better, pixels(i, j), argmax));
      }
    }
  }

  private void gather(INDArray xDot, INDArray argmax, INDArray yDot) {
    INDArray padded = padded(0);
    interior(padded).assign(xDot);
    INDArray zeros = Nd4j.create(type, yDot.shape());
    yDot.assign(0);
    for (int i = 0; i < geometry.kernelHeight(); i++) {
      for (int j = 0; j < geometry.kernelWidth(); j++) {
        INDArray here = argmax.eq(pixels(i, j));
        // a cell in the padding may bear the number of a pixel elsewhere; it adds zero
        yDot.addi(select(here, cell(padded, i, j).dup('c'), zeros));
      }
    }
  }

  private void scatter(INDArray yBar, INDArray argmax, INDArray xBar) {
    INDArray padded = padded(0);
    INDArray zeros = Nd4j.create(type, yBar.shape());
    for (int i = 0; i < geometry.kernelHeight(); i++) {
      for (int j = 0; j < geometry.kernelWidth(); j++) {
        INDArray here = argmax.eq(pixels(i, j));
        cell(padded, i, j).addi(select(here, yBar, zeros));
      }
    }
    xBar.assign(interior(padded));
  }

  /** Where the condition holds the first, elsewhere the second (Nd4j.where swaps them). */
  private static INDArray select(INDArray condition, INDArray first, INDArray second) {
    DynamicCustomOp select =
        DynamicCustomOp.builder("select").addInputs(condition, first, second).build();
    return Nd4j.exec(select)[0];
  }

  /** The padded images, all of one value. */
  private INDArray padded(double value) {
    return Nd4j.create(type, samples, paddedHeight, paddedWidth, geometry.inputChannels())
        .assign(value);
  }

  /** The images within their padding. */
  private INDArray interior(INDArray padded) {
    int padding = geometry.padding();
    long offset = (padding * paddedWidth + padding) * geometry.inputChannels();
    long[] shape = {samples, geometry.height(), geometry.width(), geometry.inputChannels()};
    return Views.strided(padded, offset, shape, padded.stride());
  }

  /** What every output sees under one cell of the kernel. */
  private INDArray cell(INDArray padded, int row, int column) {
    long[] strides = padded.stride().clone();
    strides[1] *= geometry.stride();
    strides[2] *= geometry.stride();
    long offset = (row * paddedWidth + column) * geometry.inputChannels();
    return Views.strided(padded, offset, outputShape(samples), strides);
  }

  /** Position, in its sample, of what every output sees under one cell; arbitrary in padding. */
  private INDArray pixels(int row, int column) {
    int shift = (row * geometry.width() + column) * geometry.inputChannels();
    return corners.add(shift).broadcast(outputShape(samples));
  }

  /** Positions of the windows' first cells, rows and columns not below a bound. */
  private int[] positions(int bound) {
    int channels = geometry.inputChannels();
    int[] positions = new int[geometry.positions() * channels];
    int next = 0;
    for (int i = 0; i < geometry.outputHeight(); i++) {
      int row = Math.max(bound, i * geometry.stride() - geometry.padding());
      for (int j = 0; j < geometry.outputWidth(); j++) {
        int column = Math.max(bound, j * geometry.stride() - geometry.padding());
        for (int c = 0; c < channels; c++) {
          positions[next++] = (row * geometry.width() + column) * channels + c;
        }
      }
    }
    return positions;
  }

  private INDArray input(Tensor x, int replica) {
    return Views.row(
        x, replica, samples, geometry.height(), geometry.width(), geometry.inputChannels());
  }

  private INDArray output(Tensor y, int replica) {
    return Views.row(y, replica, outputShape(samples));
  }

  private long[] outputShape(long count) {
    return new long[] {
      count, geometry.outputHeight(), geometry.outputWidth(), geometry.outputChannels()
    };
  }
}
