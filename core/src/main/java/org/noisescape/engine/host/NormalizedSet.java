package org.noisescape.engine.host;

import java.util.Arrays;
import org.noisescape.tensor.Activation;

/**
 * Normalisation of one set of rows after another, in three sweeps: sums of channels over blocks of
 * rows, the coefficients of each channel from them, one combination of the arrays with those.
 *
 * <p>With d = x − μ, s = (v + ε)^(−1/2), u = γ ȳ and ⟨·⟩ the mean over a set's group: x̄ = s (u − p
 * − s² q d), p = ⟨u⟩, q = ⟨u d⟩; x̂̇ = s (ẋ − ⟨ẋ⟩ − δ d), δ = s² ⟨d ẋ⟩, which is how −ln s moves.
 * Every rule is then a combination k_0 + k_x x + k_ẋ ẋ + k_ȳ ȳ + k_ȳ̇ ȳ̇. Blocks have a fixed
 * number of rows and are added in their order, whatever the number of threads.
 */
final class NormalizedSet extends SetSweeps {
  private static final int CONSTANT = 0;
  private static final int X = 1;
  private static final int X_DOT = 2;
  private static final int Y_BAR = 3;
  private static final int Y_BAR_DOT = 4;

  private final double share;

  /** Of sets that are a row of one group each; else null. */
  private final SingleRow single;

  /** ⟨u⟩ and ⟨u d⟩ and how they move. */
  private final double[] p;

  private final double[] q;
  private final double[] pDot;
  private final double[] qDot;

  /** ⟨ẋ⟩ and δ. */
  private final double[] centre;

  private final double[] decline;

  /** Makes scratch arrays. */
  NormalizedSet(boolean wide, int rows, int channels, int groups, double epsilon, Workers workers) {
    super(wide, rows, channels, groups, epsilon, workers);
    this.share = 1.0 / rows;
    this.single = rows == 1 && groups == 1 ? new SingleRow(wide, channels) : null;
    int stride = DoubleLanes.padded(channels);
    this.p = new double[stride];
    this.q = new double[stride];
    this.pDot = new double[stride];
    this.qDot = new double[stride];
    this.centre = new double[stride];
    this.decline = new double[stride];
  }

  /**
   * The rule for a set of the replica that was started.
   *
   * @param gammaBar added to, a channel each, where the rule has γ̄ or its tangent and it is wanted
   * @param betaBar the same of β
   */
  void run(int b, double[] gammaBar, double[] betaBar) {
    enter(b);
    if (single != null && singly(gammaBar, betaBar)) {
      return;
    }
    if (of.rule == NormalizationOperands.Rule.MOMENTS) {
      moments();
      return;
    }
    readMoments();
    switch (of.rule) {
      case FORWARD -> forward();
      case BACKWARD -> backward(gammaBar, betaBar);
      case TANGENT -> tangent();
      default -> backwardTangent(gammaBar, betaBar);
    }
  }

  /** The rules of a training step on a row that is one group; whether the rule is one of them. */
  private boolean singly(double[] gammaBar, double[] betaBar) {
    long x = array(of.x);
    switch (of.rule) {
      case MOMENTS -> {
        double origin = first(of.x, 0);
        single.moments(x, origin);
        double apart = single.first() / channels;
        double spread = single.second() / channels - apart * apart;
        store(0, origin + apart, Math.max(spread, 0));
      }
      case FORWARD -> {
        single.enter(x, meanOf(0), inverseOf(0), gamma);
        single.forward(of.activation, beta, array(of.out));
      }
      case BACKWARD -> singleBackward(x, gammaBar, betaBar);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void singleBackward(long x, double[] gammaBar, double[] betaBar) {
    double mu = meanOf(0);
    double s = inverseOf(0);
    long bar = array(of.yBar);
    single.enter(x, mu, s, gamma);
    if (gammaBar != null) {
      single.affine(bar, gammaBar, betaBar);
    }
    if (of.out != null) {
      double slope = 0;
      double constant = 0;
      if (of.coupled) {
        single.sums(bar);
        slope = -s * s * s * single.second() / channels;
        constant = -slope * mu - s * single.first() / channels;
      }
      single.combine(slope, constant, bar, array(of.out));
    }
  }

  private void moments() {
    // an element of the group as origin keeps the digits of a small variance far from zero
    int size = groups.size();
    for (int c = 0; c < channels; c += size) {
      groups.fill(mean, c, first(of.x, c));
    }
    sum(of.x, null, null, null);
    double[] shift = sum(ChannelSums.D);
    double[] square = sum(ChannelSums.DD);
    for (int c = 0; c < channels; c += size) {
      double apart = groups.mean(shift, c) / rows;
      double spread = groups.mean(square, c) / rows - apart * apart;
      store(c, mean[c] + apart, Math.max(spread, 0));
    }
  }

  private void forward() {
    double[] constant = factors(CONSTANT);
    double[] ofX = factors(X);
    for (int c = 0; c < channels; c++) {
      double scale = gamma[c] * inverse[c];
      ofX[c] = scale;
      constant[c] = beta[c] - scale * mean[c];
    }
    combine(of.activation, of.x, null, null, null);
  }

  private void backward(double[] gammaBar, double[] betaBar) {
    if (gammaBar != null || of.coupled) {
      sum(of.x, null, of.yBar, null);
    }
    if (of.out != null) {
      scales(gamma, factors(Y_BAR));
      if (of.coupled) {
        couple();
      } else {
        Arrays.fill(factors(CONSTANT), 0);
      }
      combine(Activation.IDENTITY, of.coupled ? of.x : null, null, of.yBar, null);
    }
    if (gammaBar != null) {
      affine(sum(ChannelSums.BAR_D), sum(ChannelSums.BAR), gammaBar, betaBar);
    }
  }

  /** Factors ← s times others. */
  private void scales(double[] others, double[] factors) {
    for (int c = 0; c < channels; c++) {
      factors[c] = others[c] * inverse[c];
    }
  }

  /** x̄ less s u. */
  private void couple() {
    average(gamma, sum(ChannelSums.BAR), p);
    average(gamma, sum(ChannelSums.BAR_D), q);
    double[] constant = factors(CONSTANT);
    double[] ofX = factors(X);
    for (int c = 0; c < channels; c++) {
      double s = inverse[c];
      double slope = s * s * s * q[c];
      ofX[c] = -slope;
      constant[c] = slope * mean[c] - s * p[c];
    }
  }

  /** Means ← ⟨factor v⟩ from the sums of v. */
  private void average(double[] factor, double[] sum, double[] means) {
    for (int c = 0; c < channels; c++) {
      means[c] = share * factor[c] * sum[c];
    }
    groups.fold(means);
  }

  /** γ̄ ← γ̄ + s times sums, β̄ ← β̄ + others. */
  private void affine(double[] ofGamma, double[] ofBeta, double[] gammaBar, double[] betaBar) {
    for (int c = 0; c < channels; c++) {
      gammaBar[c] += inverse[c] * ofGamma[c];
      betaBar[c] += ofBeta[c];
    }
  }

  private void tangent() {
    boolean moving = of.coupled && of.xDot != null;
    if (moving) {
      sum(of.x, of.xDot, null, null);
      motion();
    }
    double[] constant = factors(CONSTANT);
    double[] ofX = factors(X);
    scales(gamma, factors(X_DOT));
    scales(gammaDot, ofX);
    System.arraycopy(beta, 0, constant, 0, channels);
    for (int c = 0; moving && c < channels; c++) {
      double scale = gamma[c] * inverse[c];
      ofX[c] -= scale * decline[c];
      constant[c] -= scale * centre[c];
    }
    aboutMean(ofX, constant);
    combine(Activation.IDENTITY, of.x, of.xDot, null, null);
  }

  /** A coefficient of d is one of x and of the constant. */
  private void aboutMean(double[] ofD, double[] constant) {
    for (int c = 0; c < channels; c++) {
      constant[c] -= ofD[c] * mean[c];
    }
  }

  /** How the mean and −ln s move: ⟨ẋ⟩ and δ. */
  private void motion() {
    double[] dot = sum(ChannelSums.DOT);
    double[] product = sum(ChannelSums.D_DOT);
    for (int c = 0; c < channels; c++) {
      double s = inverse[c];
      centre[c] = share * dot[c];
      decline[c] = s * s * share * product[c];
    }
    groups.fold(centre);
    groups.fold(decline);
  }

  private void backwardTangent(double[] gammaBar, double[] betaBar) {
    sum(of.x, of.xDot, of.yBar, of.yBarDot);
    boolean moving = of.coupled && of.xDot != null;
    if (moving) {
      motion();
    } else {
      Arrays.fill(centre, 0);
      Arrays.fill(decline, 0);
    }
    double[] move = moves();
    if (of.out != null) {
      scales(gammaDot, factors(Y_BAR));
      scales(gamma, factors(Y_BAR_DOT));
      if (of.coupled) {
        coupledBackwardTangent(move);
      } else {
        Arrays.fill(factors(CONSTANT), 0);
      }
      combine(
          Activation.IDENTITY,
          of.coupled ? of.x : null,
          of.coupled ? of.xDot : null,
          of.yBar,
          of.yBarDot);
    }
    double[] barD = sum(ChannelSums.BAR_D);
    for (int c = 0; c < channels; c++) {
      move[c] -= decline[c] * barD[c];
    }
    affine(move, sum(ChannelSums.BAR_DOT), gammaBar, betaBar);
  }

  /** How Σ ȳ d moves. */
  private double[] moves() {
    double[] move = sum(ChannelSums.BAR_DOT_D);
    double[] barXDot = sum(ChannelSums.BAR_X_DOT);
    double[] bar = sum(ChannelSums.BAR);
    for (int c = 0; of.xDot != null && c < channels; c++) {
      move[c] += barXDot[c];
    }
    for (int c = 0; c < channels; c++) {
      move[c] -= bar[c] * centre[c];
    }
    return move;
  }

  private void coupledBackwardTangent(double[] move) {
    average(gamma, sum(ChannelSums.BAR), p);
    average(gamma, sum(ChannelSums.BAR_D), q);
    averages(gammaDot, sum(ChannelSums.BAR), gamma, sum(ChannelSums.BAR_DOT), pDot);
    averages(gammaDot, sum(ChannelSums.BAR_D), gamma, move, qDot);
    double[] constant = factors(CONSTANT);
    double[] ofX = factors(X);
    double[] ofXDot = factors(X_DOT);
    double[] ofBar = factors(Y_BAR);
    for (int c = 0; c < channels; c++) {
      double s = inverse[c];
      double cube = s * s * s;
      double slope = cube * q[c];
      constant[c] = s * (decline[c] * p[c] - pDot[c]) + slope * centre[c];
      ofX[c] = 3 * decline[c] * slope - cube * qDot[c];
      ofXDot[c] = -slope;
      ofBar[c] -= s * gamma[c] * decline[c];
    }
    aboutMean(ofX, constant);
  }

  /** Means ← ⟨a v + b w⟩ from the sums of v and w. */
  private void averages(double[] a, double[] v, double[] b, double[] w, double[] means) {
    for (int c = 0; c < channels; c++) {
      means[c] = share * (a[c] * v[c] + b[c] * w[c]);
    }
    groups.fold(means);
  }

  /**
   * The gradient of one sample by itself, with the moments of a set.
   *
   * @param one sums over a sample's rows
   * @param first the sample's number within the set
   * @param ofGamma address for γ̄
   * @param ofBeta address for β̄
   */
  void sample(int b, ChannelSums one, int first, long ofGamma, long ofBeta) {
    enter(b);
    readMoments();
    sum(one, first);
    scales(one.of(ChannelSums.BAR_D), p);
    store(p, ofGamma);
    store(one.of(ChannelSums.BAR), ofBeta);
  }
}
