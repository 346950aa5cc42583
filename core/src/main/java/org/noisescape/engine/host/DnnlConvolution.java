package org.noisescape.engine.host;

import org.noisescape.engine.host.DnnlDescriptors.Finish;
import org.noisescape.engine.host.DnnlOperation.Algorithm;
import org.noisescape.engine.host.DnnlOperation.Kind;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * float32 convolution by oneDNN.
 *
 * <p>Winograd from 16 channels on, its exact zeros restored, otherwise direct; some passes of very
 * few channels by {@link NarrowConvolution}. Norms of per-sample gradients come from Gram matrices
 * where the images are small against the kernels, otherwise from the gradients themselves, sample
 * by sample.
 */
final class DnnlConvolution extends ConvolutionPlan {
  private static final Algorithm[] DIRECT = {Algorithm.DIRECT, Algorithm.DIRECT_BLOCKED};
  private static final Algorithm[] WINOGRAD = {
    Algorithm.WINOGRAD, Algorithm.DIRECT, Algorithm.DIRECT_BLOCKED
  };
  private static final Algorithm[] BLOCKED = {Algorithm.DIRECT_BLOCKED, Algorithm.DIRECT};

  /** Channels from which Winograd's smaller number of products outweighs its transforms. */
  private static final int WINOGRAD_CHANNELS = 16;

  private final HostArena arena;
  private final DnnlPass forward;
  private final DnnlPass linear;
  private final ZeroPatches zeroPatches;
  private final DnnlPass inputGradient;
  private final DnnlPass weightGradient;
  private final DnnlPass sampleGradient;
  private final GramNorms gram;
  private final NarrowConvolution narrow;
  private final Tensor gradient;
  private final Tensor biasGradient;
  private final Tensor sampleWeights;
  private final Tensor weightSum;
  private final long imageBytes;
  private final long outputBytes;

  DnnlConvolution(
      ConvolutionGeometry geometry,
      Activation activation,
      int replicas,
      int samples,
      HostArena arena,
      Workers workers) {
    super(geometry, activation, DType.FLOAT32, replicas, samples);
    this.arena = arena;
    boolean many =
        geometry.inputChannels() >= WINOGRAD_CHANNELS
            && geometry.outputChannels() >= WINOGRAD_CHANNELS;
    Algorithm[] preferred = many ? WINOGRAD : DIRECT;
    Finish finish = activation == Activation.RELU ? Finish.RELU : Finish.NONE;
    forward = DnnlPass.first(Kind.FORWARD, geometry, finish, samples, arena, preferred);
    linear = DnnlPass.first(Kind.LINEAR, geometry, Finish.NONE, samples, arena, preferred);
    zeroPatches =
        forward.isWinograd() || linear.isWinograd()
            ? new ZeroPatches(geometry, activation, samples, arena, workers)
            : null;
    inputGradient =
        DnnlPass.first(Kind.INPUT_GRADIENT, geometry, Finish.NONE, samples, arena, preferred);
    weightGradient =
        DnnlPass.first(
            Kind.WEIGHT_GRADIENT, geometry, Finish.NONE, samples, arena, many ? WINOGRAD : BLOCKED);
    narrow =
        NarrowConvolution.suitsGradient(geometry)
            ? new NarrowConvolution(geometry, samples, workers)
            : null;
    gram =
        narrow == null && GramNorms.isCheaper(geometry)
            ? new GramNorms(geometry, arena, workers)
            : null;
    sampleGradient = DnnlPass.first(Kind.WEIGHT_GRADIENT, geometry, Finish.NONE, 1, arena, DIRECT);
    gradient = arena.reserve(DType.FLOAT32, 1, Math.toIntExact(geometry.weightSize()));
    biasGradient = arena.reserve(DType.FLOAT32, 2, geometry.outputChannels());
    int inner =
        narrow == null && gram == null
            ? Math.toIntExact((sampleGradient.innerWeightBytes() + 3) / 4)
            : 0;
    sampleWeights = arena.reserve(DType.FLOAT32, 1, inner);
    weightSum = arena.reserve(DType.FLOAT32, 1, inner);
    imageBytes = 4L * geometry.height() * geometry.width() * geometry.inputChannels();
    outputBytes = 4L * geometry.positions() * geometry.outputChannels();
  }

  @Override
  protected void computeForward(Tensor x, Tensor w, Tensor b, Tensor y) {
    float floor = activation() == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
    for (int r = 0; r < replicas(); r++) {
      if (NarrowConvolution.suitsForward(geometry())) {
        narrow.forward(row(x, r), row(w, r), row(b, r), floor, row(y, r));
        continue;
      }
      forward.run(row(x, r), row(w, r), row(y, r), row(b, r), arena.scratch());
      if (zeroPatches != null) {
        zeroPatches.mendForward(row(x, r), row(b, r), row(y, r));
      }
    }
    if (activation() != Activation.RELU && activation() != Activation.IDENTITY) {
      y.engine().pointwise().activate(activation(), y, y);
    }
  }

  @Override
  protected void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    for (int r = 0; r < replicas(); r++) {
      if (accumulation == Accumulation.ADD) {
        linear.add(row(x, r), row(w, r), row(y, r), arena.scratch());
      } else {
        linear.run(row(x, r), row(w, r), row(y, r), 0, arena.scratch());
        if (zeroPatches != null) {
          zeroPatches.mendLinear(row(x, r), row(y, r));
        }
      }
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Tensor yBar, Tensor rows) {
    long rowBytes = 4L * rows.dim(2);
    boolean bias = rows.dim(2) > geometry().weightSize();
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < samples(); n++) {
        long target = row(rows, r) + n * rowBytes;
        sampleGradient.run(
            row(x, r) + n * imageBytes,
            target,
            row(yBar, r) + n * outputBytes,
            bias ? target + 4 * geometry().weightSize() : Native.address(biasGradient),
            arena.scratch());
      }
    }
  }

  @Override
  protected void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    for (int r = 0; r < replicas(); r++) {
      if (accumulation == Accumulation.ADD) {
        inputGradient.add(row(xBar, r), row(w, r), row(yBar, r), arena.scratch());
      } else {
        inputGradient.run(row(xBar, r), row(w, r), row(yBar, r), 0, arena.scratch());
      }
    }
  }

  @Override
  protected void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    for (int r = 0; r < replicas(); r++) {
      long sum = Native.address(gradient);
      long biasSum = Native.address(biasGradient);
      if (narrow != null) {
        narrow.weightGradient(row(x, r), row(yBar, r), sum, biasSum, false, 0);
      } else {
        weightGradient.run(row(x, r), sum, row(yBar, r), biasSum, arena.scratch());
      }
      deliver(wBar, bBar, r, Native.address(biasGradient), accumulation);
    }
  }

  @Override
  protected void computeWeightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    if (narrow != null) {
      for (int r = 0; r < replicas(); r++) {
        long biasSum = Native.address(biasGradient);
        narrow.weightGradient(
            row(x, r),
            row(yBar, r),
            Native.address(gradient),
            biasSum,
            bBar != null,
            row(norms, r));
        deliver(wBar, bBar, r, biasSum, accumulation);
      }
      return;
    }
    if (gram != null) {
      computeWeightGradient(x, yBar, wBar, bBar, accumulation);
      for (int r = 0; r < replicas(); r++) {
        gram.add(row(x, r), row(yBar, r), samples(), bBar != null, row(norms, r));
      }
      return;
    }
    for (int r = 0; r < replicas(); r++) {
      sumSampleGradients(row(x, r), row(yBar, r), bBar != null, row(norms, r));
      sampleGradient.convertWeights(
          Native.address(weightSum),
          Native.address(gradient),
          4 * geometry().weightSize(),
          arena.scratch());
      deliver(wBar, bBar, r, Native.address(biasGradient) + biasBytes(), accumulation);
    }
  }

  /** Sums the gradients of the samples in the inner layout and adds their squared norms. */
  private void sumSampleGradients(long x, long yBar, boolean withBias, long norms) {
    long sum = Native.address(weightSum);
    long one = Native.address(sampleWeights);
    long bias = Native.address(biasGradient);
    long biasSum = bias + biasBytes();
    long inner = weightSum.rowSize();
    int outputs = geometry().outputChannels();
    for (int n = 0; n < samples(); n++) {
      sampleGradient.runInner(
          x + n * imageBytes, one, yBar + n * outputBytes, bias, arena.scratch());
      double ofWeights = Float32Kernels.accumulate(one, sum, n == 0, inner);
      double ofBias = Float32Kernels.accumulate(bias, biasSum, n == 0, outputs);
      double norm = withBias ? ofWeights + ofBias : ofWeights;
      Float64Kernels.set(norms, n, Float64Kernels.get(norms, n) + norm);
    }
  }

  private void deliver(Tensor wBar, Tensor bBar, int r, long bias, Accumulation accumulation) {
    float beta = accumulation == Accumulation.ADD ? 1 : 0;
    Float32Kernels.axpby(
        1, Native.address(gradient), beta, row(wBar, r), 0, geometry().weightSize());
    if (bBar != null) {
      Float32Kernels.axpby(1, bias, beta, row(bBar, r), 0, geometry().outputChannels());
    }
  }

  private long biasBytes() {
    return 4L * geometry().outputChannels();
  }

  private static long row(Tensor tensor, int r) {
    return Native.address(tensor) + r * Native.rowBytes(tensor);
  }
}
