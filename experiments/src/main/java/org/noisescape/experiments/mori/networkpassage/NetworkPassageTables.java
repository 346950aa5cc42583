package org.noisescape.experiments.mori.networkpassage;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.mori.HessianPoint;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.theory.mori.LogLandscape;

/**
 * {@code tables/first_passage.csv}, {@code slopes.csv} and {@code passages.csv} of a run folder; d
 * is the number of parameters, theory_slope that with h* and n (Eq. 44) measured.
 */
final class NetworkPassageTables {
  private NetworkPassageTables() {}

  /** A threshold at a learning rate. */
  private record Threshold(LogLandscape theory, PassagePoint point) {}

  /** A replica at a threshold. */
  private record Replica(Threshold at, int r) {}

  static Findings add(
      Findings findings,
      List<NetworkPassageCurve> curves,
      NetworkPassageFit fit,
      HessianPoint minimum) {
    List<Threshold> thresholds = new ArrayList<>();
    List<Replica> replicas = new ArrayList<>();
    for (NetworkPassageCurve curve : curves) {
      for (PassagePoint p : curve.points()) {
        thresholds.add(new Threshold(curve.theory(), p));
        for (int r = 0; r < p.times().replicas(); r++) {
          replicas.add(new Replica(thresholds.getLast(), r));
        }
      }
    }
    double n = minimum.effectiveDimension();
    return findings
        .table(
            Csv.of("first_passage", thresholds)
                .column("d", t -> minimum.parameters())
                .column("learning_rate", t -> t.theory().learningRate())
                .column("batch", t -> t.theory().batch())
                .column("c", t -> t.point().level())
                .column("mean_time", t -> t.point().mean().value())
                .column("standard_error", t -> t.point().mean().standardError())
                .column("replicas", t -> t.point().mean().replicas())
                .column("censored", t -> t.point().mean().censored())
                .column("theory_slope", t -> t.theory().passageSlope(n)))
        .table(
            Csv.of("slopes", curves)
                .column("learning_rate", c -> c.theory().learningRate())
                .column("batch", c -> c.theory().batch())
                .column("slope", c -> c.slope().slope())
                .column("standard_error", c -> c.slope().standardError())
                .column("r_squared", c -> c.slope().correlation())
                .column("c_from", c -> c.slope().from())
                .column("c_to", c -> c.slope().to())
                .column("largest", c -> minimum.largest())
                .column("effective_dimension", c -> n)
                .column("theory_slope", c -> c.theory().passageSlope(n))
                .column("fitted_dimension", c -> fit.dimension())
                .column("fitted_slope", c -> NetworkPassageCriterion.slopeOf(c, fit))
                .column("corrected_slope", c -> c.theory().correctedPassageSlope(n))
                .column("early_slope", c -> c.early().slope())
                .column("early_standard_error", c -> c.early().standardError()))
        .table(
            Csv.of("passages", replicas)
                .column("learning_rate", r -> r.at().theory().learningRate())
                .column("c", r -> r.at().point().level())
                .column("replica", Replica::r)
                .column("time", r -> r.at().point().times().times()[r.r()])
                .column("observed", r -> r.at().point().times().observed()[r.r()]));
  }
}
