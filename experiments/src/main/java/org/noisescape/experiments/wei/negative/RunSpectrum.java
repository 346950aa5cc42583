package org.noisescape.experiments.wei.negative;

import java.util.List;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Measurements;

/**
 * The late states of one run of one seed.
 *
 * @param batch B
 * @param learningRate η
 * @param seed replica
 * @param states in order of time
 * @param ofMeanHessian negative part of the Hessian averaged over the states
 */
record RunSpectrum(
    int batch,
    double learningRate,
    int seed,
    List<StateSpectrum> states,
    NegativePart ofMeanHessian) {
  RunSpectrum {
    states = List.copyOf(states);
  }

  /** ⟨L⟩ over the states, with the spread between them. */
  SeedMean loss() {
    return Measurements.over(states, StateSpectrum::loss);
  }

  /** ⟨L⟩ − L*. */
  double excess(double floor) {
    return loss().mean() - floor;
  }

  /** ⟨Σ_{λ<0} λ⟩ over the states, with the spread between them. */
  SeedMean negativeSum() {
    return Measurements.over(states, state -> state.negative().sum());
  }
}
