package org.noisescape.quantities;

import java.util.EnumMap;
import java.util.Map;

/** What the quantities measured together ask of shared work, so that it is done once for all. */
public final class Demand {
  private final Map<Matrix, Integer> top = new EnumMap<>(Matrix.class);

  /** Asks for at least k largest eigenpairs. */
  void top(Matrix matrix, int k) {
    top.merge(matrix, k, Math::max);
  }

  /** How many largest eigenpairs are asked for. */
  int top(Matrix matrix) {
    return top.getOrDefault(matrix, 0);
  }
}
