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

  private static final int CHUNK = 1 << 14;

  private final long seed;
  private final Use use;
  private final Tensor keys;
  private final Tensor step;
  private final Tensor sigma;
  private final int[] words = new int[4];
  private float[] signs = new float[0];

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
    int[] low = new int[2 * count];
    for (int r = 0; r < count; r++) {
      long key = key(first + r).value();
      low[2 * r] = (int) key;
      low[2 * r + 1] = (int) (key >>> 32);
    }
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    var memory = vectors.engine().memory();
    memory.write(keys.rows(0, count), low);
    memory.write(step, use.ordinal(), 0);
    memory.write(sigma.rows(0, count), ones);
    memory.fill(vectors, 0);
    vectors.engine().random().addNormal(vectors, sigma.rows(0, count), keys.rows(0, count), step);
  }

  /**
   * Entries ±1 (Rademacher): rows become vectors first, first + 1, …. Element i is +1 where word i
   * mod 4 of Philox block i / 4 is even.
   */
  void rademacher(Tensor vectors, int first) {
    int dimension = vectors.dim(1);
    if (signs.length == 0) {
      signs = new float[Math.min(CHUNK, dimension)];
    }
    for (int r = 0; r < vectors.dim(0); r++) {
      RandomKey key = key(first + r);
      Tensor row = vectors.rows(r, 1);
      for (int from = 0; from < dimension; from += CHUNK) {
        int length = Math.min(CHUNK, dimension - from);
        for (int i = 0; i < length; i++) {
          if (i % 4 == 0) {
            key.words(use.ordinal(), (from + i) / 4, words);
          }
          signs[i] = (words[i % 4] & 1) == 0 ? 1 : -1;
        }
        vectors.engine().memory().write(row.slice(from, length), signs, 0);
      }
    }
  }

  private RandomKey key(int vector) {
    return RandomKey.of(seed, Purpose.ESTIMATOR, vector);
  }
}
