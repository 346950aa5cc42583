package org.noisescape.experiments.mori.eigenmodes;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.theory.mori.EigenmodeSpread;

/**
 * The spread of SGD from one pre-trained network.
 *
 * @param seed of the pre-training
 * @param parameters P
 * @param learningRate η
 * @param batch B
 * @param startLoss L(θ_0)
 * @param loss L, mean over some replicas at the end
 * @param converged whether the eigenvectors are
 * @param eigenvalues λ_i of H(θ_0), descending
 * @param noise q_i·S q_i, mean over some replicas at the end
 * @param diverged replicas that left the finite numbers
 * @param snapshots in time, without the start
 */
record ModePoint(
    int seed,
    int parameters,
    double learningRate,
    int batch,
    double startLoss,
    double loss,
    boolean converged,
    double[] eigenvalues,
    double[] noise,
    int diverged,
    List<ModeSnapshot> snapshots) {
  /** Relaxation times of the slowest mode after which all count as stationary. */
  private static final double RELAXED = 5;

  ModePoint {
    snapshots = List.copyOf(snapshots);
  }

  int modes() {
    return eigenvalues.length;
  }

  /** 5/(ηλ_n), in steps. */
  double relaxation() {
    return RELAXED / (learningRate * eigenvalues[eigenvalues.length - 1]);
  }

  /** Snapshots after the relaxation. */
  List<ModeSnapshot> late() {
    return snapshots.stream().filter(s -> s.step() >= relaxation()).toList();
  }

  /** The first of those, where only the outliers have relaxed. */
  double insideWhenRelaxed() {
    return late().isEmpty() ? Double.NaN : late().getFirst().inside();
  }

  /** Way along one of the eigenvectors over that along one of the other directions. */
  double wayPerDirection() {
    double inside = insideWhenRelaxed();
    return inside / modes() / ((1 - inside) / (parameters - modes()));
  }

  double spreadInsideWhenRelaxed() {
    return late().isEmpty() ? Double.NaN : late().getFirst().spreadInside();
  }

  /** Var(q_i·θ), mean over the late snapshots. */
  double[] variances() {
    double[] mean = new double[eigenvalues.length];
    List<ModeSnapshot> late = late();
    for (ModeSnapshot snapshot : late) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += snapshot.variances()[i] / late.size();
      }
    }
    if (late.isEmpty()) {
      Arrays.fill(mean, Double.NaN);
    }
    return mean;
  }

  /** ηL/B, for the finite learning rate over 1 − ηλ/2 (Mori et al., Eq. 30). */
  double equal(int i) {
    return new EigenmodeSpread(learningRate, batch, loss).stationary() / finite(i);
  }

  /** ηC_ii/(2λ_i) (Wei and Schwab, Eq. 8), over 1 − ηλ/2. */
  double balanced(int i) {
    return learningRate * noise[i] / (2 * batch * eigenvalues[i]) / finite(i);
  }

  private double finite(int i) {
    return 1 - learningRate * eigenvalues[i] / 2;
  }

  /** d log Var / d log λ over the eigenvectors, freed of the finite learning rate. */
  double slope() {
    double[] variances = variances();
    return late().isEmpty() ? Double.NaN : slope(i -> variances[i] * finite(i));
  }

  /** d log S_ii / d log λ, the noise at the end against the Hessian at the start: 1 by Eq. 6. */
  double noiseSlope() {
    return slope(i -> noise[i]);
  }

  private double slope(IntToDoubleFunction quantity) {
    double[] x = new double[modes()];
    double[] y = new double[modes()];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.log(eigenvalues[i]);
      y[i] = Math.log(quantity.applyAsDouble(i));
    }
    return HuberLine.fit(x, y).slope();
  }

  /** Geometric mean over the eigenvectors of Var over ηL/B. */
  double overEqual() {
    double[] variances = variances();
    return geometricMean(i -> variances[i] / equal(i));
  }

  /** Geometric mean over the eigenvectors of Var over ηC_ii/(2λ_i). */
  double overBalanced() {
    double[] variances = variances();
    return geometricMean(i -> variances[i] / balanced(i));
  }

  /** Geometric mean of S_ii/(2Lλ_i), which Eq. 6 has at 1. */
  double noiseOverText() {
    return geometricMean(i -> noise[i] / (2 * loss * eigenvalues[i]));
  }

  private double geometricMean(IntToDoubleFunction ratio) {
    double sum = 0;
    for (int i = 0; i < modes(); i++) {
      sum += Math.log(ratio.applyAsDouble(i)) / modes();
    }
    return Math.exp(sum);
  }
}
