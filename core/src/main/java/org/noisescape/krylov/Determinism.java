package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * Whether an operator is one symmetric matrix: two products of one random vector compared, and ⟨u,
 * Av⟩ with ⟨v, Au⟩.
 *
 * <p>To be asked before anything long. Cost: 3 products.
 *
 * @param difference ‖Av − (Av)′‖ / ‖Av‖ of two products with one vector
 * @param asymmetry |⟨u, Av⟩ − ⟨v, Au⟩| / (½(‖u‖‖Av‖ + ‖v‖‖Au‖))
 * @param products used
 */
public record Determinism(double difference, double asymmetry, long products) {
  /** Asymmetry that rounding explains, in roundings: products of depth a few tens add up. */
  public static final double DEFAULT_ROUNDINGS = 64;

  /** Measures, without a verdict. */
  public static Determinism measure(LinearOperator operator, long seed) {
    try (Arena arena = operator.engine().arena()) {
      Tensor x = arena.reserve(operator.dtype(), 2, operator.dimension());
      Tensor y = arena.reserve(operator.dtype(), 2, operator.dimension());
      Products products = new Products(operator, arena, 2);
      RandomVectors random = new RandomVectors(arena, 2, seed, RandomVectors.Use.TEST);
      arena.commit();
      Norms norms = products.norms();
      random.normal(x, 0);
      Tensor u = x.rows(0, 1);
      Tensor v = x.rows(1, 1);
      Tensor first = y.rows(0, 1);
      Tensor second = y.rows(1, 1);
      double length = products.apply(v, first)[0];
      products.apply(v, second);
      operator.engine().linearAlgebra().axpby(-1, first, 1, second);
      double difference = ratio(norms.of(second)[0], length);
      double uAv = norms.dot(u, first)[0];
      double ofU = products.apply(u, second)[0];
      double vAu = norms.dot(v, second)[0];
      double size = 0.5 * (norms.of(u)[0] * length + norms.of(v)[0] * ofU);
      return new Determinism(difference, ratio(Math.abs(uAv - vAu), size), products.count());
    }
  }

  /** Refuses an operator whose products are not the same bit for bit, or not symmetric. */
  public static Determinism require(LinearOperator operator, long seed) {
    return require(operator, seed, 0, DEFAULT_ROUNDINGS);
  }

  /**
   * Refuses an operator.
   *
   * @param differenceRoundings allowed difference of two products with one vector, in roundings ε
   *     of the element type; 0 for bit for bit
   * @param asymmetryRoundings allowed asymmetry, in roundings
   * @throws IllegalArgumentException with the reason
   */
  public static Determinism require(
      LinearOperator operator, long seed, double differenceRoundings, double asymmetryRoundings) {
    Determinism measured = measure(operator, seed);
    double epsilon = Basis.epsilon(operator.dtype());
    if (!(measured.difference <= differenceRoundings * epsilon)) {
      throw new IllegalArgumentException(
          "%s: two products with one vector differ by %.2g of their length: fix data and order of the samples, and leave out what is random in the network"
              .formatted(operator.name(), measured.difference));
    }
    if (!(measured.asymmetry <= asymmetryRoundings * epsilon)) {
      throw new IllegalArgumentException(
          "%s: ⟨u, Av⟩ and ⟨v, Au⟩ differ by %.2g of ‖u‖‖Av‖: the operator is not symmetric"
              .formatted(operator.name(), measured.asymmetry));
    }
    return measured;
  }

  private static double ratio(double part, double whole) {
    return part == 0 ? 0 : part / whole;
  }
}
