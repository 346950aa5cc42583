package org.noisescape.objective;

import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/**
 * The pictures of a mini-batch, to be changed in place.
 *
 * @param pictures (R, B, D), D as the geometry says
 * @param geometry how a picture lies in its row
 * @param step (2) int32, which step it is
 * @param arena where memory is reserved
 * @param seed of the run
 * @param firstReplica number of the first replica within the run
 */
public record PictureBatch(
    Tensor pictures, ViewGeometry geometry, Tensor step, Arena arena, long seed, int firstReplica) {
  /**
   * Keys of all replicas, (R, 2) int32, written when the arena is committed.
   *
   * @param purpose one of the caller's own
   */
  public Tensor keys(Purpose purpose) {
    Tensor keys = arena.reserve(DType.INT32, pictures.dim(0), 2);
    int[] words = RandomKey.words(seed, purpose, firstReplica, pictures.dim(0));
    arena.onCommit(() -> arena.engine().memory().write(keys, words));
    return keys;
  }
}
