package org.noisescape.experiments.mori.critical;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.mori.critical.CriticalMinimum.Prediction;

/**
 * {@code tables/critical_learning_rate.csv}, {@code jumps.csv} and {@code ramps.csv} of a run
 * folder.
 */
final class CriticalTables {
  private CriticalTables() {}

  /** A replica on a ramp, and one of its factors or looks at the loss. */
  private record OnRamp(CriticalMinimum minimum, CriticalRamp ramp, int replica, int index) {}

  static Findings add(Findings findings, List<CriticalPoint> points) {
    List<OnRamp> jumps = new ArrayList<>();
    List<OnRamp> looks = new ArrayList<>();
    for (CriticalPoint p : points) {
      for (CriticalRamp ramp : List.of(p.ramp(), p.slow())) {
        for (int r = 0; r < ramp.replicas(); r++) {
          for (int c = 0; c < ramp.factors().length; c++) {
            jumps.add(new OnRamp(p.minimum(), ramp, r, c));
          }
          for (int i = 0; i < ramp.losses()[r].length; i++) {
            looks.add(new OnRamp(p.minimum(), ramp, r, i));
          }
        }
      }
    }
    return findings
        .table(
            Csv.of("critical_learning_rate", points)
                .column("initial_learning_rate", p -> p.minimum().learningRate())
                .column("initial_batch", p -> p.minimum().batch())
                .column("batch", CriticalPoint::batch)
                .column("seed", p -> p.minimum().seed())
                .column("loss", p -> p.minimum().loss())
                .column("largest", p -> p.minimum().largest())
                .column("effective_dimension", p -> p.minimum().effectiveDimension())
                .column("critical_learning_rate", CriticalPoint::critical)
                .column("standard_error", CriticalPoint::standardError)
                .column("replicas", p -> p.ramp().replicas())
                .column("censored", CriticalPoint::censored)
                .column("theory_slides", p -> p.predicted(Prediction.SLIDES))
                .column("theory_corrected", p -> p.predicted(Prediction.CORRECTED))
                .column("stability_limit", p -> p.predicted(Prediction.STABILITY)))
        .table(
            onRamp("jumps", jumps)
                .column("factor", j -> j.ramp().factors()[j.index()])
                .column("critical_learning_rate", j -> j.ramp().critical()[j.index()][j.replica()]))
        .table(
            onRamp("ramps", looks)
                .column("learning_rate", l -> l.ramp().rate(l.index()))
                .column("loss", l -> l.ramp().losses()[l.replica()][l.index()]));
  }

  private static Csv<OnRamp> onRamp(String name, List<OnRamp> rows) {
    return Csv.of(name, rows)
        .column("initial_learning_rate", o -> o.minimum().learningRate())
        .column("initial_batch", o -> o.minimum().batch())
        .column("seed", o -> o.minimum().seed())
        .column("hold", o -> o.ramp().rates().hold())
        .column("replica", OnRamp::replica);
  }
}
