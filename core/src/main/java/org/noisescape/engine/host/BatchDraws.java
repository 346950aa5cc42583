package org.noisescape.engine.host;

import org.noisescape.random.Philox;
import org.noisescape.tensor.Sampling;

/** The indices of one mini-batch as a function of key and step; not for several threads. */
final class BatchDraws {
  private final int size;
  private final Sampling sampling;
  private final int[] drawn;
  private final int[] words = new int[4];
  private final PermutationLanes permutation;
  private final int batches;

  BatchDraws(int size, int batch, Sampling sampling) {
    this.size = size;
    this.sampling = sampling;
    this.drawn = new int[batch];
    this.permutation = new PermutationLanes(size);
    this.batches = Math.max(1, size / batch);
  }

  boolean fits(int otherSize, int otherBatch, Sampling otherSampling) {
    return size == otherSize && drawn.length == otherBatch && sampling == otherSampling;
  }

  /** Indices of the batch of a step; valid until the next call. */
  int[] at(long key, long step) {
    if (sampling == Sampling.WITH_REPLACEMENT) {
      for (int b = 0; b < drawn.length; b++) {
        if (b % 4 == 0) {
          Philox.words(key, b / 4, step, words);
        }
        drawn[b] = (int) (((words[b % 4] & 0xFFFFFFFFL) * size) >>> 32);
      }
    } else {
      int first = Math.toIntExact(step % batches) * drawn.length;
      permutation.select(key, step / batches);
      permutation.apply(first, drawn);
    }
    return drawn;
  }
}
