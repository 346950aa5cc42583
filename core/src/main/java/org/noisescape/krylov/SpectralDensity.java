package org.noisescape.krylov;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.hipparchus.special.Erf;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.DType;

/**
 * The distribution of all eigenvalues by stochastic Lanczos quadrature: (1/P) tr f(A) is the mean
 * over random unit vectors v of vᵀf(A)v, and Lanczos gives each of these a Gauss rule.
 *
 * <p>Sources: Ubaru, Chen and Saad (2017); Ghorbani, Krishnan and Xiao (2019). Cost: vectors ·
 * steps products. Errors: the spread over vectors, and what finitely many steps leave open, which
 * rules of fewer steps show and which costs no products.
 */
public final class SpectralDensity {
  /** Parts of the steps whose rules are compared with those of all steps. */
  private static final double[] PARTS = {0.5, 0.625, 0.75, 0.875};

  /** Part of the spread over vectors that a settled curve may yet change by. */
  private static final double SETTLED = 0.1;

  /** Default width of the broadening as a part of the range of nodes. */
  private static final double WIDTH = 0.01;

  /** Widths that a default grid goes beyond the nodes: 10⁻⁹ of the mass is outside. */
  private static final double MARGIN = 6;

  private final String operator;
  private final int dimension;
  private final double[][][] recurrences;
  private final int steps;
  private final Quadrature[] rules;
  private final long products;
  private SpectralDensity[] parts;

  private SpectralDensity(
      String operator,
      int dimension,
      double[][][] recurrences,
      int steps,
      double part,
      long products) {
    this.operator = operator;
    this.dimension = dimension;
    this.recurrences = recurrences;
    this.steps = steps;
    this.products = products;
    this.rules =
        Arrays.stream(recurrences)
            .map(r -> Quadrature.of(r[0], r[1], length(r[0].length, part)))
            .toArray(Quadrature[]::new);
  }

  /** A recurrence that ended before its steps has seen all of its vector: nothing is cut off it. */
  private int length(int taken, double part) {
    boolean complete = taken < steps || taken == dimension;
    return complete ? taken : (int) Math.ceil(part * taken);
  }

  /**
   * A density on a grid.
   *
   * @param grid eigenvalues t
   * @param values density at t, broadened
   * @param standardErrors over the random vectors
   * @param width σ of the Gaussian broadening
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Curve(double[] grid, double[] values, double[] standardErrors, double width) {}

  /**
   * Runs the recurrences.
   *
   * @throws ArithmeticException where a product is not finite
   */
  public static SpectralDensity estimate(LinearOperator operator, SpectralDensityOptions options) {
    try (Recurrences run = new Recurrences(operator, options)) {
      double[][][] recurrences = run.run();
      return new SpectralDensity(
          operator.name(), operator.dimension(), recurrences, options.steps(), 1, run.products());
    }
  }

  /**
   * Runs the recurrences until the curve has settled: what the second half of the steps changes is
   * a tenth of what the random vectors leave open, both over the grid. That is asked of those
   * vectors that are worked on at once first; one alone takes all steps.
   *
   * @param points of the grid
   * @throws ArithmeticException where a product is not finite
   */
  public static SpectralDensity settled(
      LinearOperator operator, SpectralDensityOptions options, int points) {
    try (Recurrences run = new Recurrences(operator, options)) {
      String name = operator.name();
      int dimension = operator.dimension();
      double[][][] recurrences =
          run.run(
              so -> {
                int steps = Arrays.stream(so).mapToInt(one -> one[0].length).max().orElseThrow();
                return so.length > 1
                    && new SpectralDensity(name, dimension, so, steps, 1, 0).isSettled(points);
              });
      return new SpectralDensity(name, dimension, recurrences, run.steps(), 1, run.products());
    }
  }

  private boolean isSettled(int points) {
    Curve curve = curve(points);
    Curve half = halved().curve(curve.grid(), curve.width());
    double change = 0;
    double spread = 0;
    for (int i = 0; i < points; i++) {
      change += Math.abs(curve.values()[i] - half.values()[i]);
      spread += curve.standardErrors()[i];
    }
    return change <= SETTLED * spread;
  }

  /** Bytes that are taken while it runs: concurrent · (steps + 1) vectors, and small change. */
  public static long bytes(int dimension, SpectralDensityOptions options, DType dtype) {
    return Recurrences.bytes(dimension, options, dtype);
  }

  /** Name of the operator. */
  public String operator() {
    return operator;
  }

  /** P. */
  public int dimension() {
    return dimension;
  }

  /** Steps of the recurrences, fewer where one has seen all of its vector. */
  public int steps() {
    return steps;
  }

  /** Products used. */
  public long products() {
    return products;
  }

  /** The rules, one a random vector. */
  public Quadrature[] rules() {
    return rules.clone();
  }

  /** The same recurrences stopped at half their steps. */
  public SpectralDensity halved() {
    return part(0.5);
  }

  private SpectralDensity part(double part) {
    return new SpectralDensity(operator, dimension, recurrences, steps, part, products);
  }

  /**
   * Largest change of a mean over the rules when part of the steps is left out: what finitely many
   * steps may be off by. Half the steps alone may agree by chance.
   */
  double discretization(ToDoubleFunction<Quadrature> number) {
    double full = over(number).value();
    if (parts == null) {
      parts = Arrays.stream(PARTS).mapToObj(this::part).toArray(SpectralDensity[]::new);
    }
    return Arrays.stream(parts)
        .mapToDouble(part -> Math.abs(part.over(number).value() - full))
        .max()
        .orElseThrow();
  }

  /**
   * (1/P) tr f(A). The standard error has two independent parts: the spread over the vectors, and
   * what the value changes by with fewer steps. Converged means: the latter is no larger than the
   * former, or than 10⁻¹² of the value, for what is rounding.
   */
  public Estimate mean(DoubleUnaryOperator function) {
    Estimate full = over(rule -> rule.sum(function));
    double change = discretization(rule -> rule.sum(function));
    boolean converged = change <= full.standardError() || change <= 1e-12 * Math.abs(full.value());
    return full.withError(change).converged(converged);
  }

  /** tr f(A). */
  public Estimate trace(DoubleUnaryOperator function) {
    return mean(function).times(dimension);
  }

  /** (1/P) tr Aᵖ; free of discretisation error for p below twice the steps. */
  public Estimate moment(int power) {
    return mean(t -> Math.pow(t, power));
  }

  /** Part of the eigenvalues that are at most t: a step function, uncertain by a node's weight. */
  public Estimate cumulative(double t) {
    return mean(node -> node <= t ? 1 : 0);
  }

  /** Smallest node, at least the smallest eigenvalue. */
  public double smallestNode() {
    return Arrays.stream(rules).mapToDouble(rule -> rule.nodes()[0]).min().orElseThrow();
  }

  /** Largest node, at most the largest eigenvalue. */
  public double largestNode() {
    return Arrays.stream(rules)
        .mapToDouble(rule -> rule.nodes()[rule.nodes().length - 1])
        .max()
        .orElseThrow();
  }

  /** The density on so many points over all nodes, broadened by a hundredth of their range. */
  public Curve curve(int points) {
    double low = smallestNode();
    double high = largestNode();
    double range = high - low;
    double width = range > 0 ? WIDTH * range : WIDTH * Math.max(Math.abs(high), Double.MIN_NORMAL);
    double[] grid = new double[points];
    double from = low - MARGIN * width;
    double step = (high - low + 2 * MARGIN * width) / Math.max(1, points - 1);
    Arrays.setAll(grid, i -> from + i * step);
    return curve(grid, width);
  }

  /**
   * The density Σ w_i N(t; θ_i, σ²), of integral 1.
   *
   * @param grid t
   * @param width σ
   */
  public Curve curve(double[] grid, double width) {
    if (!(width > 0)) {
      throw new IllegalArgumentException("width must be > 0, got " + width);
    }
    double norm = 1 / (width * Math.sqrt(2 * Math.PI));
    double[] values = new double[grid.length];
    double[] errors = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      double t = grid[i];
      Estimate at =
          over(
              rule ->
                  rule.sum(
                      node -> {
                        double x = (t - node) / width;
                        return norm * Math.exp(-0.5 * x * x);
                      }));
      values[i] = at.value();
      errors[i] = at.standardError();
    }
    return new Curve(grid.clone(), values, errors, width);
  }

  /** The cumulative distribution of {@link #curve(double[], double)}. */
  public Curve cumulativeCurve(double[] grid, double width) {
    double[] values = new double[grid.length];
    double[] errors = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      double t = grid[i];
      Estimate at =
          over(rule -> rule.sum(node -> 0.5 * Erf.erfc((node - t) / (width * Math.sqrt(2)))));
      values[i] = at.value();
      errors[i] = at.standardError();
    }
    return new Curve(grid.clone(), values, errors, width);
  }

  /** The mean of a number over the rules. */
  Estimate over(ToDoubleFunction<Quadrature> number) {
    double[] samples = Arrays.stream(rules).mapToDouble(number).toArray();
    return Estimate.mean(samples, samples.length, products);
  }
}
