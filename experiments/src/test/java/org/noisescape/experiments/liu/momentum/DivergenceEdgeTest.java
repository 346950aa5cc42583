package org.noisescape.experiments.liu.momentum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.OneDimension;
import org.noisescape.experiments.liu.stationary.StationaryExperiment;
import org.noisescape.theory.liu.HeavyBallSgd;
import org.noisescape.theory.liu.RegressionNoise;

class DivergenceEdgeTest {
  @Test
  void divergenceBeginsWhereTheTheorySays() {
    assertThat(DivergenceEdge.of(2.75)).isCloseTo(0.375, within(DivergenceEdge.RESOLUTION));
    assertThat(DivergenceEdge.of(1)).isZero();
  }

  @Test
  void edgeIsJudgedAndContinuousTimeHasNone() {
    GridNumber edge = new Momentum().judged(result()).getFirst();

    assertThat(edge.name()).isEqualTo("momentum below which lambda k = 2.75 diverges");
    // 2.75/2 - 1
    assertThat(edge.criterion()).isEqualTo(Criterion.within(0.375, 0.001));
    assertThat(edge.criterion().judge(edge.measured()).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(edge.criterion().against(edge.earlier()).judge(edge.measured()).verdict())
        .isEqualTo(Verdict.DISAGREES);
    assertThat(edge.earlier()).isZero();
  }

  @Test
  void edgesOfMiniBatchNoiseAreTold() {
    Measurements told = new Measurements();

    new Momentum().told(result(), told);

    String name = "exact mini-batch noise, lambda k = 2.75: ";
    NamedMeasurement smallest = told.list().get(0);
    NamedMeasurement largest = told.list().get(1);
    assertThat(smallest.name()).isEqualTo(name + "smallest momentum with a finite variance");
    assertThat(largest.name()).isEqualTo(name + "largest");
    assertThat(smallest.standardError()).isEqualTo(0.005);
    RegressionNoise noise = OneDimension.of(result().settings(), 3).noise();
    double rate = 2.75 / noise.hessian().largest();
    assertThat(noise.stable(new HeavyBallSgd(rate, smallest.value()))).isTrue();
    assertThat(noise.stable(new HeavyBallSgd(rate, smallest.value() - 0.005))).isFalse();
    assertThat(noise.stable(new HeavyBallSgd(rate, largest.value()))).isTrue();
    assertThat(noise.stable(new HeavyBallSgd(rate, largest.value() + 0.005))).isFalse();
    assertThat(told.list()).hasSize(2);
  }

  private static StationaryExperiment.Result result() {
    Settings settings = LandscapeRuns.settings(new Momentum());
    return new StationaryExperiment.Result(settings, 3, List.of(), List.of());
  }
}
