package org.noisescape.krylov;

import java.util.Arrays;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;

/**
 * Random vectors by number: vector j depends on (seed, use, j) only, whatever the block it is drawn
 * in.
 */
final class RandomVectors {
  /** What vectors are for; its ordinal is the step of the draws. Append, never reorder. */
  enum Use {
    /** First vectors of a Krylov space, and those that go on where a space is exhausted. */
    START,
    /** Probes of traces and densities, the same for all estimators of a seed. */
    PROBE,
    /** Sketch of the range, independent of the probes. */
    SKETCH,
    /** Vectors that test an operator. */
    TEST
  }

  private final long seed;
  private final Use use;
  private final Tensor keys;
  private final Tensor step;
  private final Tensor sigma;

  /** Reserves room for the keys of some vectors at once. */
  RandomVectors(Arena arena, int rows, long seed, Use use) {
    this.seed = seed;
    this.use = use;
    keys = arena.reserve(DType.INT32, rows, 2);
    step = arena.reserve(DType.INT32, 2);
    sigma = arena.reserve(DType.FLOAT64, rows);
  }

  static long bytes(int rows) {
    return Reserved.bytes(DType.INT32, rows, 2)
        + Reserved.bytes(DType.INT32, 2)
        + Reserved.bytes(DType.FLOAT64, rows);
  }

  /** Standard normal entries: rows become vectors first, first + 1, …. */
  void normal(Tensor vectors, int first) {
    int count = vectors.dim(0);
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    var memory = vectors.engine().memory();
    memory.write(sigma.rows(0, count), ones);
    memory.fill(vectors, 0);
    vectors.engine().random().addNormal(vectors, sigma.rows(0, count), keys(vectors, first), step);
  }

  /** Entries ±1 (Rademacher): rows become vectors first, first + 1, …. */
  void rademacher(Tensor vectors, int first) {
    vectors.engine().random().rademacher(vectors, keys(vectors, first), step);
  }

  /** Sets the step and the keys of the vectors. */
  private Tensor keys(Tensor vectors, int first) {
    int count = vectors.dim(0);
    int[] words = new int[2 * count];
    for (int r = 0; r < count; r++) {
      long key = RandomKey.of(seed, Purpose.ESTIMATOR, first + r).value();
      words[2 * r] = (int) key;
      words[2 * r + 1] = (int) (key >>> 32);
    }
    vectors.engine().memory().write(step, use.ordinal(), 0);
    vectors.engine().memory().write(keys.rows(0, count), words);
    return keys.rows(0, count);
  }
}
