package org.noisescape.nn;

import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * Views of a tensor (R·K, N, D) of K tangents.
 *
 * @param all (R·K, N, D)
 * @param merged (R, K·N, D): all tangents of a replica as samples
 * @param single K views (R, N, D), one a tangent
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TangentBlock(Tensor all, Tensor merged, Tensor[] single) {
  /** The views, or null of null. */
  public static TangentBlock of(Tensor all, int tangents) {
    if (all == null) {
      return null;
    }
    int replicas = all.dim(0) / tangents;
    int samples = all.dim(1);
    int width = all.dim(2);
    Tensor merged = all.reshape(replicas, tangents * samples, width);
    int row =
        Sizes.product(
            "elements of all tangents", "choose a smaller block", tangents, samples, width);
    Tensor flat = all.reshape(replicas, row);
    Tensor[] single = new Tensor[tangents];
    for (int k = 0; k < tangents; k++) {
      single[k] = flat.slice((long) k * samples * width, samples, width);
    }
    return new TangentBlock(all, merged, single);
  }

  /** The same elements with rows of channels: views (R, N·T, C). */
  public TangentBlock channels(int channels) {
    int rows = Math.toIntExact(all.rowSize() / channels);
    return of(all.reshape(all.dim(0), rows, channels), single.length);
  }
}
