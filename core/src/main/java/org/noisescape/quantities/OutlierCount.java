package org.noisescape.quantities;

import java.util.Arrays;
import java.util.Locale;
import org.noisescape.krylov.End;
import org.noisescape.krylov.OutlierRule;
import org.noisescape.krylov.OutlierRule.Outliers;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.krylov.Spectrum;

/** Eigenvalues of H above the edge of the bulk, sought among the K largest. */
record OutlierCount() implements Measure {
  @Override
  public void announce(Demand demand, int k) {
    demand.requireAtMostParameters(k);
    demand.pairs(Matrix.HESSIAN, End.LARGEST, pairs(demand, k));
  }

  @Override
  public Finding measure(Point point, int k) {
    int wanted = pairs(point.demand(), k);
    RitzPairs pairs = point.pairs(Matrix.HESSIAN, End.LARGEST, wanted);
    OutlierRule rule = rule(k);
    double floor =
        Math.max(point.rounding(Matrix.HESSIAN), rounding(point.demand(), pairs.scale()));
    Outliers outliers = new Spectrum(Arrays.copyOf(pairs.values(), wanted)).outliers(rule, floor);
    boolean converged = true;
    for (int i = 0; i < wanted; i++) {
      converged &= pairs.converged()[i];
    }
    return Finding.counted(outliers.count(), converged)
        .with("edge", outliers.edge())
        .with("sharpness", outliers.sharpness())
        .with("floor", floor)
        .with("above_floor", (long) outliers.above())
        .with("rule", text(rule));
  }

  /** Size of Ritz values that are rounding: eigenvalues that are zero come out as such. */
  private static double rounding(Demand demand, double norm) {
    return ProbeDefaults.ROUNDINGS * demand.dtype().epsilon() * norm;
  }

  private static OutlierRule rule(int candidates) {
    OutlierRule usual = OutlierRule.DEFAULT;
    return new OutlierRule(candidates, usual.window(), usual.factor(), usual.ratio());
  }

  /** The candidates, the window behind the last of them, and one more for its last distance. */
  private static int pairs(Demand demand, int k) {
    return Math.min(demand.parameters(), k + OutlierRule.DEFAULT.window() + 1);
  }

  private static String text(OutlierRule rule) {
    return String.format(
        Locale.ROOT,
        "after the last of the %d largest eigenvalues whose log-distance to the next is %.0f times"
            + " the median of the %d that follow, and at least log %.2f",
        rule.candidates(),
        rule.factor(),
        rule.window(),
        rule.ratio());
  }
}
