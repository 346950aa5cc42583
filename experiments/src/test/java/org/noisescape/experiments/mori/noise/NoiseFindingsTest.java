package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.HuberLine;
import org.noisescape.experiments.fit.SeedMean;
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

  private static final WindowFit LATE =
      new WindowFit(
          MLP,
          WindowRule.LATE,
          Criterion.within(1, 0.15),
          List.of(FITTED, SHORT),
          Arrays.asList(new SlopeFit(new HuberLine(0.5, 1.25), 0.03, 2, 1.5, 3), null),
          new SlopeEstimate(1.5, 0.0625, 5, 7));

  private static final WindowFit SMALL =
      new WindowFit(
          CNN,
          WindowRule.SMALL,
          Criterion.within(2, 0.25),
          List.of(List.of()),
          Arrays.asList((SlopeFit) null),
          new SlopeEstimate(Double.NaN, Double.NaN, 0, 0));

  private static final Map<WindowRule, Double> RIVAL =
      Map.of(WindowRule.LATE, 1.5, WindowRule.SMALL, 1.0);

  private static Map<Panel, List<List<NoisePoint>>> runs() {
    Map<Panel, List<List<NoisePoint>>> runs = new LinkedHashMap<>();
    runs.put(MLP, List.of(FITTED, SHORT));
    runs.put(CNN, List.of(List.of()));
    return runs;
  }

  private static Findings findings() {
    return NoiseVsLoss.findings(runs(), List.of(LATE, SMALL), Map.of("another law", RIVAL));
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

  @Test
  void everyMarkIsThatOfItsSeed() {
    assertThat(
            FoundText.figures(
                NoiseFigures.of(runs(), List.of(LATE, SMALL), Map.of("another law", RIVAL))))
        .isEqualTo(
            """
            mlp-training | Epoch | log Loss L, scaled noise strength 𝒩
            band : (2, 2) (2, 10)
            band : (2, 2.08008) (2, 6.93361)
            line loss L: (2, 4.47214)
            line noise strength 𝒩 × 0.347: (2, 3.7977)
            mlp-noise-vs-loss | log Training loss L | log Noise strength 𝒩
            span fit window: late: 1 to 10
            points replica 0: (10, 20, 0.25) (1, 4, 0.5)
            points replica 1: (2, 6, 0.75)
            dashed theory: 𝒩 ∝ L: (0.625, 1.76777) (16, 45.2548)
            thin rival: 𝒩 ∝ L^{1.5}: (0.625, 0.785896) (16, 101.795)
            """);
  }

  /** Below half the loss at the largest noise, as long as there are wrong samples. */
  @Test
  void localSlopesAndWrongSamplesHaveTheirMarks() {
    Map<Panel, List<List<NoisePoint>>> runs =
        Map.of(
            MLP,
            List.of(
                List.of(
                    wrong(10, 16, 32, 40, 0.5),
                    wrong(20, 8, 8, 20, 0.75),
                    wrong(30, 4, 6, 10, 0.875),
                    wrong(40, 2, 4, 0, 1))));
    Map<Panel, List<LocalSlope>> slopes =
        Map.of(
            MLP,
            List.of(
                new LocalSlope(8, new SeedMean(1.25, 0.5, 4)),
                new LocalSlope(4, new SeedMean(1.5, Double.NaN, 1))));
    assertThat(FoundText.figures(WrongFigures.of(runs, slopes)))
        .isEqualTo(
            """
            mlp-local-slope | log Training loss L | d log 𝒩 / d log L
            dashed 𝒩 ∝ L: (4, 1) (8, 1)
            dotted 𝒩 ∝ L²: (4, 2) (8, 2)
            line : (8, 1.25) (4, 1.5)
            points mean over replicas: (8, 1.25, 0.25) (4, 1.5, 0)
            mlp-wrong-shares | log Training loss L | Share of the wrong samples
            points of Σ ‖g‖²: (8, 0.125) (4, 0.09375)
            points of the loss: (8, 0.5) (4, 0.25)
            points of the samples, M/N: (8, 0.25) (4, 0.125)
            dashed they carry all: (4, 1) (8, 1)
            thin half: (4, 0.5) (8, 0.5)
            mlp-wrong-samples | log Wrong samples M | log L,  𝒩
            points noise strength 𝒩: (20, 8, 0.25) (10, 6, 0.25)
            dashed : (10, 4.89898) (20, 9.79796)
            thin : (10, 5.8259) (20, 8.23907)
            points loss L: (20, 8, 0.125) (10, 4, 0.125)
            dashed : (10, 4) (20, 8)
            thin : (10, 4.75683) (20, 6.72717)
            """);
  }

  private static NoisePoint wrong(
      long step, double loss, double noise, double samples, double accuracy) {
    return new NoisePoint(
        step,
        step / 10.0,
        loss,
        0.125,
        noise,
        0.25,
        1,
        accuracy,
        accuracy,
        new WrongShares(samples, loss / 16, noise / 64));
  }
}
