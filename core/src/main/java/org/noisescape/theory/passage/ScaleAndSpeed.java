package org.noisescape.theory.passage;

import java.util.function.DoubleUnaryOperator;

/**
 * A process by its densities in closed form; its generator is (1/m) ∂((1/s) ∂).
 *
 * @param logScale log s(w); a constant may be added if it is taken from log m
 * @param logSpeed log m(w), the stationary density but for its norm
 */
public record ScaleAndSpeed(DoubleUnaryOperator logScale, DoubleUnaryOperator logSpeed)
    implements MarkovProcess {}
