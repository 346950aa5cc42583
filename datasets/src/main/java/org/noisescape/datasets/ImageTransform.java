package org.noisescape.datasets;

import java.util.Optional;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * What is done to images when they are loaded: options {@code grey} and {@code size=S}.
 *
 * <p>Grey is Y = 0.299 R + 0.587 G + 0.114 B of the stored values, without rounding to whole levels
 * as image libraries do; one channel stays as it is. Source: ITU-R BT.601, the luma that Pillow and
 * torchvision take. The size is that of a square, reached by {@link AreaAverage} along both axes.
 *
 * @param grey whether three channels become one
 * @param size S, empty for the size as it is
 */
record ImageTransform(boolean grey, Optional<Integer> size) {
  /** Changes nothing. */
  static final ImageTransform NONE = new ImageTransform(false, Optional.empty());

  private static final int COLOURS = 3;
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  ImageTransform {
    if (size.isPresent() && size.get() < 1) {
      throw new IllegalArgumentException("size must be >= 1, got " + size.get());
    }
  }

  /**
   * Both parts of a data set, transformed.
   *
   * @throws DataException where they are no images, or too small ones
   */
  DatasetPair apply(DatasetPair pair) {
    return new DatasetPair(apply(pair.train()), pair.test().map(this::apply));
  }

  private Dataset apply(Dataset dataset) {
    if (equals(NONE)) {
      return dataset;
    }
    if (dataset.isRegression()) {
      throw new DataException(dataset.name() + ": grey and size are for images, leave them out");
    }
    int[] shape = dataset.imageShape();
    int channels = channels(dataset);
    int height = extent(dataset, shape[1]);
    int width = extent(dataset, shape[2]);
    if (channels == shape[0] && height == shape[1] && width == shape[2]) {
      return dataset;
    }
    return dataset.withFeatures(
        new int[] {channels, height, width}, transformed(dataset, channels, height, width));
  }

  private static FloatFeatures transformed(Dataset dataset, int channels, int height, int width) {
    int[] shape = dataset.imageShape();
    AreaAverage rows = new AreaAverage(shape[1], height);
    AreaAverage columns = new AreaAverage(shape[2], width);
    int area = height * width;
    int values =
        Sizes.product(
            "pixels of " + dataset.name(), "choose a smaller size", dataset.size(), channels, area);
    JavaHeap.require((long) Float.BYTES * values, dataset.name(), "choose a smaller size");
    float[] result = new float[values];
    float[] image = new float[dataset.featureLength()];
    double[] plane = new double[shape[1] * shape[2]];
    double[] narrow = new double[shape[1] * width];
    double[] small = new double[area];
    int next = 0;
    for (int n = 0; n < dataset.size(); n++) {
      dataset.features().copyRows(n, 1, image, 0);
      for (int channel = 0; channel < channels; channel++) {
        take(image, channel, channels < shape[0], plane);
        columns.apply(plane, shape[2], narrow, width, shape[1], 1);
        rows.apply(narrow, 1, small, 1, width, width);
        for (double value : small) {
          result[next++] = (float) value;
        }
      }
    }
    return new FloatFeatures(result, dataset.size(), channels * area);
  }

  /** One channel of a planar image, or its luma. */
  private static void take(float[] image, int channel, boolean luma, double[] plane) {
    int area = plane.length;
    for (int i = 0; i < area; i++) {
      plane[i] =
          luma
              ? RED * image[i] + GREEN * image[area + i] + BLUE * image[2 * area + i]
              : image[channel * area + i];
    }
  }

  private int channels(Dataset dataset) {
    int channels = dataset.imageShape()[0];
    if (!grey || channels == 1) {
      return channels;
    }
    if (channels != COLOURS) {
      throw new DataException(
          "%s: grey needs 1 or 3 channels, got %d".formatted(dataset.name(), channels));
    }
    return 1;
  }

  private int extent(Dataset dataset, int present) {
    if (size.isPresent() && size.get() > present) {
      throw new DataException(
          "%s: size must be at most the %d pixels there are, got %d"
              .formatted(dataset.name(), present, size.get()));
    }
    return size.orElse(present);
  }
}
