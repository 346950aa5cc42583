package org.noisescape.experiments.meng.plsgd;

import java.util.Comparator;
import java.util.List;
import org.noisescape.experiments.meng.plsgd.NoiseMethod.Kind;
import org.noisescape.runs.RunFailure;

/** The choice of λ by test accuracy, as in the text, but on seeds that do nothing else. */
final class GridChoice {
  private GridChoice() {}

  /**
   * The candidate of largest mean final test accuracy; of equal ones the first. One with a seed
   * that diverged is none.
   *
   * @param selection all methods on the selection seeds
   * @param kind which method
   * @throws RunFailure where all of them diverged
   */
  static MethodRuns best(List<MethodRuns> selection, Kind kind) {
    // of equal ones, max returns the first
    return selection.stream()
        .filter(runs -> runs.method().kind() == kind && runs.complete())
        .max(Comparator.comparingDouble(r -> r.mean(CurveQuantity.TEST_ACCURACY).mean()))
        .orElseThrow(
            () ->
                new RunFailure(
                    "every %s diverged on the selection seeds; choose smaller variances with --set %s=..."
                        .formatted(kind.label, kind == Kind.SGLD ? "lambda3" : "lambda1"),
                    null));
  }

  /** Largest final test accuracy of each seed within a grid: what choosing on one seed reports. */
  static double[] bestOfEachSeed(List<MethodRuns> selection, Kind kind, SeedRange seeds) {
    double[] best = new double[seeds.count()];
    for (int s = 0; s < best.length; s++) {
      int seed = seeds.first() + s;
      best[s] =
          selection.stream()
              .filter(runs -> runs.method().kind() == kind)
              .flatMap(runs -> runs.curves().stream().map(c -> new Final(c, runs.lastEpochs())))
              .filter(end -> end.curve.seed() == seed)
              .mapToDouble(end -> end.curve.last(CurveQuantity.TEST_ACCURACY, end.epochs))
              .max()
              .orElse(Double.NaN);
    }
    return best;
  }

  private record Final(SeedCurve curve, double epochs) {}
}
