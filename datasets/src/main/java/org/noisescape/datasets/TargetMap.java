package org.noisescape.datasets;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.noisescape.registry.NearestName;
import org.noisescape.tensor.Sizes;

/**
 * How labels become the targets y of a loss.
 *
 * <p>Shapes: y (N, {@link #width}). One-hot: y_k = 1 for the label's class, else 0, width the
 * number of classes. Parity: +1 for an even label, −1 for an odd one, width 1. Value: the real
 * target, width 1.
 */
public enum TargetMap {
  /** A unit vector for each class. */
  ONE_HOT("one-hot"),
  /** +1 for even labels, −1 for odd ones. */
  PARITY("parity"),
  /** The real target of regression data. */
  VALUE("value");

  private final String option;

  TargetMap(String option) {
    this.option = option;
  }

  /** The name users write: one-hot, parity, value. */
  public String option() {
    return option;
  }

  /** All names users may write. */
  public static List<String> options() {
    return Arrays.stream(values()).map(TargetMap::option).toList();
  }

  /**
   * The map of that name.
   *
   * @throws DataException with the nearest name where there is none such
   */
  public static TargetMap parse(String option) {
    for (TargetMap map : values()) {
      if (map.option.equals(option)) {
        return map;
      }
    }
    throw new DataException(NearestName.unknown("target", option, options()));
  }

  /**
   * Numbers a target.
   *
   * @throws DataException where this map does not suit the data set
   */
  public int width(Dataset dataset) {
    if (dataset.isRegression() != (this == VALUE)) {
      throw new DataException(
          "target "
              + option
              + " does not suit "
              + dataset.name()
              + (dataset.isRegression()
                  ? ", whose targets are real numbers: use value"
                  : ", which has class labels: use one-hot or parity"));
    }
    return this == ONE_HOT ? dataset.classes() : 1;
  }

  /**
   * Writes the targets of samples first, …, first + count − 1 from {@code destination[offset]}.
   *
   * @throws DataException where this map does not suit the data set
   * @throws IndexOutOfBoundsException where the samples or the destination do not suffice
   */
  public void fill(Dataset dataset, int first, int count, float[] destination, int offset) {
    int width = width(dataset);
    Objects.checkFromIndexSize(first, count, dataset.size());
    int values = Sizes.product("targets", "copy fewer samples at once", count, width);
    Objects.checkFromIndexSize(offset, values, destination.length);
    switch (this) {
      case ONE_HOT -> {
        Arrays.fill(destination, offset, offset + values, 0f);
        for (int i = 0; i < count; i++) {
          destination[offset + i * width + dataset.labels()[first + i]] = 1f;
        }
      }
      case PARITY -> {
        for (int i = 0; i < count; i++) {
          destination[offset + i] = dataset.labels()[first + i] % 2 == 0 ? 1f : -1f;
        }
      }
      case VALUE ->
          System.arraycopy(dataset.regressionTargets(), first, destination, offset, count);
    }
  }

  @Override
  public String toString() {
    return option;
  }
}
