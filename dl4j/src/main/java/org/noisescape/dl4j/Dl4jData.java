package org.noisescape.dl4j;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.noisescape.objective.SampleSource;

/** Data of DL4J as data here, and the other way. */
public final class Dl4jData {
  private Dl4jData() {}

  /**
   * All samples of an iterator, read once; it is set back before, where it can be.
   *
   * @param iterator features (N, D) or (N, C, H, W), labels (N, K), no masks
   * @throws IllegalArgumentException in one line where a batch is none of those
   */
  public static SampleSource samples(DataSetIterator iterator) {
    return IteratorSamples.of(iterator);
  }

  /**
   * An iterator over samples, in their order; images come as (N, C, H, W), else features as (N, D),
   * in float32. The last batch may be smaller.
   *
   * @param batch samples of a batch, ≥ 1
   */
  public static SampleIterator iterator(SampleSource samples, int batch) {
    return new SampleIterator(samples, batch);
  }
}
