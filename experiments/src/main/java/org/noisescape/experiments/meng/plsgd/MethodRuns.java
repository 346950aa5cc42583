package org.noisescape.experiments.meng.plsgd;

import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PairedDifference;
import org.noisescape.experiments.fit.SeedMean;

/**
 * One method on some seeds.
 *
 * @param method which
 * @param seeds on which it was to train
 * @param curves of the seeds that came to the end, in order
 * @param lastEpochs over how many epochs a final value is the mean
 */
record MethodRuns(NoiseMethod method, SeedRange seeds, List<SeedCurve> curves, double lastEpochs) {
  MethodRuns {
    curves = List.copyOf(curves);
  }

  /** Whether no seed diverged. */
  boolean complete() {
    return curves.size() == seeds.count();
  }

  /** Final values of the seeds that came to the end. */
  double[] finals(CurveQuantity quantity) {
    return curves.stream().mapToDouble(curve -> curve.last(quantity, lastEpochs)).toArray();
  }

  /** Their mean. */
  SeedMean mean(CurveQuantity quantity) {
    return SeedMean.of(finals(quantity));
  }

  /** Means over the seeds that came to the end, a measurement each. */
  List<SeedMean> means(CurveQuantity quantity) {
    return IntStream.range(0, curves.getFirst().rows().size())
        .mapToObj(i -> SeedMean.of(Column.of(curves, c -> quantity.of(c.rows().get(i)))))
        .toList();
  }

  /** Difference from another method on the seeds that both came to the end of. */
  PairedDifference minus(MethodRuns other, CurveQuantity quantity) {
    return PairedDifference.of(on(other).finals(quantity), other.on(this).finals(quantity));
  }

  /** The same of the seeds that another one has, too. */
  MethodRuns on(MethodRuns other) {
    List<Integer> shared = other.curves.stream().map(SeedCurve::seed).toList();
    return new MethodRuns(
        method,
        seeds,
        curves.stream().filter(curve -> shared.contains(curve.seed())).toList(),
        lastEpochs);
  }
}
