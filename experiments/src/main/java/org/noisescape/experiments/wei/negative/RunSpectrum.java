package org.noisescape.experiments.wei.negative;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.SeedMean;

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
    return mean(StateSpectrum::loss);
  }

  /** ⟨Σ_{λ<0} λ⟩ over the states, with the spread between them. */
  SeedMean negativeSum() {
    return mean(state -> state.negative().sum());
  }

  private SeedMean mean(ToDoubleFunction<StateSpectrum> quantity) {
    return SeedMean.of(states.stream().mapToDouble(quantity).toArray());
  }
}
