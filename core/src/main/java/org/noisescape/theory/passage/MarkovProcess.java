package org.noisescape.theory.passage;

/** A diffusion on a line, known by its scale density s and its speed density m (Feller 1952). */
public sealed interface MarkovProcess permits Diffusion, ScaleAndSpeed {}
