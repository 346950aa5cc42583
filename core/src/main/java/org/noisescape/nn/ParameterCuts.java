package org.noisescape.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Tensor;

/** Parameters of the branches of a layer out of all, cut once for each array that comes by. */
final class ParameterCuts {
  private final int[] counts;
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<Tensor[][], Tensor[][][]> tangents = new IdentityHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Cut(Tensor[] all, Tensor[][] parts) {}

  /**
   * Cuts one branch after the other.
   *
   * @param counts parameter tensors of each branch
   */
  ParameterCuts(int... counts) {
    this.counts = counts;
  }

  /** Whether a branch has none. */
  boolean isEmpty(int branch) {
    return counts[branch] == 0;
  }

  /** Those of a branch; null of null. */
  Tensor[] of(int branch, Tensor[] all) {
    return all == null ? null : cut(all).parts()[branch];
  }

  /** Those of a branch, of each tangent. */
  Tensor[][] of(int branch, Tensor[][] all) {
    Tensor[][][] cut = tangents.get(all);
    if (cut == null) {
      cut = new Tensor[counts.length][all.length][];
      for (int k = 0; k < all.length; k++) {
        Tensor[][] parts = parts(all[k]);
        for (int i = 0; i < counts.length; i++) {
          cut[i][k] = parts[i];
        }
      }
      tangents.put(all, cut);
    }
    return cut[branch];
  }

  private Cut cut(Tensor[] all) {
    for (int i = 0; i < cuts.size(); i++) {
      if (cuts.get(i).all() == all) {
        return cuts.get(i);
      }
    }
    Cut cut = new Cut(all, parts(all));
    cuts.add(cut);
    return cut;
  }

  private Tensor[][] parts(Tensor[] all) {
    Tensor[][] parts = new Tensor[counts.length][];
    int from = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Arrays.copyOfRange(all, from, from + counts[i]);
      from += counts[i];
    }
    return parts;
  }
}
