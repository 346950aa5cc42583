package org.noisescape.engine.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Writes the exact result of a convolution of stride 1, its bias, wherever the kernel sees zeros
 * only.
 *
 * <p>Winograd's transforms mix the pixels of a tile, so that a sum which is exactly zero comes out
 * as rounding noise of either sign. On pictures with a background of zeros, before the biases have
 * moved, that noise would decide which derivatives of the activation are one. Elsewhere a
 * pre-activation is zero by chance only, and passes that no activation follows, those of cotangents
 * and added tangents, are linear from there on: their errors stay rounding errors. Cost: a look at
 * the first channels of pixels that are not zero and at all of those that are.
 */
final class ZeroPatches implements Workers.Task {
  private static final ValueLayout.OfLong PAIR = ValueLayout.JAVA_LONG_UNALIGNED;

  /** All bits of two floats but their signs. */
  private static final long MAGNITUDES = 0x7fff_ffff_7fff_ffffL;

  private final ConvolutionGeometry g;
  private final boolean rectified;
  private final int samples;
  private final Workers workers;
  private final Tensor result;

  /** Zero pixels above each other, down to the present row, by sample and column. */
  private final int[] heights;

  private long x;
  private long y;
  private long values;

  /** Prepares for a plan's passes; reserves memory for the result of one position. */
  ZeroPatches(
      ConvolutionGeometry geometry,
      Activation activation,
      int samples,
      HostArena arena,
      Workers workers) {
    if (geometry.stride() != 1) {
      throw new IllegalArgumentException("stride must be 1, got " + geometry);
    }
    this.g = geometry;
    this.rectified = activation == Activation.RELU;
    this.samples = samples;
    this.workers = workers;
    this.result = arena.reserve(DType.FLOAT32, 1, geometry.outputChannels());
    this.heights = new int[Math.multiplyExact(samples, geometry.width())];
  }

  /** Mends y of one replica, rectified as the forward pass leaves it where that is fused. */
  void mendForward(long images, long bias, long outputs) {
    long at = Native.address(result);
    for (long o = 0; o < bytes(); o += 4) {
      float value = Native.ALL.get(Native.FLOAT, bias + o);
      Native.ALL.set(Native.FLOAT, at + o, rectified ? Math.max(value, 0) : value);
    }
    mend(images, at, outputs);
  }

  /** Mends y of one replica, without bias and activation. */
  void mendLinear(long images, long outputs) {
    long at = Native.address(result);
    Native.zero(at, bytes());
    mend(images, at, outputs);
  }

  private void mend(long images, long expected, long outputs) {
    x = images;
    y = outputs;
    values = expected;
    workers.run(this, samples, 1, (long) samples * g.positions() * g.outputChannels());
  }

  @Override
  public void run(long from, long to) {
    for (long n = from; n < to; n++) {
      int first = (int) n * g.width();
      Arrays.fill(heights, first, first + g.width(), g.padding());
      for (int row = 0; row < g.height() + g.padding(); row++) {
        look(n, row, first);
        int line = row + 1 + g.padding() - g.kernelHeight();
        if (line >= 0) {
          mendLine(first, y + (n * g.outputHeight() + line) * g.outputWidth() * bytes());
        }
      }
    }
  }

  /** Rows beyond the image are zero. */
  private void look(long n, int row, int first) {
    long pixel = x + 4L * (n * g.height() + row) * g.width() * g.inputChannels();
    for (int column = first; column < first + g.width(); column++) {
      heights[column] = row >= g.height() || isZero(pixel) ? heights[column] + 1 : 0;
      pixel += 4L * g.inputChannels();
    }
  }

  private boolean isZero(long pixel) {
    int channel = 0;
    for (; channel + 2 <= g.inputChannels(); channel += 2) {
      if ((Native.ALL.get(PAIR, pixel + 4L * channel) & MAGNITUDES) != 0) {
        return false;
      }
    }
    return channel == g.inputChannels() || Native.ALL.get(Native.FLOAT, pixel + 4L * channel) == 0;
  }

  private void mendLine(int first, long line) {
    int zeros = g.padding();
    for (int column = 0; column < g.width() + g.padding(); column++) {
      boolean zero = column >= g.width() || heights[first + column] >= g.kernelHeight();
      zeros = zero ? zeros + 1 : 0;
      int position = column + 1 + g.padding() - g.kernelWidth();
      if (position >= 0 && zeros >= g.kernelWidth()) {
        MemorySegment.copy(Native.ALL, values, Native.ALL, line + position * bytes(), bytes());
      }
    }
  }

  private long bytes() {
    return 4L * g.outputChannels();
  }
}
