package org.noisescape.engine.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of the lanes of several vectors together, by halves, as {@link
 * Float32Kernels#total(FloatVector)} sums those of one.
 */
final class LaneTotals {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = Float32Kernels.S.length();
  private static final IntVector[] LOWER = halves(0);
  private static final IntVector[] UPPER = halves(1);

  private LaneTotals() {}

  /** Of two vectors one after the other: lanes of the lower, or upper, halves of their groups. */
  private static IntVector[] halves(int half) {
    int stages = Integer.numberOfTrailingZeros(LANES);
    IntVector[] stage = new IntVector[stages];
    for (int k = 0; k < stages; k++) {
      int width = LANES >> (k + 1);
      int[] lanes = new int[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = (2 * (lane / width) + half) * width + lane % width;
      }
      stage[k] = IntVector.fromArray(INTS, lanes, 0);
    }
    return stage;
  }

  /**
   * Puts the total of row k into element k.
   *
   * @param rows vectors one after the other, an even number of them; receives the totals
   * @param count rows that are wanted
   */
  static void of(float[] rows, int count) {
    int left = count;
    for (int stage = 0; stage < LOWER.length; stage++) {
      IntVector lower = LOWER[stage];
      IntVector upper = UPPER[stage];
      left = (left + 1) / 2;
      for (int k = 0; k < left; k++) {
        IntVector a = row(rows, 2 * k);
        IntVector b = row(rows, 2 * k + 1);
        lower
            .selectFrom(a, b)
            .reinterpretAsFloats()
            .add(upper.selectFrom(a, b).reinterpretAsFloats())
            .intoArray(rows, k * LANES);
      }
    }
  }

  private static IntVector row(float[] rows, int row) {
    return FloatVector.fromArray(Float32Kernels.S, rows, row * LANES).reinterpretAsInts();
  }
}
