package org.noisescape.experiments.fit;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** One number of every point, as an array for fits and figures. */
public final class Column {
  private Column() {}

  /** A number of each point, in their order. */
  public static <P> double[] of(List<P> points, ToDoubleFunction<? super P> quantity) {
    return points.stream().mapToDouble(quantity).toArray();
  }
}
