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
  /** Most blocks of sets: a bound of the memory, and of the threads. */
  private static final int BLOCKS = 32;

  private final Workers workers;
  private final boolean wide;
  private final NormalizedSet[] parts;
  private final LaneTail lanes;

  /** Parts of γ̄ and β̄, of a block of sets each. */
  private final double[][] gammaSums;

  private final double[][] betaSums;
  private final double[] held;
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
      Workers workers) {
    super(dtype, replicas, rows, channels, sharing, epsilon);
    this.workers = workers;
    this.wide = dtype == DType.FLOAT64;
    int blocks = Math.min(sets(), BLOCKS);
    this.parts = new NormalizedSet[Math.min(blocks, workers.count())];
    for (int i = 0; i < parts.length; i++) {
      Workers sharers = sets() == 1 ? workers : null;
      parts[i] = new NormalizedSet(wide, rows / sets(), channels, groups(), epsilon, sharers);
    }
    int stride = DoubleLanes.padded(channels);
    this.gammaSums = new double[blocks][stride];
    this.betaSums = new double[blocks][stride];
    this.lanes = new LaneTail(channels);
    this.held = new double[stride];
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
    operands.affine = gammaBar != null;
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
    operands.affine = true;
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
      int blocks = gammaSums.length;
      for (int part = (int) from; part < to; part++) {
        parts[part].start(operands, replica);
        int last = (part + 1) * blocks / parts.length;
        for (int block = part * blocks / parts.length; block < last; block++) {
          block(parts[part], block);
        }
      }
    }

    private void block(NormalizedSet part, int block) {
      double[] gammaBar = operands.affine ? gammaSums[block] : null;
      double[] betaBar = operands.affine ? betaSums[block] : null;
      if (operands.affine) {
        Arrays.fill(gammaBar, 0);
        Arrays.fill(betaBar, 0);
      }
      int last = (int) ((block + 1L) * sets() / gammaSums.length);
      for (int b = (int) ((long) block * sets() / gammaSums.length); b < last; b++) {
        part.run(b, gammaBar, betaBar);
      }
    }
  }

  private void deliver(int r, Tensor gammaBar, Tensor betaBar, Accumulation accumulation) {
    deliver(gammaSums, r, gammaBar, accumulation);
    deliver(betaSums, r, betaBar, accumulation);
  }

  /** Adds the blocks to the first. */
  private void deliver(double[][] blocks, int r, Tensor bar, Accumulation accumulation) {
    double[] sum = blocks[0];
    for (int block = 1; block < blocks.length; block++) {
      add(blocks[block], sum);
    }
    long address = Native.address(bar) + r * Native.rowBytes(bar);
    if (accumulation == Accumulation.ADD) {
      lanes.read(wide, address, held);
      add(held, sum);
    }
    lanes.write(sum, wide, address);
  }

  private static void add(double[] terms, double[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += terms[c];
    }
  }

  @Override
  protected void computeSampleGradients(Tensor x, Moments moments, Tensor yBar, Tensor samples) {
    int count = samples.dim(1);
    operands(Rule.BACKWARD, x, moments, null);
    operands.yBar = yBar;
    ChannelSums one = sumsOfSamples(rows() / count);
    long bytes = channels() * (long) dtype().bytes();
    for (int r = 0; r < replicas(); r++) {
      long target = Native.address(samples) + r * Native.rowBytes(samples);
      parts[0].start(operands, r);
      for (int n = 0; n < count; n++) {
        int set = sets() == 1 ? 0 : n;
        long at = target + 2 * n * bytes;
        parts[0].sample(set, one, sets() == 1 ? n : 0, at, at + bytes);
      }
    }
  }

  /** Kept for the next call: runs have one number of samples. */
  private ChannelSums sumsOfSamples(int each) {
    if (sampleSums == null || sampleSums.rows() != each) {
      sampleSums = parts[0].sumsOf(each);
    }
    return sampleSums;
  }
}
