package org.noisescape.krylov;

import java.util.Arrays;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** Traces and norms from products with random signs. */
public final class TraceEstimator {
  private TraceEstimator() {}

  /**
   * tr A as the mean of z·Az (Hutchinson 1990). Variance of one sample: 2 Σ_{i≠j} A_ij².
   *
   * <p>Cost: a product a vector.
   */
  public static Estimate hutchinson(LinearOperator operator, StoppingRule stopping, long seed) {
    return ProbeMoments.measure(operator, ProbeMoments.Quantity.TRACE, stopping, seed).trace();
  }

  /** ‖A‖_F from the mean of ‖Az‖². Cost: a product a vector. */
  public static Estimate frobenius(LinearOperator operator, StoppingRule stopping, long seed) {
    return ProbeMoments.measure(operator, ProbeMoments.Quantity.FROBENIUS, stopping, seed)
        .frobenius();
  }

  /**
   * tr A by Hutch++ with a fixed split: a third of the products for a sketch of the range, a third
   * for the trace on its span, a third for Hutchinson's estimate beside it.
   *
   * <p>Source: Meyer, Musco, Musco and Woodruff (2021), algorithm 1.
   *
   * @param products at least 6; those that remain of a third go to the remainder
   */
  public static Estimate hutchPlusPlus(LinearOperator operator, int products, long seed) {
    if (products < 6) {
      throw new IllegalArgumentException(
          operator.name() + ": Hutch++ needs at least 6 products, got " + products);
    }
    int sketch = Math.min(products / 3, operator.dimension());
    return hutchPlusPlus(operator, sketch, StoppingRule.fixed(products - 2 * sketch), seed);
  }

  /**
   * tr A = tr(Q A Qᵀ) + tr of what lies beside the span of Q, the rows of an orthonormal basis of A
   * S with random signs S: the first part to rounding, the second by Hutchinson's estimate.
   *
   * <p>Given Q, the remainder's samples are independent: standard error and adaptive stopping
   * concern them alone, as said at {@link StoppingRule}. Cost: 2 · sketch products and one a
   * vector; memory: sketch + 2 blocks of vectors.
   *
   * @param sketch rows of S, at most P
   * @param stopping when the trace is good enough; its vectors are those of the remainder
   */
  public static Estimate hutchPlusPlus(
      LinearOperator operator, int sketch, StoppingRule stopping, long seed) {
    int dimension = operator.dimension();
    if (sketch < 1 || sketch > dimension) {
      throw new IllegalArgumentException(
          "%s: the sketch must have 1 to %d rows, got %d"
              .formatted(operator.name(), dimension, sketch));
    }
    int block = Math.max(1, Math.min(operator.block(), Math.max(sketch, stopping.most())));
    try (Arena arena = operator.engine().arena()) {
      Basis basis = new Basis(arena, operator.dtype(), sketch + block, dimension, block, 0);
      Tensor scratch = arena.reserve(operator.dtype(), block, dimension);
      Products products = new Products(operator, arena, block);
      RandomVectors signs = new RandomVectors(arena, block, seed, RandomVectors.Use.SKETCH);
      RandomVectors probes = new RandomVectors(arena, block, seed, RandomVectors.Use.PROBE);
      arena.commit();
      int rank = 0;
      for (int first = 0; first < sketch; first += block) {
        int count = Math.min(block, sketch - first);
        signs.rademacher(scratch.rows(0, count), first);
        double[] lengths = products.apply(scratch.rows(0, count), basis.vectors(rank, count));
        rank = basis.append(rank, count, lengths);
      }
      double captured = 0;
      double size = 0;
      for (int first = 0; first < rank; first += block) {
        int count = Math.min(block, rank - first);
        Tensor q = basis.vectors(first, count);
        products.apply(q, scratch.rows(0, count));
        for (double part : products.norms().dot(q, scratch.rows(0, count))) {
          captured += part;
          size += Math.abs(part);
        }
      }
      if (rank == dimension) {
        double rounding = Estimate.rounding(operator.dtype().epsilon()) * size;
        return new Estimate(captured, rounding, true, products.count());
      }
      return remainder(stopping, captured, size, basis, rank, scratch, products, probes);
    }
  }

  private static Estimate remainder(
      StoppingRule stopping,
      double captured,
      double size,
      Basis basis,
      int rank,
      Tensor scratch,
      Products products,
      RandomVectors probes) {
    Samples samples = new Samples();
    Samples squared = new Samples();
    double relative = Estimate.rounding(scratch.dtype().epsilon());
    return stopping.reach(
        scratch.dim(0),
        (first, count) -> {
          Tensor z = basis.vectors(rank, count);
          Tensor image = scratch.rows(0, count);
          probes.rademacher(z, first);
          basis.project(0, rank, count);
          double[] lengths = products.apply(z, image);
          squared.put(first, Arrays.stream(lengths).map(length -> length * length).toArray());
          samples.put(first, products.norms().dot(z, image));
        },
        () -> {
          Estimate rest = Estimate.mean(samples.toArray(), samples.count(), products.count());
          double length = Math.sqrt(squared.mean());
          double rounding = relative * (size + Math.max(Math.abs(rest.value()), length));
          return rest.plus(captured).withError(rounding);
        });
  }
}
