package org.noisescape.datasets;

import java.util.List;
import java.util.Optional;

/**
 * What samples are to be told by: classes or real numbers.
 *
 * @param labels class labels, empty for regression
 * @param values real targets, empty for classes
 * @param classes number of classes, 0 for regression
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Targets(int[] labels, float[] values, int classes) {
  /** Option that says which of the two. */
  static final String TASK = "task";

  static final String CLASSIFICATION = "classification";
  static final String REGRESSION = "regression";

  /** Labels above are taken for numbers of another kind. */
  static final int MOST_CLASSES = 100_000;

  static Targets ofLabels(int[] labels, int classes) {
    return new Targets(labels, new float[0], classes);
  }

  static Targets ofValues(float... values) {
    return new Targets(new int[0], values, 0);
  }

  /** The task that was asked for. */
  static Optional<String> task(SpecOptions options) {
    return options.choice(TASK, List.of(CLASSIFICATION, REGRESSION));
  }
}
