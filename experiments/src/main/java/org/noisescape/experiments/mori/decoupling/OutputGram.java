package org.noisescape.experiments.mori.decoupling;

import java.util.Arrays;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * What the output gradients of N samples say about decoupling, from their Gram matrix K_μν =
 * ∇f_μ·∇f_ν/N and the losses ℓ_μ.
 *
 * <p>A = (1/N) Σ ℓ_μ ∇f_μ∇f_μᵀ and B = L (1/N) Σ ∇f_μ∇f_μᵀ have the nonzero eigenvalues of √ℓ_μ
 * K_μν √ℓ_ν and of L K. With Q_μν = K_μν², tr(AB) = L ℓᵀQ1, tr(A²) = ℓᵀQℓ and tr(B²) = L² 1ᵀQ1, so
 * that the cosine of A and B is that of the vectors ℓ and 1 in the inner product Q. Source: Mori et
 * al. (2022), Eq. 7; the cosine is ours.
 *
 * @param gram K (N, N)
 * @param losses ℓ (N)
 */
record OutputGram(SymmetricMatrix gram, double[] losses) {
  OutputGram {
    if (losses.length != gram.dimension()) {
      throw new IllegalArgumentException(
          "%d losses for a Gram matrix of %d samples".formatted(losses.length, gram.dimension()));
    }
  }

  /** N. */
  int samples() {
    return losses.length;
  }

  /** L. */
  double meanLoss() {
    return Arrays.stream(losses).average().orElseThrow();
  }

  /** tr A/tr B; 1 where ℓ_μ and ‖∇f_μ‖² are uncorrelated. */
  double traceRatio() {
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += losses[i] * gram.get(i, i);
    }
    return sum / (meanLoss() * gram.trace());
  }

  /**
   * Pearson's correlation of ℓ_μ and ‖∇f_μ‖²; its standard error without correlation is 1/√(N − 1).
   */
  double correlation() {
    int n = losses.length;
    double meanLoss = meanLoss();
    double meanNorm = gram.trace() / n;
    double both = 0;
    double loss = 0;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      double l = losses[i] - meanLoss;
      double k = gram.get(i, i) - meanNorm;
      both += l * k;
      loss += l * l;
      norm += k * k;
    }
    return both / Math.sqrt(loss * norm);
  }

  /** (Σ ℓ)²/Σ ℓ²: how many samples carry the loss. */
  double participation() {
    double sum = Arrays.stream(losses).sum();
    return sum * sum / Arrays.stream(losses).map(l -> l * l).sum();
  }

  /**
   * Cosine of A and B for several vectors of losses in one pass over K.
   *
   * @param rows losses, each (N)
   */
  double[] cosines(double[]... rows) {
    int n = losses.length;
    double[] row = new double[n];
    double[] withOnes = new double[rows.length];
    double[] withItself = new double[rows.length];
    double ones = 0;
    for (int i = 0; i < n; i++) {
      gram.row(i, row);
      for (int j = 0; j < n; j++) {
        row[j] *= row[j];
        ones += row[j];
      }
      for (int v = 0; v < rows.length; v++) {
        double[] losses = rows[v];
        double sum = 0;
        double weighted = 0;
        for (int j = 0; j < n; j++) {
          sum += row[j];
          weighted += row[j] * losses[j];
        }
        withOnes[v] += losses[i] * sum;
        withItself[v] += losses[i] * weighted;
      }
    }
    double[] cosines = new double[rows.length];
    for (int v = 0; v < rows.length; v++) {
      cosines[v] = withOnes[v] / Math.sqrt(withItself[v] * ones);
    }
    return cosines;
  }

  /** The losses dealt out to the samples at random. Source: Fisher and Yates. */
  double[] shuffled(RandomKey key, int number) {
    double[] dealt = losses.clone();
    RandomStream random = key.stream(number);
    for (int i = dealt.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double kept = dealt[i];
      dealt[i] = dealt[j];
      dealt[j] = kept;
    }
    return dealt;
  }

  /** √w_μ K_μν √w_ν in memory of its own: the caller closes it. */
  SymmetricMatrix weighted(double[] weights) {
    SymmetricMatrix scaled = gram.copy();
    scaled.scale(Arrays.stream(weights).map(Math::sqrt).toArray());
    return scaled;
  }
}
