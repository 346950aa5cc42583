package org.noisescape.theory.passage;

/**
 * What dw = −L′(w) dt + √D(w) dB means where D depends on w.
 *
 * <p>With φ = D/2 the densities obey, up to the drift term ∂(L′p),
 *
 * <pre>
 * ITO                  ∂²(φ p)    noise evaluated before the step, as an iteration of SGD does
 * HANGGI_KLIMONTOVICH  ∂(φ ∂p)    noise evaluated after it, as Meng et al. (2020) write
 * </pre>
 *
 * <p>The second is the first with the drift −L′ + φ′.
 */
public enum Interpretation {
  /** Noise at the start of a step. */
  ITO,
  /** Noise at the end of a step. */
  HANGGI_KLIMONTOVICH
}
