package org.noisescape.instruments;

/**
 * What norms and products of the per-sample gradients g_n of a mini-batch say of the noise in its
 * gradient ḡ = (1/B) Σ g_n.
 *
 * <p>All formulas are those of their sources, on the mini-batch: ‖ḡ‖² stands for ‖∇L‖² and is
 * larger by tr S/B on average, so that the tests saturate at 1/√B and the like where there is
 * nothing but noise. Standard errors are those of the statistic, from its influence function.
 *
 * @param losses ℓ_n (B)
 * @param norms ‖g_n‖² (B)
 * @param gradientNormSquared ‖ḡ‖²
 * @param products g_n·ḡ (B), or null where they were not computed
 * @param noiseProducts g_n·Sḡ (B) with S the covariance of the g_n with 1/B, or null
 */
record BatchMoments(
    double[] losses,
    double[] norms,
    double gradientNormSquared,
    double[] products,
    double[] noiseProducts) {
  private int batch() {
    return norms.length;
  }

  private boolean isDefined() {
    return batch() > 1 && gradientNormSquared > 0;
  }

  /**
   * The least θ with which the norm test accepts the mini-batch, (1/(B(B − 1))) Σ ‖g_n − ḡ‖² ≤ θ²
   * ‖ḡ‖². Source: Byrd, Chin, Nocedal and Wu (2012), Eq. 3.9. Without products the error is an
   * upper bound: that of ‖ḡ‖² is at most 2‖ḡ‖√(tr S/B).
   */
  InstrumentReading normTest() {
    return isDefined() ? squaredNorm().root() : InstrumentReading.UNDEFINED;
  }

  private InstrumentReading squaredNorm() {
    double s = gradientNormSquared;
    double mean = BatchSpread.mean(norms);
    double value = (mean / s - 1) / (batch() - 1);
    if (products == null) {
      double bound = BatchSpread.standardError(norms) / s + mean * gradientError() / (s * s);
      return new InstrumentReading(value, bound / (batch() - 1));
    }
    return InstrumentReading.of(value, normInfluence());
  }

  /** Bound of the standard error of ‖ḡ‖². */
  private double gradientError() {
    double noise = Math.max(0, BatchSpread.mean(norms) - gradientNormSquared);
    return 2 * Math.sqrt(gradientNormSquared * noise / batch());
  }

  private double[] normInfluence() {
    double s = gradientNormSquared;
    double mean = BatchSpread.mean(norms);
    double[] influence = new double[batch()];
    for (int n = 0; n < influence.length; n++) {
      double ofNorm = (norms[n] - mean) / s;
      double ofGradient = 2 * mean * (products[n] - s) / (s * s);
      influence[n] = (ofNorm - ofGradient) / (batch() - 1);
    }
    return influence;
  }

  /**
   * The least θ with which the inner product test accepts the mini-batch, (1/(B(B − 1))) Σ (g_n·ḡ −
   * ‖ḡ‖²)² ≤ θ² ‖ḡ‖⁴. Source: Bollapragada, Byrd and Nocedal (2018), Eq. 2.6.
   */
  InstrumentReading innerProductTest() {
    return isDefined()
        ? InstrumentReading.of(squaredInner(), innerInfluence()).root()
        : InstrumentReading.UNDEFINED;
  }

  private double meanSquare() {
    double sum = 0;
    for (double product : products) {
      sum += product * product;
    }
    return sum / batch();
  }

  private double squaredInner() {
    double s = gradientNormSquared;
    return Math.max(0, (meanSquare() / (s * s) - 1) / (batch() - 1));
  }

  private double[] innerInfluence() {
    double s = gradientNormSquared;
    double square = meanSquare();
    double noise = BatchSpread.mean(noiseProducts);
    double[] influence = new double[batch()];
    for (int n = 0; n < influence.length; n++) {
      double turned = noiseProducts[n] - noise + s * (products[n] - s);
      double ofSquare = products[n] * products[n] - square + 2 * turned;
      double ofGradient = 4 * square * (products[n] - s) / s;
      influence[n] = (ofSquare - ofGradient) / (s * s) / (batch() - 1);
    }
    return influence;
  }

  /**
   * The least ν with which the orthogonality test accepts the mini-batch, (1/(B(B − 1))) Σ ‖g_n −
   * (g_n·ḡ/‖ḡ‖²) ḡ‖² ≤ ν² ‖ḡ‖²; its square is that of the norm test less that of the inner product
   * test. Source: Bollapragada, Byrd and Nocedal (2018), Eq. 3.3.
   */
  InstrumentReading orthogonalityTest() {
    if (!isDefined()) {
      return InstrumentReading.UNDEFINED;
    }
    double[] influence = normInfluence();
    double[] inner = innerInfluence();
    for (int n = 0; n < influence.length; n++) {
      influence[n] -= inner[n];
    }
    double value = squaredNorm().value() - squaredInner();
    return InstrumentReading.of(Math.max(0, value), influence).root();
  }

  /**
   * The mini-batch that CABS chooses for SGD at a learning rate, η tr S/L with tr S = (1/B) Σ
   * ‖g_n‖² − ‖ḡ‖², the lowest loss taken as 0. Source: Balles, Romero and Hennig (2017), Eq. 22.
   * The error is an upper bound, as that of {@link #normTest} without products.
   */
  InstrumentReading cabs(double learningRate) {
    double loss = BatchSpread.mean(losses);
    double mean = BatchSpread.mean(norms);
    double noise = mean - gradientNormSquared;
    if (batch() < 2 || !(loss > 0)) {
      return InstrumentReading.UNDEFINED;
    }
    double[] influence = new double[batch()];
    for (int n = 0; n < influence.length; n++) {
      influence[n] = (norms[n] - mean) - noise * (losses[n] - loss) / loss;
    }
    double factor = learningRate / loss;
    double error = BatchSpread.standardError(influence) + gradientError();
    return new InstrumentReading(factor * noise, factor * error);
  }
}
