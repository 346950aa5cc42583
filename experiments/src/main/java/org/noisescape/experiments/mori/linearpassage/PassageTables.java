package org.noisescape.experiments.mori.linearpassage;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.mori.PassagePoint;

/**
 * {@code tables/first_passage.csv}, {@code slopes.csv}, {@code data_sets.csv} and {@code
 * passages.csv} of a run folder.
 */
final class PassageTables {
  private PassageTables() {}

  /** A threshold on one data set. */
  private record OnOne(PassageCurve curve, int dataSet, PassagePoint point, ExponentialTail tail) {
    MeanPassageTime mean() {
      return point.mean();
    }
  }

  static Findings add(Findings findings, List<PassageEnsemble> ensembles) {
    List<OnOne> onOne = new ArrayList<>();
    for (PassageEnsemble ensemble : ensembles) {
      for (int i = 0; i < ensemble.curves().size(); i++) {
        PassageCurve curve = ensemble.curves().get(i);
        for (PassagePoint p : curve.points()) {
          onOne.add(new OnOne(curve, i, p, ExponentialTail.of(p.times())));
        }
      }
    }
    return findings
        .table(
            Csv.each("first_passage", ensembles, PassageEnsemble::thresholds)
                .column("d", t -> t.of().dimension())
                .column("learning_rate", t -> t.of().curves().getFirst().theory().learningRate())
                .column("batch", t -> t.of().curves().getFirst().theory().batch())
                .column("c", t -> t.of().level(t.index()))
                .column("mean_time", t -> t.of().time(t.index()).mean())
                .column("standard_error", t -> t.of().timeError(t.index()))
                .column("replicas", t -> t.of().replicas())
                .column("censored", t -> t.of().censored(t.index()))
                .column("theory_slope", t -> t.of().theorySlope()))
        .table(
            Csv.of("slopes", ensembles)
                .column("d", PassageEnsemble::dimension)
                .column("slope", PassageEnsemble::slope)
                .column("standard_error", PassageEnsemble::standardError)
                .column("data_sets", e -> e.curves().size())
                .column("theory_slope", PassageEnsemble::theorySlope)
                .column("corrected_slope", PassageEnsemble::correctedSlope)
                .column("equation_14_slope", e -> e.law(PassageLaw.EQUATION))
                .column("exponential_slope", e -> e.law(PassageLaw.EXPONENTIAL))
                .column("c_from", PassageEnsemble::from)
                .column("c_to", PassageEnsemble::to)
                .column("thresholds", e -> e.window().length)
                .column(
                    "verdict",
                    e ->
                        PassageCriterion.of(e, PassageLaw.POWER)
                            .judge(PassageCriterion.estimate(e))
                            .verdict()))
        .table(
            Csv.of("data_sets", onOne)
                .column("d", o -> o.curve().dimension())
                .column("data_set", OnOne::dataSet)
                .column("c", o -> o.point().level())
                .column("mean_time", o -> o.mean().value())
                .column("standard_error", o -> o.mean().standardError())
                .column("lower", o -> o.mean().lower())
                .column("upper", o -> o.mean().upper())
                .column("censored", o -> o.mean().censored())
                .column("method", o -> o.mean().method())
                .column("reliable", o -> o.mean().reliable())
                .column(
                    "equation_14_time",
                    o -> o.curve().equation().meanTime(o.point().level()).value())
                .column(
                    "exponential_time",
                    o -> Math.exp(o.curve().regression().logTime(o.point().level())))
                .column("tail_delay", o -> o.tail().delay())
                .column("tail_rate", o -> o.tail().rate())
                .column("tail_rate_error", o -> o.tail().standardError())
                .column("tail_p", o -> o.tail().pValue())
                .column("tail_exponential", o -> o.tail().exponential()))
        .table(
            Csv.each("passages", onOne, o -> o.point().times().replicas())
                .column("d", r -> r.of().curve().dimension())
                .column("data_set", r -> r.of().dataSet())
                .column("c", r -> r.of().point().level())
                .column("replica", Csv.Entry::index)
                .column("time", r -> r.of().point().times().times()[r.index()])
                .column("passed", r -> r.of().point().times().observed()[r.index()]));
  }
}
