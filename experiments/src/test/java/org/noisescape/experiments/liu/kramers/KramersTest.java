package org.noisescape.experiments.liu.kramers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.liu.kramers.CappedDoubleWell.NoiseReading;
import org.noisescape.theory.liu.KramersRate;

/** The capped double well and what counts as growth of the rate. */
class KramersTest {
  @Test
  void doubleWellIsSmoothAndHasItsCurvatures() {
    CappedDoubleWell well = new CappedDoubleWell(0.7);
    for (double w : new double[] {-1.7, -1, -0.3, 0, 0.6, 0.9999999, 1.0000001, 2.5}) {
      double h = 1e-5;
      double slope =
          (well.value(new double[] {w + h}) - well.value(new double[] {w - h})) / (2 * h);
      assertThat(well.slope(w)).isCloseTo(slope, within(1e-8));
      double bend = (well.slope(w + h) - well.slope(w - h)) / (2 * h);
      assertThat(well.curvature(w)).isCloseTo(bend, within(1e-4));
    }
    assertThat(well.curvature(1)).isEqualTo(well.atMinimum());
    assertThat(well.curvature(0)).isEqualTo(well.atTop());
    assertThat(well.value(new double[] {0}) - well.value(new double[] {1}))
        .isCloseTo(well.barrier(), within(1e-15));
    double height = well.value(new double[] {CappedDoubleWell.INFLECTION}) / well.barrier();
    assertThat(height).isCloseTo(CappedDoubleWell.MIDPOINT, within(1e-12));
  }

  @Test
  void kramersCriterionWantsGrowthAndTheRightShape() {
    List<EscapePoint> discrete = new ArrayList<>();
    List<EscapePoint> flat = new ArrayList<>();
    for (double scale : new double[] {0.05, 0.3, 0.6, 0.9}) {
      KramersRate theory = new KramersRate(scale / 4, 2 * scale, -scale, 4.0 / 9, 10);
      discrete.add(escape(scale, 1.7 * theory.discrete(1), theory, 1000));
      flat.add(escape(scale, theory.continuous(1), theory, 1000));
    }
    assertThat(KramersCriterion.grows(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.follows(discrete, EscapePoint::discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.nearer(discrete)).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.constant(discrete, EscapePoint::discrete))
        .isCloseTo(1.7, within(1e-12));
    assertThat(KramersCriterion.grows(flat)).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.nearer(flat)).isEqualTo(Verdict.DISAGREES);
    EscapePoint first = discrete.getFirst();
    assertThat(KramersCriterion.limit(first, 1.05 * first.reduced())).isEqualTo(Verdict.AGREES);
    assertThat(KramersCriterion.limit(first, 2 * first.reduced())).isEqualTo(Verdict.DISAGREES);
    assertThat(KramersCriterion.limit(discrete.get(1), 1)).isEqualTo(Verdict.INCONCLUSIVE);
    EscapePoint rare = escape(0.9, 1e-6, first.theory(), 3);
    assertThat(KramersCriterion.follows(List.of(first, rare), EscapePoint::discrete))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  private static EscapePoint escape(double scale, double rate, KramersRate theory, int events) {
    ExponentialTail law =
        new ExponentialTail(0, rate, rate / Math.sqrt(events), events, 1000, 0.5, true);
    return new EscapePoint(NoiseReading.TWO_TEMPERATURES, scale, law, 1000, theory, 1);
  }
}
