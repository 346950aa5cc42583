package org.noisescape.nn;

import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * Views of a tensor (R·K, N, D) of K directions.
 *
 * @param all (R·K, N, D)
 * @param merged (R, K·N, D): all directions of a replica as samples
 * @param single K views (R, N, D), one a direction
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Directions(Tensor all, Tensor merged, Tensor[] single) {
  /** The views, or null of null. */
  static Directions of(Tensor all, int directions) {
    if (all == null) {
      return null;
    }
    int replicas = all.dim(0) / directions;
    int samples = all.dim(1);
    int width = all.dim(2);
    Tensor merged = all.reshape(replicas, directions * samples, width);
    int row =
        Sizes.product(
            "elements of all directions", "choose a smaller block", directions, samples, width);
    Tensor flat = all.reshape(replicas, row);
    Tensor[] single = new Tensor[directions];
    for (int k = 0; k < directions; k++) {
      single[k] = flat.slice((long) k * samples * width, samples, width);
    }
    return new Directions(all, merged, single);
  }

  /** The same elements with rows of channels: views (R, N·T, C). */
  Directions channels(int channels) {
    int rows = Math.toIntExact(all.rowSize() / channels);
    return of(all.reshape(all.dim(0), rows, channels), single.length);
  }
}
