package org.noisescape.krylov;

import org.noisescape.linop.LinearOperator;

/**
 * What {@link Lanczos} computes, and with how much.
 *
 * @param pairs k, number of eigenpairs
 * @param end which ones
 * @param block b, vectors multiplied at once
 * @param basis m, most basis vectors; at least k + 2b, or P
 * @param tolerance largest residual ‖Av − λv‖ relative to max|θ|
 * @param maxProducts products after which it stops without convergence; at least m + k + b
 * @param seed of the first vectors
 */
public record LanczosOptions(
    int pairs, End end, int block, int basis, double tolerance, long maxProducts, long seed) {
  /** Cycles that a search may take by default, as SLEPc's Krylov-Schur solver. */
  private static final int CYCLES = 100;

  /** Blocks beside the wanted vectors in the default basis. */
  private static final int DEGREE = 10;

  /** Blocks that a cycle adds at least, where the basis has room. */
  private static final int CYCLE_BLOCKS = 4;

  /** Checks what can be checked without the operator. */
  public LanczosOptions {
    positive("pairs", pairs);
    positive("block", block);
    positive("basis", basis);
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be in (0, 1), got " + tolerance);
    }
  }

  /**
   * Defaults for an operator.
   *
   * <p>b: 1. Blocks of 8 took 2 to 3 times the products of single vectors in the tests' spectra,
   * and eight products at once cost what six to eight single ones do; copies of an eigenvalue are
   * found without. m: at least 20 and 2k (Lehoucq, Sorensen and Yang 1998, "ARPACK Users' Guide",
   * section 2.3.3), and k + 10b, since convergence needs Krylov spaces of some degree in each
   * cycle: with k + 4b searches in clusters stalled; never above P. Tolerance: √ε of the element
   * type, since an eigenvalue's error is the residual's square over the gap (Parlett 1998, theorem
   * 11.7.1) and eigenvectors to √ε are what directions need.
   */
  public static LanczosOptions of(LinearOperator operator, int pairs, End end, long seed) {
    int dimension = operator.dimension();
    int basis = defaultBasis(pairs, 1, dimension);
    return new LanczosOptions(
        pairs,
        end,
        1,
        basis,
        Math.sqrt(Basis.epsilon(operator.dtype())),
        (long) CYCLES * basis + pairs + 1,
        seed);
  }

  /** Basis vectors that {@link #of} takes. */
  public static int defaultBasis(int pairs, int block, int dimension) {
    long wide = Math.max(Math.max(20, 2L * pairs), pairs + (long) DEGREE * block);
    return (int) Math.min(dimension, wide);
  }

  /** Another block, with the default basis for it where the present one is too small. */
  public LanczosOptions withBlock(int newBlock) {
    long wide = Math.max(basis, pairs + (long) DEGREE * newBlock);
    int newBasis = (int) Math.min(Integer.MAX_VALUE, wide);
    return new LanczosOptions(
        pairs,
        end,
        newBlock,
        newBasis,
        tolerance,
        Math.max(maxProducts, least(newBlock, newBasis)),
        seed);
  }

  /** Another basis size. */
  public LanczosOptions withBasis(int newBasis) {
    return new LanczosOptions(
        pairs,
        end,
        block,
        newBasis,
        tolerance,
        Math.max(maxProducts, least(block, newBasis)),
        seed);
  }

  /** Another tolerance. */
  public LanczosOptions withTolerance(double newTolerance) {
    return new LanczosOptions(pairs, end, block, basis, newTolerance, maxProducts, seed);
  }

  /** The same with so many products, but at least those that fill a basis: less finds nothing. */
  public LanczosOptions withProductsFrom(long allowed) {
    return withMaxProducts(Math.max((long) basis + pairs + block, allowed));
  }

  /** Another budget of products. */
  public LanczosOptions withMaxProducts(long newMaxProducts) {
    return new LanczosOptions(pairs, end, block, basis, tolerance, newMaxProducts, seed);
  }

  /** Fits block and basis to an operator, or says which of the options does not. */
  LanczosOptions fittedTo(LinearOperator operator) {
    int dimension = operator.dimension();
    if (pairs > dimension) {
      throw new IllegalArgumentException(
          "%s: %d eigenpairs of a matrix of dimension %d: ask for at most %d"
              .formatted(operator.name(), pairs, dimension, dimension));
    }
    int fittedBlock = Math.min(block, dimension);
    int fittedBasis = Math.min(basis, dimension);
    if (fittedBasis < dimension && fittedBasis < pairs + 2L * fittedBlock) {
      throw new IllegalArgumentException(
          "%s: a basis of %d vectors is too small for %d pairs in blocks of %d: take at least %d"
              .formatted(
                  operator.name(),
                  basis,
                  pairs,
                  fittedBlock,
                  Math.min(dimension, pairs + 2L * fittedBlock)));
    }
    long least = least(fittedBlock, fittedBasis);
    if (maxProducts < least) {
      throw new IllegalArgumentException(
          "%s: %d products do not fill a basis of %d vectors once: allow at least %d"
              .formatted(operator.name(), maxProducts, fittedBasis, least));
    }
    return new LanczosOptions(pairs, end, fittedBlock, fittedBasis, tolerance, maxProducts, seed);
  }

  private long least(int ofBlock, int ofBasis) {
    return (long) ofBasis + pairs + ofBlock;
  }

  /** Ritz vectors that a restart keeps. */
  int kept() {
    return kept(pairs, block, basis);
  }

  /**
   * The wanted ones and half of the others, as spared vectors spare products (Wu and Simon 2000,
   * section 4), as long as that leaves room for a cycle.
   */
  static int kept(int pairs, int block, int basis) {
    int most = Math.min((pairs + basis) / 2, basis - CYCLE_BLOCKS * block);
    return Math.max(Math.min(pairs, basis), most);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, got " + value);
    }
  }
}
