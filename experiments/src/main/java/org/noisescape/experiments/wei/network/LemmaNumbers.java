package org.noisescape.experiments.wei.network;

/**
 * States of SGD against their projections P, of each network; δ = θ − P(θ), θ_i = v_i·δ.
 *
 * @param quadratic mean (L(θ) − L*)/(½ δᵀH(P)δ), Eq. 17
 * @param fixed the same over ½ Σ θ_i² λ_i(P), v_i those of the minimum SGD began at, Eq. 1
 * @param force Σ ∇L(θ)·∇̂T over Σ ½ Σ_i θ_i² ∇̂λ_i·∇̂T, sums over states, Eq. 7
 * @param scatter root mean square of ∇̂L(θ) − ½ Σ θ_i² ∇̂λ_i over that of ∇̂L(θ)
 * @param variances mean θ_i²/(ηs/2) (networks, n), Eq. 8
 * @param eigenvalues mean λ_i (networks, n)
 * @param turned ‖V V ᵀd‖/‖d‖ of the path d from the first projection to the last, V at the start
 * @param moved ‖Vᵀ(P(θ + εu) − P(θ))‖/(ε‖Vᵀu‖), u random, V at P(θ): Lemma 2
 * @param nearest distance to the nearest minimum over ‖δ‖, Eq. 16
 * @param first distance to the minimum SGD began at over ‖δ‖
 */
record LemmaNumbers(
    double[] quadratic,
    double[] fixed,
    double[] force,
    double[] scatter,
    double[][] variances,
    double[][] eigenvalues,
    double[] turned,
    double[] moved,
    double[] nearest,
    double[] first) {
  /** None yet, of so many networks with so many curved directions. */
  static LemmaNumbers empty(int networks, int curved) {
    return new LemmaNumbers(
        new double[networks],
        new double[networks],
        new double[networks],
        new double[networks],
        new double[networks][curved],
        new double[networks][curved],
        new double[networks],
        new double[networks],
        new double[networks],
        new double[networks]);
  }
}
