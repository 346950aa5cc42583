package org.noisescape.krylov;

import java.util.Arrays;
import java.util.List;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;

/**
 * How alike two operators are: tr(AB) / (‖A‖_F ‖B‖_F), by Az·Bz, ‖Az‖² and ‖Bz‖² of common random
 * signs z; errors by the jackknife over vectors.
 *
 * <p>With directions Q given, tr(AB) = Σ_i Aq_i·Bq_i + E (AΠz)·(BΠz), Π = I − QᵀQ, and so for the
 * norms: the first part is exact, and the random part is smaller by what Q holds (deflation, as in
 * Hutch++ of Meyer, Musco, Musco and Woodruff 2021). Where A and B share a few large eigenvalues, Q
 * from both top eigenspaces takes most of the variance.
 *
 * @param similarity tr(AB) / (‖A‖_F ‖B‖_F), from −1 to 1; NaN where an operator is zero
 * @param traceOfProduct tr(AB)
 * @param firstSquared ‖A‖_F²
 * @param secondSquared ‖B‖_F²
 */
public record Alignment(
    Estimate similarity, Estimate traceOfProduct, Estimate firstSquared, Estimate secondSquared) {

  /**
   * Samples until the similarity has a precision. Cost: two products a vector and a direction;
   * memory: 3 blocks of vectors and the directions.
   *
   * @param directions blocks of rows (k, P), for example Ritz vectors of both; none need be
   *     orthogonal to others; may be empty
   */
  public static Alignment estimate(
      LinearOperator first,
      LinearOperator second,
      List<Tensor> directions,
      StoppingRule stopping,
      long seed) {
    if (first.dimension() != second.dimension()
        || first.engine() != second.engine()
        || first.dtype() != second.dtype()) {
      throw new IllegalArgumentException(
          "%s (%d %s) and %s (%d %s) cannot be compared: take one dimension, type and engine"
              .formatted(
                  first.name(),
                  first.dimension(),
                  first.dtype().label(),
                  second.name(),
                  second.dimension(),
                  second.dtype().label()));
    }
    try (Sampling sampling = new Sampling(first, second, directions, stopping, seed)) {
      return sampling.run();
    }
  }

  /** Memory and sums of one estimate. */
  private static final class Sampling implements AutoCloseable {
    private static final int SIMILARITY = 3;

    private final StoppingRule stopping;
    private final Arena arena;
    private final Basis basis;
    private final Tensor images;
    private final Tensor otherImages;
    private final Products products;
    private final Products otherProducts;
    private final RandomVectors random;
    private final List<Tensor> directions;
    private final int dimension;
    private final int block;
    private final Samples[] samples = {new Samples(), new Samples(), new Samples()};
    private final double[] exact = new double[3];
    private final double rounding;
    private double caution = 1;
    private double freedom;

    Sampling(
        LinearOperator first,
        LinearOperator second,
        List<Tensor> directions,
        StoppingRule stopping,
        long seed) {
      this.stopping = stopping;
      this.directions = directions;
      dimension = first.dimension();
      int given = directions.stream().mapToInt(rows -> rows.dim(0)).sum();
      block = Math.max(1, Math.max(first.block(), second.block()));
      arena = first.engine().arena();
      basis = new Basis(arena, first.dtype(), given + block, dimension, block, 0);
      images = arena.reserve(first.dtype(), block, dimension);
      otherImages = arena.reserve(first.dtype(), block, dimension);
      products = new Products(first, arena, block);
      otherProducts = new Products(second, arena, block);
      random = new RandomVectors(arena, block, seed, RandomVectors.Use.PROBE);
      rounding = Estimate.rounding(first.dtype().epsilon());
    }

    Alignment run() {
      arena.commit();
      int rank = deflate();
      freedom = rank == dimension ? Double.POSITIVE_INFINITY : stopping.degreesOfFreedom();
      if (rank == dimension) {
        for (Samples zeros : samples) {
          zeros.put(0, 0, 0);
        }
      } else {
        Estimate reached =
            stopping.reach(block, (from, count) -> sample(rank, from, count), () -> of(SIMILARITY));
        double plain = of(SIMILARITY).standardError();
        caution = plain > 0 ? reached.standardError() / plain : 1;
      }
      return new Alignment(of(SIMILARITY), of(0), of(1), of(2));
    }

    /** Orthonormalises the directions and takes their part exactly. */
    private int deflate() {
      int rank = 0;
      for (Tensor rows : directions) {
        for (int from = 0; from < rows.dim(0); from += block) {
          int count = Math.min(block, rows.dim(0) - from);
          Tensor target = basis.vectors(rank, count);
          target.engine().memory().copy(rows.rows(from, count), target);
          rank = basis.append(rank, count, basis.norms().of(target));
        }
      }
      for (int from = 0; from < rank; from += block) {
        int count = Math.min(block, rank - from);
        double[][] parts = multiply(basis.vectors(from, count));
        for (int quantity = 0; quantity < exact.length; quantity++) {
          for (double part : parts[quantity]) {
            exact[quantity] += part;
          }
        }
      }
      return rank;
    }

    private void sample(int rank, int from, int count) {
      Tensor z = basis.vectors(rank, count);
      random.rademacher(z, from);
      basis.project(0, rank, count);
      double[][] parts = multiply(z);
      for (int quantity = 0; quantity < exact.length; quantity++) {
        samples[quantity].put(from, parts[quantity]);
      }
    }

    /** Ax·Bx, ‖Ax‖², ‖Bx‖² of rows. */
    private double[][] multiply(Tensor x) {
      Tensor image = images.rows(0, x.dim(0));
      Tensor other = otherImages.rows(0, x.dim(0));
      products.apply(x, image);
      otherProducts.apply(x, other);
      Norms norms = products.norms();
      return new double[][] {
        norms.dot(image, other), norms.dot(image, image), norms.dot(other, other)
      };
    }

    private Estimate of(int quantity) {
      Estimate estimate =
          Jackknife.of(
              Arrays.stream(samples).map(Samples::toArray).toArray(double[][]::new),
              samples[0].count(),
              means -> {
                double product = exact[0] + means[0];
                double first = exact[1] + means[1];
                double second = exact[2] + means[2];
                return quantity == SIMILARITY
                    ? product / Math.sqrt(first * second)
                    : exact[quantity] + means[quantity];
              },
              products.count() + otherProducts.count());
      Estimate honest =
          new Estimate(
                  estimate.value(), estimate.standardError(), freedom, false, estimate.products())
              .withError(rounding * size(quantity))
              .enlarged(caution);
      return honest.converged(stopping.metBy(honest));
    }

    /** What the rounding of a quantity is relative to. */
    private double size(int quantity) {
      double first = exact[1] + samples[1].mean();
      double second = exact[2] + samples[2].mean();
      return switch (quantity) {
        case 0 -> Math.sqrt(first * second);
        case 1 -> first;
        case 2 -> second;
        default -> 1;
      };
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
