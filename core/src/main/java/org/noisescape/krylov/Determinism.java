package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * Whether an operator is one symmetric matrix: two products of one random vector compared, and ⟨u,
 * Av⟩ with ⟨v, Au⟩.
 *
 * <p>An operator whose terms cancel is symmetric up to their rounding only. That is known where the
 * operator says so ({@link LinearOperator#cancellation}), and measured where ⟨u, Av⟩ and ⟨v, Au⟩
 * differ: by products of multiples of u and v, which are multiples of their products but for
 * rounding.
 *
 * <p>To be asked before anything long. Cost: 3 products, 9 where rounding is measured.
 *
 * @param difference ‖Av − (Av)′‖ / ‖Av‖ of two products with one vector
 * @param asymmetry |⟨u, Av⟩ − ⟨v, Au⟩| / (½(‖u‖‖Av‖ + ‖v‖‖Au‖))
 * @param size the larger of ‖Av‖ and ‖Au‖, u and v standard normal: about ‖A‖_F
 * @param rounding eigenvalues up to this size may be nothing but the rounding of terms that cancel;
 *     0 where none do
 * @param allowed asymmetry that rounding explains
 * @param products used
 */
public record Determinism(
    double difference,
    double asymmetry,
    double size,
    double rounding,
    double allowed,
    long products) {
  /** Asymmetry that rounding explains, in roundings: products of depth a few tens add up. */
  public static final double DEFAULT_ROUNDINGS = 64;

  /** Roundings of the terms that cancel in an eigenvalue: half of those. */
  private static final double CANCELLED = 32;

  /** Multiples of a vector by which rounding is measured: none is a power of two. */
  private static final double[] MULTIPLES = {1.0 / 3, 1.0 / 5, 1.0 / 7};

  /** Measured rounding is that of a few vectors: the most of all may be so much larger. */
  private static final double MEASURED = 4;

  /** Measures, without a verdict. */
  public static Determinism measure(LinearOperator operator, long seed) {
    return measure(operator, seed, DEFAULT_ROUNDINGS);
  }

  private static Determinism measure(LinearOperator operator, long seed, double roundings) {
    try (Arena arena = operator.engine().arena()) {
      Tensor x = arena.reserve(operator.dtype(), 2, operator.dimension());
      Tensor y = arena.reserve(operator.dtype(), 2, operator.dimension());
      Tensor multiple = arena.reserve(operator.dtype(), 1, operator.dimension());
      Tensor image = arena.reserve(operator.dtype(), 1, operator.dimension());
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
      double longer = Math.max(norms.of(u)[0], norms.of(v)[0]);
      double size = 0.5 * (norms.of(u)[0] * length + norms.of(v)[0] * ofU);
      double epsilon = Basis.epsilon(operator.dtype());
      double gap = Math.abs(uAv - vAu);
      double cancelled = epsilon * operator.cancellation();
      double allowed = roundings * (epsilon * size + longer * cancelled);
      double measured = 0;
      if (gap > allowed && difference == 0) {
        for (double factor : MULTIPLES) {
          measured = Math.max(measured, rounding(products, u, second, factor, multiple, image));
          measured = Math.max(measured, rounding(products, v, first, factor, multiple, image));
        }
        allowed += roundings * longer * measured;
      }
      return new Determinism(
          difference,
          ratio(gap, size),
          Math.max(length, ofU),
          CANCELLED * cancelled + MEASURED * measured,
          ratio(allowed, size),
          products.count());
    }
  }

  /** ‖A(cx)/c − Ax‖. */
  private static double rounding(
      Products products, Tensor x, Tensor product, double factor, Tensor multiple, Tensor image) {
    var algebra = x.engine().linearAlgebra();
    algebra.axpby(factor, x, 0, multiple);
    products.apply(multiple, image);
    algebra.axpby(-1, product, 1 / factor, image);
    return products.norms().of(image)[0];
  }

  /** Whether products are nothing but rounding: the operator may be taken for zero. */
  public boolean isZero() {
    // products with random vectors are about as long as the norm, seldom shorter than a quarter
    return size <= rounding / 4;
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
    Determinism measured = measure(operator, seed, asymmetryRoundings);
    double epsilon = Basis.epsilon(operator.dtype());
    if (!(measured.difference <= differenceRoundings * epsilon)) {
      throw new IllegalArgumentException(
          "%s: two products with one vector differ by %.2g of their length: fix data and order of the samples, and leave out what is random in the network"
              .formatted(operator.name(), measured.difference));
    }
    if (!(measured.asymmetry <= measured.allowed)) {
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
