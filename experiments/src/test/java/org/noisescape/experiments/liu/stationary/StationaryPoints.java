package org.noisescape.experiments.liu.stationary;

/** Points of a grid for tests of what is judged by them. */
public final class StationaryPoints {
  private StationaryPoints() {}

  /** A measured variance beside the numbers of the theories. */
  public static GridPoint point(
      double value, double error, double exact, double text, double continuous) {
    return new GridPoint(
        new StationaryCase.Label("panel", "white", "sgd", 0.5, 0, 0, 0.5),
        "variance",
        value,
        error,
        exact,
        text,
        continuous,
        10,
        100);
  }
}
