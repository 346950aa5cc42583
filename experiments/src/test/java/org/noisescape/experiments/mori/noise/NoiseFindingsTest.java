package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.experiments.fit.SlopeEstimate;
import org.noisescape.experiments.fit.SlopeFit;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.runs.TrainConfiguration;

/** Numbers and tables of a window whose second seed had too few points, and of an empty one. */
class NoiseFindingsTest {
  private static final Panel MLP = new Panel("mlp", TrainConfiguration.defaults());
  private static final Panel CNN = new Panel("cnn", TrainConfiguration.defaults());
  private static final WrongShares WRONG = new WrongShares(7, 0.875, 0.9375);
  private static final List<NoisePoint> FITTED =
      List.of(
          new NoisePoint(40, 2, 10, 0.125, 20, 0.25, 5, 0.5, 0.375, WRONG),
          new NoisePoint(80, 4, 1, 0.0625, 4, 0.5, 4, 0.75, 0.625, WrongShares.NONE));
  private static final List<NoisePoint> SHORT =
      List.of(new NoisePoint(60, 3, 2, Double.NaN, 6, 0.75, 24, 1, Double.NaN, WrongShares.NONE));

  private static Findings findings() {
    WindowFit late =
        new WindowFit(
            MLP,
            WindowRule.LATE,
            Criterion.within(1, 0.15),
            List.of(FITTED, SHORT),
            Arrays.asList(new SlopeFit(new HuberLine(0.5, 1.25), 0.03, 2, 1.5, 3), null),
            new SlopeEstimate(1.5, 0.0625, 5, 7));
    WindowFit small =
        new WindowFit(
            CNN,
            WindowRule.SMALL,
            Criterion.within(2, 0.25),
            List.of(List.of()),
            Arrays.asList((SlopeFit) null),
            new SlopeEstimate(Double.NaN, Double.NaN, 0, 0));
    Map<Panel, List<List<NoisePoint>>> runs = new LinkedHashMap<>();
    runs.put(MLP, List.of(FITTED, SHORT));
    runs.put(CNN, List.of(List.of()));
    Map<WindowRule, Double> rival = Map.of(WindowRule.LATE, 1.5, WindowRule.SMALL, 1.0);
    return NoiseVsLoss.findings(runs, List.of(late, small), Map.of("another law", rival));
  }

  /** N/L goes from 20/10 to 4/1; the shares of the gradient are 5/25 and 4/8. */
  @Test
  void everyNumberIsThatOfItsWindow() {
    Findings found = findings();

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            mlp late slope | 1.5 | 0.0625 | 1 | DISAGREES
            cnn small slope | - | - | 2 | INCONCLUSIVE
            mlp late N/L end over begin | 2 | - | 1 | -
            mlp late largest |grad L|^2 / mean |g|^2 | 0.5 | - | - | -
            cnn small N/L end over begin | - | - | - | -
            cnn small largest |grad L|^2 / mean |g|^2 | - | - | - | -
            mlp wrong samples' share of the samples | - | - | - | -
            mlp wrong samples' share of the loss | - | - | 1 | INCONCLUSIVE
            mlp wrong samples' share of sum |g|^2 | - | - | 1 | INCONCLUSIVE
            mlp slope of L against M | - | - | 1 | INCONCLUSIVE
            mlp slope of N against M | - | - | 1 | INCONCLUSIVE
            mlp wrong samples: they carry all | - | - | 1 | INCONCLUSIVE
            mlp wrong samples: they carry half, L and N ~ sqrt(M) | - | - | 0.5 | INCONCLUSIVE
            mlp wrong samples: all samples alike | - | - | - | INCONCLUSIVE
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival another law: INCONCLUSIVE
            mlp late slope | 1.5 | 0.0625 | 1.5 | INCONCLUSIVE
            cnn small slope | - | - | 1 | INCONCLUSIVE
            """);
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void everyCellIsThatOfItsSeed() {
    Findings found = findings();

    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            panel,window,seed,slope,standard_error,theory,verdict,points,decades,loss_from,loss_to,correlation_time,block
            mlp,late,0,1.25,0.03,1.0,,2,1.0,10.0,1.0,1.5,3
            mlp,late,1,,,1.0,,1,0.0,2.0,2.0,,
            mlp,late,all,1.5,0.0625,1.0,DISAGREES,7,,,,,
            cnn,small,0,,,2.0,,0,0.0,,,,
            cnn,small,all,,,2.0,INCONCLUSIVE,0,,,,,
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            panel,seed,epoch,step,train_loss,train_loss_standard_error,noise_strength,noise_strength_standard_error,gradient_norm_squared,train_accuracy,test_accuracy,wrong_samples,wrong_loss_share,wrong_gradient_share
            mlp,0,2.0,40,10.0,0.125,20.0,0.25,5.0,0.5,0.375,7.0,0.875,0.9375
            mlp,0,4.0,80,1.0,0.0625,4.0,0.5,4.0,0.75,0.625,,,
            mlp,1,3.0,60,2.0,,6.0,0.75,24.0,1.0,,,,
            """);
  }
}
