package org.noisescape.dl4j;

import java.util.List;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.objective.SampleSource;
import org.noisescape.random.Permutation;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Samples as DL4J reads them, batch after batch. */
@SuppressWarnings("serial") // DL4J's interface asks for it; the samples are not written
public final class SampleIterator implements DataSetIterator {
  private static final Purpose ORDER = Purpose.of("org.noisescape.dl4j.order");

  private final transient SampleSource samples;
  private final int batch;
  private final boolean flat;
  private final transient RandomKey key;
  private final transient Permutation order;
  private transient DataSetPreProcessor preProcessor;
  private int next;
  private long epoch;

  SampleIterator(SampleSource samples, int batch) {
    this(samples, batch, false, null);
  }

  private SampleIterator(SampleSource samples, int batch, boolean flat, RandomKey key) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 sample, got " + batch);
    }
    this.samples = samples;
    this.batch = batch;
    this.flat = flat;
    this.key = key;
    this.order = key == null ? null : new Permutation(samples.size());
    if (order != null) {
      order.select(key, 0);
    }
  }

  /** The same with images as rows of features, channels first: (N, C·H·W). */
  public SampleIterator flat() {
    return new SampleIterator(samples, batch, true, key);
  }

  /** The same in another order each epoch, a function of the seed and the epoch. */
  public SampleIterator shuffled(long seed) {
    return new SampleIterator(samples, batch, flat, RandomKey.of(seed, ORDER, 0));
  }

  @Override
  public DataSet next(int count) {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has ended: reset()");
    }
    int taken = Math.min(count, samples.size() - next);
    int[] image = samples.imageShape();
    int width = image[0] * image[1] * image[2];
    float[] features = new float[taken * width];
    float[] targets = new float[taken * samples.outputs()];
    copy(taken, width, features, targets);
    next += taken;
    boolean rows = flat || image[1] * image[2] == 1;
    INDArray x =
        rows
            ? Nd4j.createFromArray(features).reshape('c', taken, width)
            : Nd4j.createFromArray(features).reshape('c', taken, image[0], image[1], image[2]);
    INDArray y = Nd4j.createFromArray(targets).reshape('c', taken, samples.outputs());
    DataSet data = new DataSet(x, y);
    if (preProcessor != null) {
      preProcessor.preProcess(data);
    }
    return data;
  }

  private void copy(int taken, int width, float[] features, float[] targets) {
    if (order == null) {
      samples.copyFeatures(next, taken, features);
      samples.copyTargets(next, taken, targets);
      return;
    }
    float[] one = new float[width];
    float[] target = new float[samples.outputs()];
    for (int i = 0; i < taken; i++) {
      int sample = order.apply(next + i);
      samples.copyFeatures(sample, 1, one);
      samples.copyTargets(sample, 1, target);
      System.arraycopy(one, 0, features, i * width, width);
      System.arraycopy(target, 0, targets, i * target.length, target.length);
    }
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  @Override
  public boolean hasNext() {
    return next < samples.size();
  }

  @Override
  public void reset() {
    // what was not begun is no epoch
    if (next > 0 && order != null) {
      order.select(key, ++epoch);
    }
    next = 0;
  }

  @Override
  public int inputColumns() {
    int[] image = samples.imageShape();
    return image[0] * image[1] * image[2];
  }

  @Override
  public int totalOutcomes() {
    return samples.outputs();
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** DL4J may fetch ahead: nobody else reads this iterator then. */
  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor other) {
    preProcessor = other;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** None: classes have numbers. */
  @Override
  public List<String> getLabels() {
    return null;
  }
}
