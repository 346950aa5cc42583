package org.noisescape.engine.host;

import java.util.Arrays;
import org.noisescape.engine.host.NormalizationOperands.Rule;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Moments;
import org.noisescape.tensor.NormalizationPlan;
import org.noisescape.tensor.Sharing;
import org.noisescape.tensor.Tensor;

/**
 * Normalisation set by set: threads share the rows of a single set, or else the sets.
 *
 * <p>Sets give their parts of γ̄ and β̄ apart, and these are added in their order, whatever the
 * number of threads.
 */
final class HostNormalizationPlan extends NormalizationPlan {
  private final Workers workers;
  private final boolean wide;
  private final NormalizedSet[] parts;
  private final Tensor affine;
  private final double[] affineSums;
  private final NormalizationOperands operands = new NormalizationOperands();
  private final Sets task = new Sets();
  private ChannelSums sampleSums;

  HostNormalizationPlan(
      DType dtype,
      int replicas,
      int rows,
      int channels,
      Sharing sharing,
      double epsilon,
      HostArena arena,
      Workers workers) {
    super(dtype, replicas, rows, channels, sharing, epsilon);
    this.workers = workers;
    this.wide = dtype == DType.FLOAT64;
    this.parts = new NormalizedSet[Math.min(sets(), workers.count())];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          new NormalizedSet(
              wide,
              rows / sets(),
              channels,
              groups(),
              epsilon,
              arena,
              sets() == 1 ? workers : null);
    }
    this.affine = arena.reserve(DType.FLOAT64, sets(), 2 * channels);
    this.affineSums = new double[2 * channels];
  }

  @Override
  protected void computeMoments(Tensor x, Tensor mean, Tensor variance) {
    operands.of(Rule.MOMENTS, x, mean, variance, true);
    for (int r = 0; r < replicas(); r++) {
      eachSet(r);
    }
  }

  @Override
  protected void computeForward(
      Activation activation, Tensor x, Moments moments, Tensor gamma, Tensor beta, Tensor y) {
    operands(Rule.FORWARD, x, moments, gamma);
    operands.activation = activation;
    operands.betaDot = beta;
    operands.out = y;
    for (int r = 0; r < replicas(); r++) {
      eachSet(r);
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
    operands(Rule.BACKWARD, x, moments, gamma);
    operands.yBar = yBar;
    operands.out = xBar;
    operands.affine = gammaBar == null ? null : affine;
    if (gammaBar == null && xBar == null) {
      return;
    }
    for (int r = 0; r < replicas(); r++) {
      eachSet(r);
      if (gammaBar != null) {
        deliver(r, gammaBar, betaBar, accumulation);
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
    operands(Rule.TANGENT, x, moments, gamma);
    operands.xDot = xDot;
    operands.gammaDot = gammaDot;
    operands.betaDot = betaDot;
    operands.out = yDot;
    for (int r = 0; r < replicas(); r++) {
      eachSet(r);
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
    operands(Rule.BACKWARD_TANGENT, x, moments, gamma);
    operands.xDot = xDot;
    operands.gammaDot = gammaDot;
    operands.yBar = yBar;
    operands.yBarDot = yBarDot;
    operands.out = xBarDot;
    operands.affine = affine;
    for (int r = 0; r < replicas(); r++) {
      eachSet(r);
      deliver(r, gammaBarDot, betaBarDot, accumulation);
    }
  }

  private void operands(Rule rule, Tensor x, Moments moments, Tensor gamma) {
    boolean fromRows = moments.origin() == Moments.Origin.ROWS;
    operands.of(rule, x, moments.mean(), moments.variance(), fromRows);
    operands.gamma = gamma;
  }

  private void eachSet(int r) {
    task.replica = r;
    if (parts.length == 1) {
      task.run(0, 1);
    } else {
      workers.run(task, parts.length, 1, 2L * rows() * channels());
    }
  }

  /** Parts of the sets, each with scratch memory of its own. */
  private final class Sets implements Workers.Task {
    private int replica;

    @Override
    public void run(long from, long to) {
      for (int part = (int) from; part < to; part++) {
        int last = (int) ((part + 1L) * sets() / parts.length);
        for (int b = (int) ((long) part * sets() / parts.length); b < last; b++) {
          parts[part].run(operands, replica, b);
        }
      }
    }
  }

  private void deliver(int r, Tensor gammaBar, Tensor betaBar, Accumulation accumulation) {
    long from = Native.address(affine);
    long gamma = Native.address(gammaBar) + r * Native.rowBytes(gammaBar);
    long beta = Native.address(betaBar) + r * Native.rowBytes(betaBar);
    Arrays.fill(affineSums, 0);
    for (int b = 0; b < sets(); b++) {
      for (int i = 0; i < affineSums.length; i++) {
        affineSums[i] += Float64Kernels.get(from, (long) b * affineSums.length + i);
      }
    }
    for (int c = 0; c < channels(); c++) {
      deliver(gamma, c, affineSums[c], accumulation);
      deliver(beta, c, affineSums[channels() + c], accumulation);
    }
  }

  private void deliver(long target, int c, double value, Accumulation accumulation) {
    double before = accumulation == Accumulation.ADD ? DoubleLanes.get(wide, target, c) : 0;
    DoubleLanes.set(wide, target, c, before + value);
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    int count = samples.dim(1);
    operands(Rule.BACKWARD, x, moments, null);
    operands.yBar = yBar;
    ChannelSums one = sumsOfSamples(rows() / count);
    for (int r = 0; r < replicas(); r++) {
      long target = Native.address(samples) + r * Native.rowBytes(samples);
      for (int n = 0; n < count; n++) {
        int set = sets() == 1 ? 0 : n;
        parts[0].samples(operands, r, set, one, sets() == 1 ? n : 0, target, n);
      }
    }
  }

  /** Kept for the next call: runs have one number of samples. */
  private ChannelSums sumsOfSamples(int each) {
    if (sampleSums == null || sampleSums.rows() != each) {
      sampleSums = parts[0].sums().ofRows(each);
    }
    return sampleSums;
  }
}
