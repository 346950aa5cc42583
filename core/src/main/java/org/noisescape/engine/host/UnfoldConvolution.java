package org.noisescape.engine.host;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * float64 convolution as products with unfolded patches, sample by sample.
 *
 * <p>Patches U (T, C_in·kh·kw) in the weights' order: y = U Wᵀ + b, Ū = ȳ W, W̄ = ȳᵀ U.
 */
final class UnfoldConvolution extends ConvolutionPlan {
  private static final DType WIDE = DType.FLOAT64;

  private final ConvolutionGeometry g;
  private final Tensor patches;
  private final Tensor gradient;
  private final int positions;
  private final int patch;
  private final int outputs;

  UnfoldConvolution(
      ConvolutionGeometry geometry,
      Activation activation,
      int replicas,
      int samples,
      HostArena arena) {
    super(geometry, activation, WIDE, replicas, samples);
    this.g = geometry;
    this.positions = geometry.positions();
    this.patch = geometry.patchSize();
    this.outputs = geometry.outputChannels();
    this.patches = arena.reserve(WIDE, 1, positions, patch);
    this.gradient = arena.reserve(WIDE, 1, Math.toIntExact(geometry.weightSize()));
  }

  @Override
  protected void computeForward(Tensor x, Tensor w, Tensor b, Tensor y) {
    long unfolded = Native.address(patches);
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < samples(); n++) {
        unfold(image(x, r, n), unfolded);
        long out = output(y, r, n);
        Gemm.multiply(WIDE, false, true, positions, outputs, patch, 1, unfolded, row(w, r), 0, out);
        for (int t = 0; t < positions; t++) {
          Float64Kernels.biasActivation(activation(), row(b, r), out + 8L * t * outputs, outputs);
        }
      }
    }
  }

  @Override
  protected void computeLinear(Tensor x, Tensor w, Tensor y, Accumulation accumulation) {
    long unfolded = Native.address(patches);
    double beta = accumulation == Accumulation.ADD ? 1 : 0;
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < samples(); n++) {
        unfold(image(x, r, n), unfolded);
        long out = output(y, r, n);
        Gemm.multiply(
            WIDE, false, true, positions, outputs, patch, 1, unfolded, row(w, r), beta, out);
      }
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Tensor yBar, Tensor rows) {
    long unfolded = Native.address(patches);
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < samples(); n++) {
        unfold(image(x, r, n), unfolded);
        long out = output(yBar, r, n);
        long target = row(rows, r) + 8L * n * rows.dim(2);
        Gemm.multiply(WIDE, true, false, outputs, patch, positions, 1, out, unfolded, 0, target);
        if (rows.dim(2) > g.weightSize()) {
          bias(out, target + 8 * g.weightSize(), 0);
        }
      }
    }
  }

  @Override
  protected void computeInputGradient(
      Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    long unfolded = Native.address(patches);
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < samples(); n++) {
        long out = output(yBar, r, n);
        Gemm.multiply(
            WIDE, false, false, positions, patch, outputs, 1, out, row(w, r), 0, unfolded);
        fold(unfolded, image(xBar, r, n), accumulation == Accumulation.ADD);
      }
    }
  }

  @Override
  protected void computeWeightGradient(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation) {
    sum(x, yBar, wBar, bBar, accumulation, null);
  }

  @Override
  protected void computeWeightGradientAndNorms(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    sum(x, yBar, wBar, bBar, accumulation, norms);
  }

  private void sum(
      Tensor x, Tensor yBar, Tensor wBar, Tensor bBar, Accumulation accumulation, Tensor norms) {
    long unfolded = Native.address(patches);
    long one = Native.address(gradient);
    long size = g.weightSize();
    for (int r = 0; r < replicas(); r++) {
      double beta = accumulation == Accumulation.ADD ? 1 : 0;
      for (int n = 0; n < samples(); n++) {
        unfold(image(x, r, n), unfolded);
        long out = output(yBar, r, n);
        Gemm.multiply(WIDE, true, false, outputs, patch, positions, 1, out, unfolded, 0, one);
        Float64Kernels.axpby(1, one, beta, row(wBar, r), 0, size);
        double biasNorm = bBar == null ? 0 : bias(out, row(bBar, r), beta);
        if (norms != null) {
          long at = row(norms, r);
          Float64Kernels.set(
              at, n, Float64Kernels.get(at, n) + Float64Kernels.dot(one, one, 0, size) + biasNorm);
        }
        beta = 1;
      }
    }
  }

  /** Adds Σ_t ȳ_t to the bias gradient; returns its squared norm. */
  private double bias(long out, long bBar, double beta) {
    double norm = 0;
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int t = 0; t < positions; t++) {
        sum += Float64Kernels.get(out, (long) t * outputs + o);
      }
      Float64Kernels.set(bBar, o, beta == 0 ? sum : Float64Kernels.get(bBar, o) + sum);
      norm += sum * sum;
    }
    return norm;
  }

  private void unfold(long image, long unfolded) {
    move(image, unfolded, true);
  }

  private void fold(long unfolded, long image, boolean add) {
    long size = add ? 0 : (long) g.height() * g.width() * g.inputChannels();
    for (long i = 0; i < size; i++) {
      Float64Kernels.set(image, i, 0);
    }
    move(image, unfolded, false);
  }

  /** Copies pixels to patches, or adds patches to pixels. */
  private void move(long image, long unfolded, boolean unfold) {
    long at = 0;
    for (int t = 0; t < positions; t++) {
      int top = t / g.outputWidth() * g.stride() - g.padding();
      int left = t % g.outputWidth() * g.stride() - g.padding();
      for (int c = 0; c < g.inputChannels(); c++) {
        for (int a = 0; a < g.kernelHeight(); a++) {
          for (int b = 0; b < g.kernelWidth(); b++, at++) {
            int row = top + a;
            int column = left + b;
            boolean inside = row >= 0 && row < g.height() && column >= 0 && column < g.width();
            long pixel = ((long) row * g.width() + column) * g.inputChannels() + c;
            if (unfold) {
              Float64Kernels.set(unfolded, at, inside ? Float64Kernels.get(image, pixel) : 0);
            } else if (inside) {
              Float64Kernels.set(
                  image,
                  pixel,
                  Float64Kernels.get(image, pixel) + Float64Kernels.get(unfolded, at));
            }
          }
        }
      }
    }
  }

  private long image(Tensor x, int r, int n) {
    return row(x, r) + 8L * n * g.height() * g.width() * g.inputChannels();
  }

  private long output(Tensor y, int r, int n) {
    return row(y, r) + 8L * n * positions * outputs;
  }

  private static long row(Tensor tensor, int r) {
    return Native.address(tensor) + r * Native.rowBytes(tensor);
  }
}
