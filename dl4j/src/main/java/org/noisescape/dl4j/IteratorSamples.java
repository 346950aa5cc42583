package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Sizes;

/** The samples of an iterator of DL4J, in memory. */
final class IteratorSamples implements SampleSource {
  private final int[] image;
  private final int outputs;
  private final int size;
  private final float[] features;
  private final float[] targets;
  private final boolean classes;

  private IteratorSamples(int[] image, int outputs, float[] features, float[] targets) {
    this.image = image;
    this.outputs = outputs;
    this.features = features;
    this.targets = targets;
    this.size = targets.length / outputs;
    this.classes = oneHot(targets, outputs);
  }

  static IteratorSamples of(DataSetIterator iterator) {
    if (iterator.resetSupported()) {
      iterator.reset();
    }
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    int[] image = null;
    int outputs = 0;
    while (iterator.hasNext()) {
      DataSet batch = iterator.next();
      INDArray x = batch.getFeatures();
      INDArray y = batch.getLabels();
      require(batch, x, y);
      int[] shape = image(x);
      int width = (int) y.size(1);
      if (image != null && (!Arrays.equals(image, shape) || outputs != width)) {
        throw new IllegalArgumentException(
            "a batch of DL4J's iterator has samples %s with %d labels, one before it %s with %d"
                .formatted(Arrays.toString(shape), width, Arrays.toString(image), outputs));
      }
      image = shape;
      outputs = width;
      features.add(floats(x));
      targets.add(floats(y));
    }
    if (image == null) {
      throw new IllegalArgumentException("DL4J's iterator has no batches: reset it before");
    }
    return new IteratorSamples(image, outputs, joined(features), joined(targets));
  }

  private static void require(DataSet batch, INDArray x, INDArray y) {
    if (x == null || y == null || (x.rank() != 2 && x.rank() != 4) || y.rank() != 2) {
      throw new IllegalArgumentException(
          "a batch of DL4J's iterator has features %s and labels %s: (N, D) or (N, C, H, W) and (N, K) are read"
              .formatted(shape(x), shape(y)));
    }
    if (batch.getFeaturesMaskArray() != null || batch.getLabelsMaskArray() != null) {
      throw new IllegalArgumentException(
          "a batch of DL4J's iterator has masks, and samples here have none: leave them out");
    }
  }

  private static String shape(INDArray array) {
    return array == null ? "missing" : Arrays.toString(array.shape());
  }

  private static int[] image(INDArray x) {
    return x.rank() == 4
        ? new int[] {(int) x.size(1), (int) x.size(2), (int) x.size(3)}
        : new int[] {(int) x.size(1), 1, 1};
  }

  private static float[] floats(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
  }

  private static float[] joined(List<float[]> parts) {
    long[] lengths = parts.stream().mapToLong(part -> part.length).toArray();
    float[] all = new float[Sizes.sum("numbers of all samples", "take fewer", lengths)];
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }

  /** Whether each row has a one among zeros. */
  private static boolean oneHot(float[] targets, int outputs) {
    if (outputs < 2) {
      return false;
    }
    for (int row = 0; row < targets.length; row += outputs) {
      int ones = 0;
      for (int k = 0; k < outputs; k++) {
        float value = targets[row + k];
        if (value != 0 && value != 1) {
          return false;
        }
        ones += value == 1 ? 1 : 0;
      }
      if (ones != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int[] imageShape() {
    return image.clone();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public boolean hasClasses() {
    return classes;
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    int width = features.length / size;
    System.arraycopy(features, first * width, destination, 0, count * width);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    System.arraycopy(targets, first * outputs, destination, 0, count * outputs);
  }
}
