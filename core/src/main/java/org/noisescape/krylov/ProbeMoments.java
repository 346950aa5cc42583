package org.noisescape.krylov;

import java.util.Arrays;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/**
 * z·Az and ‖Az‖² of independent vectors z of random signs: E z·Az = tr A, E‖Az‖² = ‖A‖_F².
 *
 * <p>Source: Hutchinson (1990). Cost: a product a vector; memory: two blocks of vectors. Vector j
 * of a seed is the same whatever the block, and the same for all operators.
 *
 * @param quadratic z_j·Az_j
 * @param squared ‖Az_j‖²
 * @param precision what was asked for
 * @param products used
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ProbeMoments(
    double[] quadratic, double[] squared, Precision precision, long products) {
  /** A quantity whose precision is asked for. */
  public enum Quantity {
    /** tr A. */
    TRACE,
    /** ‖A‖_F. */
    FROBENIUS,
    /** (tr A)² / ‖A‖_F². */
    EFFECTIVE_DIMENSION
  }

  /** Samples until a quantity has a precision. */
  public static ProbeMoments measure(
      LinearOperator operator, Quantity quantity, Precision precision, long seed) {
    int block = Math.max(1, Math.min(operator.block(), precision.most()));
    double[] quadratic = new double[precision.most()];
    double[] squared = new double[precision.most()];
    try (Arena arena = operator.engine().arena()) {
      Tensor probes = arena.reserve(operator.dtype(), block, operator.dimension());
      Tensor images = arena.reserve(operator.dtype(), block, operator.dimension());
      Products products = new Products(operator, arena, block);
      RandomVectors random = new RandomVectors(arena, block, seed, RandomVectors.Use.PROBE);
      arena.commit();
      int[] taken = {0};
      precision.reach(
          block,
          (first, count) -> {
            Tensor z = probes.rows(0, count);
            Tensor image = images.rows(0, count);
            random.rademacher(z, first);
            double[] lengths = products.apply(z, image);
            System.arraycopy(products.norms().dot(z, image), 0, quadratic, first, count);
            for (int r = 0; r < count; r++) {
              squared[first + r] = lengths[r] * lengths[r];
            }
            taken[0] = first + count;
          },
          () -> cut(quadratic, squared, taken[0], precision).estimate(quantity));
      return cut(quadratic, squared, taken[0], precision);
    }
  }

  private static ProbeMoments cut(
      double[] quadratic, double[] squared, int count, Precision precision) {
    return new ProbeMoments(
        Arrays.copyOf(quadratic, count), Arrays.copyOf(squared, count), precision, count);
  }

  /** One of the quantities. */
  public Estimate estimate(Quantity quantity) {
    return switch (quantity) {
      case TRACE -> trace();
      case FROBENIUS -> frobenius();
      case EFFECTIVE_DIMENSION -> effectiveDimension();
    };
  }

  /** tr A, by the mean. */
  public Estimate trace() {
    return judged(Estimate.mean(quadratic, quadratic.length, products));
  }

  /** ‖A‖_F², by the mean. */
  public Estimate frobeniusSquared() {
    return judged(Estimate.mean(squared, squared.length, products));
  }

  /** ‖A‖_F with the error of the square over 2‖A‖_F; low by about error² / (2‖A‖_F). */
  public Estimate frobenius() {
    Estimate square = frobeniusSquared();
    double root = Math.sqrt(square.value());
    double error = square.standardError() == 0 ? 0 : square.standardError() / (2 * root);
    return judged(new Estimate(root, error, false, products));
  }

  /**
   * n = (tr A)² / ‖A‖_F², which for A ⪰ 0 is 1 / Σ p_i², p_i = h_i / Σ h_j (Mori et al. 2022, Eq.
   * 44); with a jackknife error. NaN where A is zero.
   */
  public Estimate effectiveDimension() {
    return judged(
        Jackknife.of(
            new double[][] {quadratic, squared},
            quadratic.length,
            means -> means[0] * means[0] / means[1],
            products));
  }

  private Estimate judged(Estimate estimate) {
    return new Estimate(
        estimate.value(), estimate.standardError(), precision.metBy(estimate), products);
  }
}
