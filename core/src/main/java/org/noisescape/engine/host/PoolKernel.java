package org.noisescape.engine.host;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.noisescape.tensor.ConvolutionGeometry;

/** Max-pooling of one float32 sample, a vector of channels of a row of windows after another. */
final class PoolKernel {
  private static final VectorSpecies<Float> S = Float32Kernels.S;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final IntVector IOTA = IntVector.broadcast(I, 0).addIndex(1);
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private PoolKernel() {}

  /**
   * The largest of each window and where it lies; of equal ones the first, of NaNs the last.
   *
   * @param image channels-last
   * @param output channels-last
   * @param positions elements of the image, as ints
   */
  static void forward(ConvolutionGeometry g, long image, long output, long positions) {
    for (int row = 0; row < g.outputHeight(); row++) {
      for (int c = 0; c < g.inputChannels(); c += S.length()) {
        forward(g, row, c, image, output, positions);
      }
    }
  }

  private static void forward(
      ConvolutionGeometry g, int row, int c, long image, long output, long positions) {
    int channels = g.inputChannels();
    VectorMask<Float> mask = S.indexInRange(c, channels);
    VectorMask<Integer> ints = mask.cast(I);
    int top = row * g.stride() - g.padding();
    int firstRow = Math.max(0, top);
    int lastRow = Math.min(g.height(), top + g.kernelHeight());
    for (int t = 0; t < g.outputWidth(); t++) {
      int left = t * g.stride() - g.padding();
      int firstColumn = Math.max(0, left);
      int lastColumn = Math.min(g.width(), left + g.kernelWidth());
      int start = (firstRow * g.width() + firstColumn) * channels + c;
      FloatVector best = Float32Kernels.load(S, image + 4L * start, mask);
      IntVector where = IOTA.add(start);
      for (int i = firstRow; i < lastRow; i++) {
        for (int j = firstColumn; j < lastColumn; j++) {
          int pixel = (i * g.width() + j) * channels + c;
          FloatVector v = Float32Kernels.load(S, image + 4L * pixel, mask);
          VectorMask<Float> larger =
              v.compare(VectorOperators.GT, best).or(v.test(VectorOperators.IS_NAN));
          best = best.blend(v, larger);
          where = where.blend(IOTA.add(pixel), larger.cast(I));
        }
      }
      long out = 4L * ((row * g.outputWidth() + t) * channels + c);
      Float32Kernels.store(best, output + out, mask);
      where.intoMemorySegment(Native.ALL, positions + out, ORDER, ints);
    }
  }

  /** Whether no element lies in two windows. */
  static boolean isDisjoint(ConvolutionGeometry g) {
    return g.stride() >= Math.max(g.kernelHeight(), g.kernelWidth()) && g.padding() == 0;
  }

  /** Whether every element lies in a window. */
  static boolean isCovered(ConvolutionGeometry g) {
    return g.outputHeight() * g.kernelHeight() == g.height()
        && g.outputWidth() * g.kernelWidth() == g.width();
  }

  /** The image's elements in disjoint windows ← the window's number at the position, else 0. */
  static void backward(ConvolutionGeometry g, long image, long output, long positions) {
    for (int row = 0; row < g.outputHeight(); row++) {
      for (int c = 0; c < g.inputChannels(); c += S.length()) {
        backward(g, row, c, image, output, positions);
      }
    }
  }

  private static void backward(
      ConvolutionGeometry g, int row, int c, long image, long output, long positions) {
    int channels = g.inputChannels();
    VectorMask<Float> mask = S.indexInRange(c, channels);
    VectorMask<Integer> ints = mask.cast(I);
    FloatVector zero = FloatVector.zero(S);
    for (int t = 0; t < g.outputWidth(); t++) {
      long out = 4L * ((row * g.outputWidth() + t) * channels + c);
      FloatVector value = Float32Kernels.load(S, output + out, mask);
      IntVector where = IntVector.fromMemorySegment(I, Native.ALL, positions + out, ORDER, ints);
      int corner = (row * g.stride() * g.width() + t * g.stride()) * channels + c;
      for (int i = 0; i < g.kernelHeight(); i++) {
        for (int j = 0; j < g.kernelWidth(); j++) {
          int pixel = corner + (i * g.width() + j) * channels;
          VectorMask<Float> here = where.compare(VectorOperators.EQ, IOTA.add(pixel)).cast(S);
          Float32Kernels.store(zero.blend(value, here), image + 4L * pixel, mask);
        }
      }
    }
  }
}
