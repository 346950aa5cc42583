package org.noisescape.engine.host;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Tensor;

/**
 * Normalisation in three sweeps: sums of channels over blocks of rows, the coefficients of each
 * channel from them, one combination of the arrays with those coefficients.
 *
 * <p>With d = x − μ every rule is a combination k_0 + k_x x + k_ẋ ẋ + k_ȳ ȳ + k_ȳ̇ ȳ̇ whose
 * coefficients are functions of Σ ȳ, Σ ȳ d, Σ ȳ̇, Σ ȳ̇ d, Σ ȳ ẋ, Σ ẋ and Σ d ẋ. Blocks have a fixed
 * number of rows and are added in their order, whatever the number of threads.
 */
final class HostNormalizationPlan extends NormalizationPlan {
  private final Workers workers;
  private final ChannelSums sums;
  private final ChannelCombination combination;
  private final Tensor blockSums;
  private final Tensor coefficients;
  private final boolean wide;
  private ChannelSums sampleSums;

  HostNormalizationPlan(
      DType dtype,
      int replicas,
      int rows,
      int channels,
      double epsilon,
      HostArena arena,
      Workers workers) {
    super(dtype, replicas, rows, channels, epsilon);
    this.workers = workers;
    this.wide = dtype == DType.FLOAT64;
    this.sums = new ChannelSums(wide, rows, channels);
    this.combination = new ChannelCombination(wide, channels);
    this.blockSums = arena.reserve(DType.FLOAT64, sums.blocks() + 1, ChannelSums.KINDS * channels);
    this.coefficients = arena.reserve(DType.FLOAT64, ChannelCombination.TERMS, channels);
  }

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    for (int r = 0; r < replicas(); r++) {
      long mu = row(mean, r);
      long v = row(variance, r);
      // a value of the channel as origin keeps the digits of a small variance far from zero
      for (int c = 0; c < channels(); c++) {
        Float64Kernels.set(mu, c, element(x, r, c));
      }
      sums.arrays(row(x, r), mu, 0, 0, 0);
      long total = sum();
      for (int c = 0; c < channels(); c++) {
        double first = at(total, ChannelSums.D, c) / rows();
        double second = at(total, ChannelSums.DD, c) / rows();
        Float64Kernels.set(mu, c, Float64Kernels.get(mu, c) + first);
        Float64Kernels.set(v, c, Math.max(second - first * first, 0));
      }
    }
  }

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    for (int r = 0; r < replicas(); r++) {
      for (int c = 0; c < channels(); c++) {
        double scale = element(gamma, r, c) * inverseDeviation(moments, r, c);
        double shift = element(beta, r, c) - scale * mean(moments, r, c);
        coefficients(c, shift, scale, 0, 0, 0);
      }
      combine(activation, row(x, r), 0, 0, 0, row(y, r));
    }
  }

  @Override
  protected void computeBackward(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor yBar,
      Tensor xBar,
      Tensor gammaBar,
      Tensor betaBar,
      Accumulation accumulation) {
    boolean coupled = moments.origin() == Moments.Origin.ROWS;
    for (int r = 0; r < replicas(); r++) {
      long total = 0;
      if (gammaBar != null || coupled) {
        sums.arrays(row(x, r), row(moments.mean(), r), 0, row(yBar, r), 0);
        total = sum();
      }
      if (xBar != null) {
        for (int c = 0; c < channels(); c++) {
          double s = inverseDeviation(moments, r, c);
          double scale = element(gamma, r, c) * s;
          double mean = coupled ? at(total, ChannelSums.BAR, c) / rows() : 0;
          double slope = coupled ? s * s * at(total, ChannelSums.BAR_D, c) / rows() : 0;
          double shift = scale * (slope * mean(moments, r, c) - mean);
          coefficients(c, shift, -scale * slope, 0, scale, 0);
        }
        combine(Activation.IDENTITY, coupled ? row(x, r) : 0, 0, row(yBar, r), 0, row(xBar, r));
      }
      for (int c = 0; gammaBar != null && c < channels(); c++) {
        double s = inverseDeviation(moments, r, c);
        deliver(gammaBar, r, c, s * at(total, ChannelSums.BAR_D, c), accumulation);
        deliver(betaBar, r, c, at(total, ChannelSums.BAR, c), accumulation);
      }
    }
  }

  @Override
  protected void computeTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor betaDot,
      Tensor yDot) {
    boolean coupled = moments.origin() == Moments.Origin.ROWS && xDot != null;
    for (int r = 0; r < replicas(); r++) {
      long total = 0;
      if (coupled) {
        sums.arrays(row(x, r), row(moments.mean(), r), row(xDot, r), 0, 0);
        total = sum();
      }
      for (int c = 0; c < channels(); c++) {
        double s = inverseDeviation(moments, r, c);
        double scale = element(gamma, r, c) * s;
        double mean = coupled ? at(total, ChannelSums.DOT, c) / rows() : 0;
        double slope = coupled ? s * s * at(total, ChannelSums.D_DOT, c) / rows() : 0;
        double ofD = element(gammaDot, r, c) * s - scale * slope;
        double shift = element(betaDot, r, c) - scale * mean - ofD * mean(moments, r, c);
        coefficients(c, shift, ofD, scale, 0, 0);
      }
      combine(Activation.IDENTITY, row(x, r), rowOrNone(xDot, r), 0, 0, row(yDot, r));
    }
  }

  @Override
  protected void computeBackwardTangent(
      Tensor x,
      Moments moments,
      Tensor gamma,
      Tensor xDot,
      Tensor gammaDot,
      Tensor yBar,
      Tensor yBarDot,
      Tensor xBarDot,
      Tensor gammaBarDot,
      Tensor betaBarDot,
      Accumulation accumulation) {
    boolean coupled = moments.origin() == Moments.Origin.ROWS;
    for (int r = 0; r < replicas(); r++) {
      sums.arrays(
          row(x, r), row(moments.mean(), r), rowOrNone(xDot, r), row(yBar, r), row(yBarDot, r));
      long total = sum();
      for (int c = 0; c < channels(); c++) {
        double s = inverseDeviation(moments, r, c);
        double scale = element(gamma, r, c) * s;
        double scaleDot = element(gammaDot, r, c) * s;
        double bar = at(total, ChannelSums.BAR, c);
        double barD = at(total, ChannelSums.BAR_D, c);
        double barDot = at(total, ChannelSums.BAR_DOT, c);
        double gammaMove = at(total, ChannelSums.BAR_DOT_D, c);
        if (xDot != null) {
          gammaMove += at(total, ChannelSums.BAR_X_DOT, c);
        }
        if (!coupled) {
          coefficients(c, 0, 0, 0, scaleDot, scale);
        } else {
          // ⟨ẋ⟩ and s² ⟨d ẋ⟩: how μ and −log s move
          double meanDot = xDot == null ? 0 : at(total, ChannelSums.DOT, c) / rows();
          double decline = xDot == null ? 0 : s * s * at(total, ChannelSums.D_DOT, c) / rows();
          gammaMove -= bar * meanDot + decline * barD;
          double slope = s * s * barD / rows();
          double slopeDot = s * s * gammaMove / rows() - slope * decline;
          double move = scaleDot - scale * decline;
          double ofD = -move * slope - scale * slopeDot;
          double shift = -move * bar / rows() - scale * barDot / rows() + scale * slope * meanDot;
          coefficients(c, shift - ofD * mean(moments, r, c), ofD, -scale * slope, move, scale);
        }
        deliver(gammaBarDot, r, c, s * gammaMove, accumulation);
        deliver(betaBarDot, r, c, barDot, accumulation);
      }
      if (xBarDot != null) {
        combine(
            Activation.IDENTITY,
            coupled ? row(x, r) : 0,
            coupled ? rowOrNone(xDot, r) : 0,
            row(yBar, r),
            row(yBarDot, r),
            row(xBarDot, r));
      }
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    int count = samples.dim(1);
    ChannelSums one = sumsOfSamples(rows() / count);
    for (int r = 0; r < replicas(); r++) {
      for (int n = 0; n < count; n++) {
        long skip = (long) n * (rows() / count) * channels() * (wide ? 8 : 4);
        one.arrays(row(x, r) + skip, row(moments.mean(), r), 0, row(yBar, r) + skip, 0);
        one.run(Native.address(blockSums));
        long total = one.total(Native.address(blockSums));
        for (int c = 0; c < channels(); c++) {
          long at = 2L * n * channels() + c;
          double s = inverseDeviation(moments, r, c);
          set(row(samples, r), at, s * at(total, ChannelSums.BAR_D, c));
          set(row(samples, r), at + channels(), at(total, ChannelSums.BAR, c));
        }
      }
    }
  }

  /** Kept for the next call: runs have one number of samples. */
  private ChannelSums sumsOfSamples(int each) {
    if (sampleSums == null || sampleSums.rows() != each) {
      sampleSums = sums.ofRows(each);
    }
    return sampleSums;
  }

  /** Sums of all blocks; the address of the totals. */
  private long sum() {
    long target = Native.address(blockSums);
    sums.into(target);
    workers.run(sums, sums.blocks(), 1, (long) rows() * channels());
    return sums.total(target);
  }

  private void combine(
      Activation activation, long x, long xDot, long yBar, long yBarDot, long out) {
    combination.arrays(activation, Native.address(coefficients), x, xDot, yBar, yBarDot, out);
    workers.run(combination, rows(), 1, (long) rows() * channels());
  }

  private void coefficients(
      int c, double constant, double x, double xDot, double yBar, double yBarDot) {
    long at = Native.address(coefficients);
    Float64Kernels.set(at, c, constant);
    Float64Kernels.set(at, channels() + c, x);
    Float64Kernels.set(at, 2L * channels() + c, xDot);
    Float64Kernels.set(at, 3L * channels() + c, yBar);
    Float64Kernels.set(at, 4L * channels() + c, yBarDot);
  }

  private double at(long total, int kind, int c) {
    return Float64Kernels.get(total, (long) kind * channels() + c);
  }

  private double inverseDeviation(Moments moments, int r, int c) {
    return 1 / Math.sqrt(Float64Kernels.get(row(moments.variance(), r), c) + epsilon());
  }

  private static double mean(Moments moments, int r, int c) {
    return Float64Kernels.get(row(moments.mean(), r), c);
  }

  private void deliver(Tensor target, int r, int c, double value, Accumulation accumulation) {
    double before = accumulation == Accumulation.ADD ? element(target, r, c) : 0;
    set(row(target, r), c, before + value);
  }

  private double element(Tensor tensor, int r, int c) {
    return wide
        ? Float64Kernels.get(row(tensor, r), c)
        : Native.ALL.get(Native.FLOAT, row(tensor, r) + 4L * c);
  }

  private void set(long address, long i, double value) {
    if (wide) {
      Float64Kernels.set(address, i, value);
    } else {
      Native.ALL.set(Native.FLOAT, address + 4 * i, (float) value);
    }
  }

  private static long row(Tensor tensor, int r) {
    return Native.address(tensor) + r * Native.rowBytes(tensor);
  }

  private static long rowOrNone(Tensor tensor, int r) {
    return tensor == null ? 0 : row(tensor, r);
  }
}
