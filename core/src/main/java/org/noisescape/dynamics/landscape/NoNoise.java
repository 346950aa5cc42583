package org.noisescape.dynamics.landscape;

/** Gradient descent: the gradient itself. */
public record NoNoise() implements LandscapeNoise {
  @Override
  public Source bind(Landscape landscape) {
    return (theta, draws, into) -> landscape.gradient(theta, into);
  }
}
