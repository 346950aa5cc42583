package org.noisescape.engine.host;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.noisescape.engine.host.DnnlDescriptors.Finish;
import org.noisescape.engine.host.DnnlOperation.Algorithm;
import org.noisescape.engine.host.DnnlOperation.Kind;
import org.noisescape.engine.host.DnnlPort.Direction;
import org.noisescape.engine.host.DnnlPrimitive.Slot;
import org.noisescape.tensor.ConvolutionGeometry;

/**
 * One pass of a convolution from user layouts to user layouts: images channels-last, weights
 * (C_out, C_in, kh, kw).
 *
 * <p>Inside, oneDNN may want other layouts; conversions go through scratch memory.
 */
final class DnnlPass {
  private final DnnlPort images;
  private final DnnlPort weights;
  private final DnnlPort outputs;
  private final Slot bias;
  private final DnnlPrimitive primitive;
  private final boolean winograd;
  private final double multiplications;
  private final long scratchBytes;

  private DnnlPass(
      Kind kind,
      DnnlOperation operation,
      boolean winograd,
      double multiplications,
      HostArena arena) {
    this.winograd = winograd;
    this.multiplications = multiplications;
    boolean inputGradient = kind == Kind.INPUT_GRADIENT;
    boolean weightGradient = kind == Kind.WEIGHT_GRADIENT;
    images =
        new DnnlPort(
            operation.images(),
            operation.innerImages(inputGradient),
            inputGradient ? Direction.SUM : Direction.INPUT,
            arena);
    weights =
        new DnnlPort(
            operation.weights(),
            operation.innerWeights(weightGradient),
            weightGradient ? Direction.OUTPUT : Direction.INPUT,
            arena);
    outputs =
        new DnnlPort(
            operation.outputs(), operation.innerOutputs(!kind.isForward()), direction(kind), arena);
    bias = kind.hasBias() ? new Slot(operation.bias(), arena) : null;
    int[] numbers = {
      inputGradient ? dnnl.DNNL_ARG_DIFF_SRC : dnnl.DNNL_ARG_SRC,
      weightGradient ? dnnl.DNNL_ARG_DIFF_WEIGHTS : dnnl.DNNL_ARG_WEIGHTS,
      kind.isForward() ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_DIFF_DST,
      weightGradient ? dnnl.DNNL_ARG_DIFF_BIAS : dnnl.DNNL_ARG_BIAS
    };
    Slot[] slots = {images.inner, weights.inner, outputs.inner, bias};
    int count = kind.hasBias() ? 4 : 3;
    primitive =
        new DnnlPrimitive(
            operation.descriptor(),
            Arrays.copyOf(numbers, count),
            Arrays.copyOf(slots, count),
            arena);
    long pad = primitive.scratchBytes();
    for (DnnlPort port : new DnnlPort[] {images, weights, outputs}) {
      pad = Math.max(pad, port.scratchBytes());
    }
    this.scratchBytes = images.innerBytes() + weights.innerBytes() + outputs.innerBytes() + pad;
    arena.shareScratch(scratchBytes);
  }

  private static Direction direction(Kind kind) {
    return switch (kind) {
      case FORWARD -> Direction.OUTPUT;
      case LINEAR -> Direction.SUM;
      case INPUT_GRADIENT, WEIGHT_GRADIENT -> Direction.INPUT;
    };
  }

  /** Prepares a pass by the first algorithm that oneDNN has; its scratch memory is the arena's. */
  static DnnlPass first(
      Kind kind,
      ConvolutionGeometry geometry,
      Finish finish,
      int samples,
      HostArena arena,
      Algorithm... candidates) {
    double multiplications = (double) samples * geometry.positions() * geometry.weightSize();
    OneDnn.threadsFor(multiplications);
    for (Algorithm algorithm : candidates) {
      try (DnnlOperation operation = DnnlOperation.of(kind, algorithm, geometry, finish, samples)) {
        if (operation != null) {
          boolean winograd = algorithm == Algorithm.WINOGRAD;
          return new DnnlPass(kind, operation, winograd, multiplications, arena);
        }
      }
    }
    throw new IllegalStateException("oneDNN has no convolution for " + geometry);
  }

  /** Whether sums that are exactly zero come out as rounding noise. */
  boolean isWinograd() {
    return winograd;
  }

  /** Bytes of the weights in the primitive's own layout. */
  long innerWeightBytes() {
    return weights.inner.bytes();
  }

  /**
   * Runs the pass on user memory.
   *
   * @param biasAddress the bias or its gradient; ignored by passes without
   * @param scratch scratch memory, a multiple of 64
   */
  void run(long image, long weight, long output, long biasAddress, long scratch) {
    run(image, weight, output, biasAddress, scratch, false);
  }

  /** As run, the result added to what its memory held; for images or outputs as results. */
  void add(long image, long weight, long output, long scratch) {
    run(image, weight, output, 0, scratch, true);
  }

  private void run(
      long image, long weight, long output, long biasAddress, long scratch, boolean adding) {
    weights.at(weight, scratch + images.innerBytes() + outputs.innerBytes(), adding);
    execute(image, output, biasAddress, scratch, adding);
    weights.deliver(pad(scratch), adding);
  }

  /** As run, for weight gradients that stay in the primitive's own layout. */
  void runInner(long image, long innerWeight, long output, long biasAddress, long scratch) {
    weights.inner.at(innerWeight);
    execute(image, output, biasAddress, scratch, false);
  }

  /** Converts a weight gradient from the primitive's own layout. */
  void convertWeights(long innerWeight, long weight, long bytes, long scratch) {
    if (weights.conversion == null) {
      java.lang.foreign.MemorySegment.copy(Native.ALL, innerWeight, Native.ALL, weight, bytes);
      return;
    }
    weights.inner.at(innerWeight);
    weights.user.at(weight);
    weights.conversion.run(scratch);
  }

  private void execute(long image, long output, long biasAddress, long scratch, boolean adding) {
    OneDnn.threadsFor(multiplications);
    images.at(image, scratch, adding);
    outputs.at(output, scratch + images.innerBytes(), adding);
    if (bias != null) {
      bias.at(biasAddress);
    }
    long pad = pad(scratch);
    images.load(pad);
    weights.load(pad);
    outputs.load(pad);
    primitive.run(pad);
    images.deliver(pad, adding);
    outputs.deliver(pad, adding);
  }

  private long pad(long scratch) {
    return scratch + images.innerBytes() + outputs.innerBytes() + weights.innerBytes();
  }
}
