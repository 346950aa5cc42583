package org.noisescape.cuda.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.DenseChain;

/**
 * How {@code dense_look.cu} divides samples and replicas into tiles, a block each, and what it is
 * compiled with. Tiles of samples do not depend on the number of replicas, so that neither do a
 * replica's sums.
 *
 * @param chain the model
 * @param type of its numbers
 * @param featureStride elements between two samples
 * @param together replicas of a block
 */
record LookTiles(DenseChain chain, DType type, long featureStride, int together) {
  /** Outputs of all replicas of a block that a thread has sums for. */
  private static final int THREAD_COLUMNS = 8;

  /** Bytes of the samples that a thread has sums for. */
  private static final int THREAD_BYTES = 32;

  private static final int MOST_COLUMNS = 128;
  private static final int SAMPLE_GROUPS = 16;
  private static final int MOST_THREADS = 256;
  private static final int TILE_INPUTS = 16;

  /** Tiles that fit. */
  static Optional<LookTiles> of(
      DenseChain chain, DType type, long featureStride, int replicas, int sharedBytes) {
    int first = chain.layers().getFirst().outputs();
    int most = Math.max(1, MOST_COLUMNS / first);
    int groups = (replicas + most - 1) / most;
    LookTiles tiles = new LookTiles(chain, type, featureStride, (replicas + groups - 1) / groups);
    return tiles.columnGroups() <= MOST_THREADS && tiles.sharedBytes() <= sharedBytes
        ? Optional.of(tiles)
        : Optional.empty();
  }

  private int columns() {
    return together * chain.layers().getFirst().outputs();
  }

  /** A power of two, at least 2, so that a block has a warp. */
  private int columnGroups() {
    int groups = (columns() + THREAD_COLUMNS - 1) / THREAD_COLUMNS;
    return Math.max(2, Integer.highestOneBit(2 * groups - 1));
  }

  private int sampleGroups() {
    return Math.min(SAMPLE_GROUPS, MOST_THREADS / columnGroups());
  }

  private int tileInputs() {
    return Math.min(TILE_INPUTS, MOST_THREADS / columnGroups());
  }

  /** Threads of a block. */
  int threads() {
    return sampleGroups() * columnGroups();
  }

  /** Samples of a block. */
  int samples() {
    return sampleGroups() * THREAD_BYTES / type.bytes();
  }

  /** Shared memory of a block: tiles of the product, then activations in their place. */
  long sharedBytes() {
    long tiles = (long) tileInputs() * (samples() + columnGroups() * THREAD_COLUMNS + 8);
    return type.bytes() * Math.max(tiles, (long) columns() * samples());
  }

  /** Options that make the kernels those of this chain. */
  List<String> definitions() {
    return Stream.concat(
            ChainTiles.definitions(chain, featureStride).stream(),
            Stream.of(
                "-DSAMPLE_GROUPS=" + sampleGroups(),
                "-DCOLUMN_GROUPS=" + columnGroups(),
                "-DTOGETHER=" + together,
                "-DTILE_INPUTS=" + tileInputs(),
                "-DBLOCKS=" + (type == DType.FLOAT64 ? 1 : 2),
                "-DSHARED_BYTES=" + sharedBytes()))
        .toList();
  }
}
