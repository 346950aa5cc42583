package org.noisescape.quantities;

import java.util.Arrays;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.krylov.SpectralDensity.Curve;
import org.noisescape.krylov.SpectralDensityOptions;
import org.noisescape.tensor.DType;

/**
 * The density of the eigenvalues on a grid, broadened, by stochastic Lanczos quadrature.
 *
 * <p>An error has two parts: the spread over the random vectors, and how far the curve of half the
 * steps is away. Converged means: the latter is no larger, in the mean over the grid.
 */
record Densities(Matrix matrix) implements Measure {
  /** Points of the grid. */
  static final int POINTS = 201;

  /** Of the integrated change, for rules that are complete. */
  private static final double ROUNDING = 1e-9;

  @Override
  public void announce(Demand demand, int k) {
    announce(demand);
  }

  /** Says what a density takes. */
  static void announce(Demand demand) {
    SpectralDensityOptions options = options(demand.parameters(), demand.dtype(), demand.options());
    demand.workspace(
        "density", SpectralDensity.bytes(demand.parameters(), options, demand.dtype()));
  }

  @Override
  public Finding measure(Point point, int k) {
    SpectralDensity density = point.density(matrix);
    Curve curve = density.curve(POINTS);
    Curve half = density.halved().curve(curve.grid(), curve.width());
    double spacing = curve.grid()[1] - curve.grid()[0];
    double change = 0;
    double spread = 0;
    double[] errors = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double difference = Math.abs(curve.values()[i] - half.values()[i]);
      change += spacing * difference;
      spread += spacing * curve.standardErrors()[i];
      errors[i] = Math.hypot(curve.standardErrors()[i], difference);
    }
    return Finding.estimated(curve.values(), errors, change <= spread + ROUNDING)
        .withDegreesOfFreedom(density.rules().length - 1)
        .with("grid", curve.grid())
        .with("width", curve.width())
        .with("integral", spacing * Arrays.stream(curve.values()).sum())
        .with("discretization", change)
        .with("vectors", (long) density.rules().length)
        .with("steps", (long) density.steps());
  }

  /**
   * The method's own options, with steps within the products, and as many vectors at once as stay
   * within the memory for activations.
   */
  static SpectralDensityOptions options(int dimension, DType dtype, ProbeOptions options) {
    SpectralDensityOptions usual = SpectralDensityOptions.defaults(options.seed());
    int steps = Math.clamp(options.products() / usual.vectors(), 1, usual.steps());
    SpectralDensityOptions chosen = usual.with(usual.vectors(), steps);
    int concurrent = chosen.vectors();
    while (concurrent > 1
        && SpectralDensity.bytes(dimension, chosen.withConcurrent(concurrent), dtype)
            > options.bytes()) {
      concurrent--;
    }
    return chosen.withConcurrent(concurrent);
  }
}
