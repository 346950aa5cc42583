package org.noisescape.datasets;

import java.util.List;
import java.util.Optional;

/**
 * Targets of all parts of an npz, told by their types and shapes.
 *
 * @param all those of the training set, then those of the test set if there is one
 */
record NpzTargets(List<Targets> all) {

  /** Reads arrays of targets in one way. */
  static NpzTargets of(String spec, List<NpyArray> arrays, Optional<String> task) {
    NpyArray first = arrays.getFirst();
    boolean oneHot = width(spec, first) > 1;
    boolean real =
        task.map(Targets.REGRESSION::equals).orElse(!oneHot && first.type().isFloating());
    for (NpyArray each : arrays) {
      if (width(spec, each) != width(spec, first)) {
        throw wrong(spec, each, "and '%s' differ in shape".formatted(first.described()));
      }
    }
    if (real && oneHot) {
      throw wrong(spec, first, "holds several targets a sample: save one of them as (n,)");
    }
    if (real) {
      return new NpzTargets(arrays.stream().map(each -> Targets.ofValues(values(each))).toList());
    }
    List<int[]> labels =
        arrays.stream().map(each -> oneHot ? places(spec, each) : labels(spec, each)).toList();
    int classes = oneHot ? width(spec, first) : 1 + largest(labels);
    return new NpzTargets(labels.stream().map(each -> Targets.ofLabels(each, classes)).toList());
  }

  private static int width(String spec, NpyArray array) {
    int[] shape = array.shape();
    if (shape.length == 0 || shape.length > 2) {
      throw wrong(spec, array, "must have the shape (n,), (n, 1) or, one-hot, (n, classes)");
    }
    return shape.length == 1 ? 1 : shape[1];
  }

  private static float[] values(NpyArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.number(i);
    }
    return values;
  }

  private static int[] labels(String spec, NpyArray array) {
    int[] labels = new int[array.size()];
    for (int i = 0; i < labels.length; i++) {
      double label = array.number(i);
      if (!(label >= 0 && label < Targets.MOST_CLASSES && label == Math.rint(label))) {
        throw wrong(
            spec,
            array,
            "holds %s for sample %d: classes are whole numbers from 0 to %d; say task=regression for real targets"
                .formatted(
                    label == Math.rint(label) ? "%.0f".formatted(label) : String.valueOf(label),
                    i,
                    Targets.MOST_CLASSES - 1));
      }
      labels[i] = (int) label;
    }
    return labels;
  }

  /** Where the one of each row is. */
  private static int[] places(String spec, NpyArray array) {
    int width = width(spec, array);
    int[] labels = new int[array.rows()];
    for (int i = 0; i < labels.length; i++) {
      int ones = 0;
      for (int k = 0; k < width; k++) {
        double value = array.number(i * width + k);
        labels[i] = value == 1 ? k : labels[i];
        ones += value == 1 ? 1 : value == 0 ? 0 : 2;
      }
      if (ones != 1) {
        throw wrong(
            spec,
            array,
            "is not one-hot at sample %d, where a single 1 among zeros must stand: save labels or one target a sample as (n,)"
                .formatted(i));
      }
    }
    return labels;
  }

  private static int largest(List<int[]> labels) {
    int largest = 0;
    for (int[] part : labels) {
      for (int label : part) {
        largest = Math.max(largest, label);
      }
    }
    return largest;
  }

  private static DataException wrong(String spec, NpyArray array, String what) {
    return new DataException("%s: array '%s' %s".formatted(spec, array.described(), what));
  }
}
