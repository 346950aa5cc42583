package org.noisescape.krylov;

import java.util.Arrays;
import java.util.function.Supplier;
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
 * @param stopping when it was to stop
 * @param rounding relative error of a product
 * @param caution factor ≥ 1 on standard errors: an earlier look found so much larger a spread
 * @param products used
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record ProbeMoments(
    double[] quadratic,
    double[] squared,
    StoppingRule stopping,
    double rounding,
    double caution,
    long products) {
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
      LinearOperator operator, Quantity quantity, StoppingRule stopping, long seed) {
    int block = Math.max(1, Math.min(operator.block(), stopping.most()));
    Samples quadratic = new Samples();
    Samples squared = new Samples();
    try (Arena arena = operator.engine().arena()) {
      Tensor probes = arena.reserve(operator.dtype(), block, operator.dimension());
      Tensor images = arena.reserve(operator.dtype(), block, operator.dimension());
      Products products = new Products(operator, arena, block);
      RandomVectors random = new RandomVectors(arena, block, seed, RandomVectors.Use.PROBE);
      arena.commit();
      double rounding = Estimate.rounding(operator.dtype().epsilon());
      Supplier<ProbeMoments> sofar = () -> cut(quadratic, squared, stopping, rounding, 1);
      Estimate reached =
          stopping.reach(
              block,
              (first, count) -> {
                Tensor z = probes.rows(0, count);
                Tensor image = images.rows(0, count);
                random.rademacher(z, first);
                double[] lengths = products.apply(z, image);
                quadratic.put(first, products.norms().dot(z, image));
                squared.put(first, Arrays.stream(lengths).map(length -> length * length).toArray());
              },
              () -> sofar.get().estimate(quantity));
      double plain = sofar.get().estimate(quantity).standardError();
      double caution = plain > 0 ? reached.standardError() / plain : 1;
      return cut(quadratic, squared, stopping, rounding, caution);
    }
  }

  private static ProbeMoments cut(
      Samples quadratic, Samples squared, StoppingRule stopping, double rounding, double caution) {
    return new ProbeMoments(
        quadratic.toArray(), squared.toArray(), stopping, rounding, caution, quadratic.count());
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
    double size = Math.sqrt(Arrays.stream(squared).average().orElseThrow());
    Estimate mean = Estimate.mean(quadratic, quadratic.length, products);
    return judged(mean, Math.max(Math.abs(mean.value()), size));
  }

  /** ‖A‖_F², by the mean. */
  public Estimate frobeniusSquared() {
    Estimate mean = Estimate.mean(squared, squared.length, products);
    return judged(mean, 2 * mean.value());
  }

  /** ‖A‖_F with the error of the square over 2‖A‖_F; low by about error² / (2‖A‖_F). */
  public Estimate frobenius() {
    Estimate square = frobeniusSquared();
    double root = Math.sqrt(square.value());
    double error = square.standardError() == 0 ? 0 : square.standardError() / (2 * root);
    Estimate norm = new Estimate(root, error, square.degreesOfFreedom(), false, square.products());
    return norm.converged(stopping.metBy(norm));
  }

  /**
   * n = (tr A)² / ‖A‖_F², which for A ⪰ 0 is 1 / Σ p_i², p_i = h_i / Σ h_j (Mori et al. 2022, Eq.
   * 44); with a jackknife error. NaN where A is zero.
   */
  public Estimate effectiveDimension() {
    Estimate dimension =
        Jackknife.of(
            new double[][] {quadratic, squared},
            quadratic.length,
            means -> means[0] * means[0] / means[1],
            products);
    return judged(dimension, 4 * dimension.value());
  }

  private Estimate judged(Estimate estimate, double rounded) {
    Estimate honest =
        new Estimate(
                estimate.value(),
                estimate.standardError(),
                stopping.degreesOfFreedom(),
                false,
                products)
            .withError(rounding * rounded)
            .enlarged(caution);
    return honest.converged(stopping.metBy(honest));
  }
}
