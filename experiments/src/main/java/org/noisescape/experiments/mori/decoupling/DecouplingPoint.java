package org.noisescape.experiments.mori.decoupling;

/**
 * Exact and decoupled matrix of one network at one time.
 *
 * @param epoch epochs done
 * @param seed replica
 * @param loss L
 * @param noiseStrength tr S, from a pass over the samples
 * @param gradientNormSquared ‖∇L‖²
 * @param exactTrace tr A
 * @param decoupledTrace tr B
 * @param correlation of ℓ_μ and ‖∇f_μ‖²
 * @param participation (Σ ℓ)²/Σ ℓ²
 * @param cosine of A and B
 * @param shuffledCosine its mean with the losses shuffled among the samples
 * @param shuffledDeviation its standard deviation over shuffles
 * @param exact eigenvalues of A, descending
 * @param decoupled eigenvalues of B, descending
 * @param shuffled eigenvalues of A with the losses shuffled once, descending
 * @param error bound of every eigenvalue's numerical error
 */
record DecouplingPoint(
    double epoch,
    int seed,
    double loss,
    double noiseStrength,
    double gradientNormSquared,
    double exactTrace,
    double decoupledTrace,
    double correlation,
    double participation,
    double cosine,
    double shuffledCosine,
    double shuffledDeviation,
    double[] exact,
    double[] decoupled,
    double[] shuffled,
    double error) {

  /** tr A/tr B. */
  double traceRatio() {
    return exactTrace / decoupledTrace;
  }

  /** 2 tr A − ‖∇L‖², which is tr S without approximation. */
  double exactNoise() {
    return 2 * exactTrace - gradientNormSquared;
  }

  /** 2 tr B, the noise strength of Eq. 9. */
  double decoupledNoise() {
    return 2 * decoupledTrace;
  }
}
