package org.noisescape.engine.host;

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
  private final double[] first;
  private final double[] second;
  private final double[] firstDot;
  private final double[] secondDot;

  /** Reserves scratch memory. */
  NormalizedSet(
      boolean wide,
      int rows,
      int channels,
      int groups,
      double epsilon,
      HostArena arena,
      Workers workers) {
    super(wide, rows, channels, groups, epsilon, arena, workers);
    this.first = new double[channels];
    this.second = new double[channels];
    this.firstDot = new double[channels];
    this.secondDot = new double[channels];
  }

  /** The rule for set b of replica r. */
  void run(NormalizationOperands operands, int r, int b) {
    enter(operands, r, b);
    long affine = of.affine == null ? 0 : Native.address(of.affine) + 16L * b * channels;
    if (of.rule != NormalizationOperands.Rule.MOMENTS) {
      deviations();
    }
    switch (of.rule) {
      case MOMENTS -> moments();
      case FORWARD -> forward();
      case BACKWARD -> backward(affine);
      case TANGENT -> tangent();
      case BACKWARD_TANGENT -> backwardTangent(affine);
    }
  }

  private void moments() {
    // a value of the channel as origin keeps the digits of a small variance far from zero
    for (int c = 0; c < channels; c++) {
      Float64Kernels.set(mean, c, first(of.x, c));
    }
    long total = sum(of.x, null, null, null);
    for (int c = 0; c < channels; c++) {
      double shift = at(total, ChannelSums.D, c) / rows;
      first[c] = Float64Kernels.get(mean, c) + shift;
      second[c] = Math.max(at(total, ChannelSums.DD, c) / rows - shift * shift, 0);
    }
    groups.join(first, second);
    for (int c = 0; c < channels; c++) {
      Float64Kernels.set(mean, c, first[c]);
      Float64Kernels.set(variance, c, second[c]);
    }
  }

  private void forward() {
    long gamma = parameters(of.gamma);
    long beta = parameters(of.betaDot);
    for (int c = 0; c < channels; c++) {
      double scale = element(gamma, c) * inverseDeviation(c);
      coefficients(c, element(beta, c), scale, 0, 0, 0);
    }
    combine(of.activation, array(of.x), 0, 0, 0);
  }

  private void backward(long affine) {
    long total = 0;
    if (affine != 0 || of.coupled) {
      total = sum(of.x, null, of.yBar, null);
    }
    long gamma = parameters(of.gamma);
    if (of.coupled) {
      for (int c = 0; c < channels; c++) {
        first[c] = element(gamma, c) * at(total, ChannelSums.BAR, c) / rows;
        second[c] = element(gamma, c) * at(total, ChannelSums.BAR_D, c) / rows;
      }
      groups.fold(first);
      groups.fold(second);
    }
    for (int c = 0; of.out != null && c < channels; c++) {
      double s = inverseDeviation(c);
      double scale = element(gamma, c) * s;
      double p = of.coupled ? s * first[c] : 0;
      double slope = of.coupled ? s * s * s * second[c] : 0;
      coefficients(c, -p, -slope, 0, scale, 0);
    }
    if (of.out != null) {
      combine(Activation.IDENTITY, of.coupled ? array(of.x) : 0, 0, array(of.yBar), 0);
    }
    for (int c = 0; affine != 0 && c < channels; c++) {
      Float64Kernels.set(affine, c, inverseDeviation(c) * at(total, ChannelSums.BAR_D, c));
      Float64Kernels.set(affine, channels + c, at(total, ChannelSums.BAR, c));
    }
  }

  private void tangent() {
    boolean coupled = of.coupled && of.xDot != null;
    if (coupled) {
      long total = sum(of.x, of.xDot, null, null);
      motion(total);
    }
    for (int c = 0; c < channels; c++) {
      double s = inverseDeviation(c);
      double scale = element(of.gamma, c) * s;
      double ofD = element(of.gammaDot, c) * s - (coupled ? scale * secondDot[c] : 0);
      double shift = element(of.betaDot, c) - (coupled ? scale * firstDot[c] : 0);
      coefficients(c, shift, ofD, scale, 0, 0);
    }
    combine(Activation.IDENTITY, array(of.x), array(of.xDot), 0, 0);
  }

  /** How the mean and −ln s move: ⟨ẋ⟩ and δ. */
  private void motion(long total) {
    for (int c = 0; c < channels; c++) {
      double s = inverseDeviation(c);
      firstDot[c] = at(total, ChannelSums.DOT, c) / rows;
      secondDot[c] = s * s * at(total, ChannelSums.D_DOT, c) / rows;
    }
    groups.fold(firstDot);
    groups.fold(secondDot);
  }

  private void backwardTangent(long affine) {
    long total = sum(of.x, of.xDot, of.yBar, of.yBarDot);
    boolean moving = of.coupled && of.xDot != null;
    if (moving) {
      motion(total);
    }
    for (int c = 0; c < channels; c++) {
      double barD = at(total, ChannelSums.BAR_D, c);
      double decline = moving ? secondDot[c] : 0;
      double move = at(total, ChannelSums.BAR_DOT_D, c);
      if (of.xDot != null) {
        move += at(total, ChannelSums.BAR_X_DOT, c);
      }
      if (moving) {
        move -= at(total, ChannelSums.BAR, c) * firstDot[c];
      }
      Float64Kernels.set(affine, c, inverseDeviation(c) * (move - decline * barD));
      Float64Kernels.set(affine, channels + c, at(total, ChannelSums.BAR_DOT, c));
      first[c] = move;
    }
    if (of.out == null) {
      return;
    }
    if (of.coupled) {
      coupledBackwardTangent(total, moving);
      combine(Activation.IDENTITY, array(of.x), array(of.xDot), array(of.yBar), array(of.yBarDot));
      return;
    }
    for (int c = 0; c < channels; c++) {
      double s = inverseDeviation(c);
      coefficients(c, 0, 0, 0, element(of.gammaDot, c) * s, element(of.gamma, c) * s);
    }
    combine(Activation.IDENTITY, 0, 0, array(of.yBar), array(of.yBarDot));
  }

  /** From first, which holds how Σ ȳ d moves. */
  private void coupledBackwardTangent(long total, boolean moving) {
    double[] q = second;
    double[] qDot = first;
    for (int c = 0; c < channels; c++) {
      double gamma = element(of.gamma, c);
      double gammaDot = element(of.gammaDot, c);
      q[c] = gamma * at(total, ChannelSums.BAR_D, c) / rows;
      qDot[c] = (gammaDot * at(total, ChannelSums.BAR_D, c) + gamma * qDot[c]) / rows;
    }
    groups.fold(q);
    groups.fold(qDot);
    for (int c = 0; c < channels; c += groups.size()) {
      double p = 0;
      double pDot = 0;
      for (int i = c; i < c + groups.size(); i++) {
        double bar = at(total, ChannelSums.BAR, i);
        p += element(of.gamma, i) * bar;
        pDot +=
            element(of.gammaDot, i) * bar
                + element(of.gamma, i) * at(total, ChannelSums.BAR_DOT, i);
      }
      p /= (double) rows * groups.size();
      pDot /= (double) rows * groups.size();
      for (int i = c; i < c + groups.size(); i++) {
        double s = inverseDeviation(i);
        double cube = s * s * s;
        double centre = moving ? firstDot[i] : 0;
        double decline = moving ? secondDot[i] : 0;
        double gamma = element(of.gamma, i);
        coefficients(
            i,
            s * (decline * p - pDot) + cube * q[i] * centre,
            cube * (3 * decline * q[i] - qDot[i]),
            -cube * q[i],
            s * (element(of.gammaDot, i) - gamma * decline),
            s * gamma);
      }
    }
  }
}
