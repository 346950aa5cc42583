package org.noisescape.train;

import java.util.Arrays;

/**
 * Sums of two quantities over successive blocks of steps, of R replicas.
 *
 * <p>Few blocks are kept however long the run: beyond {@value #MOST} within one stretch, neighbours
 * are joined. Joining never crosses {@link #mark}, so that sums since a mark stay exact.
 */
final class BlockSums {
  /** Blocks of a stretch beyond which neighbours are joined. */
  static final int MOST = 2048;

  /** Whole numbers below are exact. */
  private static final double MOST_STEPS = 0x1p53;

  private final int replicas;
  // a block is its number of steps, then left and right of every replica
  private final int width;
  private double[] values = new double[0];
  private int blocks;
  private int mark;

  BlockSums(int replicas) {
    this.replicas = replicas;
    this.width = 1 + 2 * replicas;
  }

  /**
   * Appends a block.
   *
   * @param steps its length
   * @param sums (R, 2), left and right of every replica
   * @param offset first of those sums
   */
  void add(long steps, double[] sums, int offset) {
    if (blocks - mark == MOST) {
      join(mark, blocks);
    }
    if ((blocks + 1) * width > values.length) {
      values = Arrays.copyOf(values, Math.max(64, 2 * blocks + 2) * width);
    }
    values[blocks * width] = steps;
    System.arraycopy(sums, offset, values, blocks * width + 1, 2 * replicas);
    blocks++;
  }

  /** Begins a new stretch after the last block. */
  void mark() {
    if (blocks > MOST) {
      join(0, blocks);
    }
    mark = blocks;
  }

  /** First block of the present stretch. */
  int marked() {
    return mark;
  }

  int blocks() {
    return blocks;
  }

  long steps(int block) {
    return (long) values[block * width];
  }

  double left(int block, int replica) {
    return values[block * width + 1 + 2 * replica];
  }

  double right(int block, int replica) {
    return values[block * width + 2 + 2 * replica];
  }

  /** First block that begins at or after half of all steps. */
  int half() {
    long total = 0;
    for (int b = 0; b < blocks; b++) {
      total += steps(b);
    }
    long before = 0;
    int block = 0;
    while (block < blocks && 2 * before < total) {
      before += steps(block++);
    }
    return block;
  }

  /** Everything, for {@link #of}. */
  double[] toArray() {
    double[] all = new double[1 + blocks * width];
    all[0] = mark;
    System.arraycopy(values, 0, all, 1, blocks * width);
    return all;
  }

  /**
   * The sums of an array.
   *
   * @throws IllegalArgumentException where it is of another number of replicas, or impossible
   */
  static BlockSums of(int replicas, double[] all) {
    BlockSums sums = new BlockSums(replicas);
    if (all.length == 0 || (all.length - 1) % sums.width != 0) {
      throw new IllegalArgumentException(
          "sums of %d replicas come in blocks of %d numbers, got %d in all"
              .formatted(replicas, sums.width, all.length));
    }
    sums.values = Arrays.copyOfRange(all, 1, all.length);
    sums.blocks = sums.values.length / sums.width;
    sums.mark = (int) all[0];
    for (int b = 0; b < sums.blocks; b++) {
      double steps = sums.values[b * sums.width];
      if (!(steps >= 1 && steps < MOST_STEPS && steps == Math.rint(steps))) {
        throw new IllegalArgumentException(
            "block %d of the sums must have a whole number of steps, got %s".formatted(b, steps));
      }
    }
    if (sums.mark != all[0] || sums.mark < 0 || sums.mark > sums.blocks) {
      throw new IllegalArgumentException(
          "the mark of %d blocks of sums must be one of them, got %s"
              .formatted(sums.blocks, all[0]));
    }
    return sums;
  }

  /** Joins neighbours two by two from one block up to another, which is the end of all. */
  private void join(int from, int to) {
    int target = from;
    for (int b = from; b < to; b += 2, target++) {
      System.arraycopy(values, b * width, values, target * width, width);
      for (int i = 0; b + 1 < to && i < width; i++) {
        values[target * width + i] += values[(b + 1) * width + i];
      }
    }
    blocks = target;
  }
}
