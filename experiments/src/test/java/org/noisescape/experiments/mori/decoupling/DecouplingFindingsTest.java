package org.noisescape.experiments.mori.decoupling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.mori.EigenvalueStaircase;
import org.noisescape.report.Figure;

/**
 * Numbers and tables of two seeds. |log10| of the ratios to the decoupled eigenvalues: 1, 3, 4 and
 * 2, 0; with shuffled losses 0, 1, 0 and 3, 1; above a thousandth of the largest are the first two.
 */
class DecouplingFindingsTest {
  private static final double SMALLEST = 1.0 / 32768;
  private static final DecouplingPoint FIRST =
      new DecouplingPoint(
          5,
          0,
          0.5,
          12,
          1,
          7,
          4,
          0.25,
          1.5,
          0.75,
          0.9375,
          0.01,
          new double[] {10, 62.5, 1e4 * SMALLEST},
          new double[] {1, 0.0625, SMALLEST},
          new double[] {1, 0.625, SMALLEST},
          1e-9);
  private static final DecouplingPoint SECOND =
      new DecouplingPoint(
          5,
          1,
          1.5,
          15,
          2,
          2.5,
          10,
          0.75,
          0.5,
          0.5,
          0.875,
          0.02,
          new double[] {100, 0.0625},
          new double[] {1, 0.0625},
          new double[] {1000, 0.00625},
          2e-9);

  @Test
  void everyNumberIsThatOfTheMatrices() {
    Findings found = Decoupling.findings(List.of(FIRST, SECOND));

    // medians 2 and 1, maxima 3 and 2 of fewer than 20 eigenvalues; tr S 12 and 15 over 2 tr B
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            epoch 5 median |log10 ratio| | 1.5 | - | 0.15 | INCONCLUSIVE
            epoch 5 maximum |log10 ratio| | 2.5 | - | 0.5 | INCONCLUSIVE
            epoch 5 tr exact / tr decoupled | 1 | 0.75 | 1 | INCONCLUSIVE
            epoch 5 median |log10 ratio|, losses shuffled | 1.25 | 0.75 | 0 | -
            epoch 5 L | 1 | 0.5 | - | -
            epoch 5 cosine of the matrices | 0.625 | 0.125 | 1 | -
            epoch 5 cosine, losses shuffled | 0.90625 | 0.03125 | - | -
            epoch 5 tr S / (2 tr decoupled) | 1.125 | 0.375 | 1 | -
            epoch 5 correlation of l and |grad f|^2 | 0.5 | 0.25 | 0 | -
            epoch 5 share of samples that carry the loss | 0.375 | 0.125 | - | -
            """);
    // without L = 1/2 and 3/2: log10 of 5, 500 and 150, 1.5; traces 7/8 and 2.5/(20/3)
    double first = (Math.log10(5) + Math.log10(500)) / 2;
    double second = (Math.log10(150) + Math.log10(1.5)) / 2;
    assertThat(FoundText.rivals(found))
        .startsWith(
            """
            rival without the factor L: INCONCLUSIVE
            %s
            %s
            epoch 5 tr exact / tr without the factor L | 0.625 | 0.25 | 1 | INCONCLUSIVE
            rival isotropic noise of the same trace: INCONCLUSIVE
            """
                .formatted(
                    FoundText.line(
                        "epoch 5 median |log10 ratio|",
                        (first + second) / 2,
                        Double.NaN,
                        0.15,
                        Optional.of(Verdict.INCONCLUSIVE)),
                    FoundText.line(
                        "epoch 5 maximum |log10 ratio|",
                        (Math.log10(500) + Math.log10(150)) / 2,
                        Double.NaN,
                        0.5,
                        Optional.of(Verdict.INCONCLUSIVE))));
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  /** The second point at another time: nothing of it is in the numbers of the first. */
  @Test
  void everyEpochHasTheNumbersOfItsOwnPoints() {
    DecouplingPoint later = larger(1, 9, SECOND);
    String numbers = FoundText.numbers(Decoupling.findings(List.of(FIRST, later)));
    assertThat(numbers)
        .contains("epoch 5 median |log10 ratio| | 2 |", "epoch 9 median |log10 ratio| | 1 |")
        .contains("epoch 5 L | 0.5 |", "epoch 9 L | 1.5 |");
    assertThat(DecouplingFigures.of(List.of(FIRST, later), "").stream().map(Figure::name))
        .containsExactly(
            "epoch-5-histogram", "epoch-5-ratios", "epoch-9-histogram", "epoch-9-ratios");
    assertThat(FoundText.figures(DecouplingFigures.of(List.of(FIRST, later), "")))
        .startsWith(FoundText.figures(DecouplingFigures.of(List.of(FIRST), "")));
  }

  /**
   * Both matrices times four: no ratio of theirs changes, and what is compared is as much larger.
   */
  @Test
  void ratiosAreThoseOfAnyUnit() {
    List<Figure> one = DecouplingFigures.of(List.of(FIRST, SECOND), "");
    List<Figure> four =
        DecouplingFigures.of(List.of(larger(4, 5, FIRST), larger(4, 5, SECOND)), "");
    assertThat(FoundText.figures(four.subList(1, 2)))
        .isEqualTo(FoundText.figures(one.subList(1, 2)));
    assertThat(FoundText.figures(four.subList(0, 1)))
        .contains("span compared by the criterion: 0.004 to 40.004");
  }

  private static DecouplingPoint larger(double factor, double epoch, DecouplingPoint of) {
    return new DecouplingPoint(
        epoch,
        of.seed(),
        of.loss(),
        of.noiseStrength() * factor,
        of.gradientNormSquared() * factor,
        of.exactTrace() * factor,
        of.decoupledTrace() * factor,
        of.correlation(),
        of.participation(),
        of.cosine(),
        of.shuffledCosine(),
        of.shuffledDeviation(),
        Arrays.stream(of.exact()).map(x -> factor * x).toArray(),
        Arrays.stream(of.decoupled()).map(x -> factor * x).toArray(),
        Arrays.stream(of.shuffled()).map(x -> factor * x).toArray(),
        of.error() * factor);
  }

  @Test
  void everyCellIsThatOfItsPoint() {
    Findings found = Decoupling.findings(List.of(FIRST, SECOND));

    // 2 tr A − ‖∇L‖² is 13 and 3
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            epoch,seed,loss,noise_strength,noise_from_exact,noise_from_decoupled,gradient_norm_squared,trace_ratio,correlation,participation,cosine,cosine_shuffled,cosine_shuffled_deviation,eigenvalue_error
            5.0,0,0.5,12.0,13.0,8.0,1.0,1.75,0.25,1.5,0.75,0.9375,0.01,1.0E-9
            5.0,1,1.5,15.0,3.0,20.0,2.0,0.25,0.75,0.5,0.5,0.875,0.02,2.0E-9
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            epoch,seed,losses,cut,eigenvalues,median_log10_ratio,maximum_log10_ratio
            5.0,0,own,0.1,1,1.0,1.0
            5.0,0,shuffled,0.1,1,0.0,0.0
            5.0,0,own,0.01,2,2.0,3.0
            5.0,0,shuffled,0.01,2,0.5,1.0
            5.0,0,own,0.001,2,2.0,3.0
            5.0,0,shuffled,0.001,2,0.5,1.0
            5.0,0,own,1.0E-4,2,2.0,3.0
            5.0,0,shuffled,1.0E-4,2,0.5,1.0
            5.0,0,own,1.0E-5,3,3.0,4.0
            5.0,0,shuffled,1.0E-5,3,0.0,1.0
            5.0,1,own,0.1,1,2.0,2.0
            5.0,1,shuffled,0.1,1,3.0,3.0
            5.0,1,own,0.01,2,1.0,2.0
            5.0,1,shuffled,0.01,2,2.0,3.0
            5.0,1,own,0.001,2,1.0,2.0
            5.0,1,shuffled,0.001,2,2.0,3.0
            5.0,1,own,1.0E-4,2,1.0,2.0
            5.0,1,shuffled,1.0E-4,2,2.0,3.0
            5.0,1,own,1.0E-5,2,1.0,2.0
            5.0,1,shuffled,1.0E-5,2,2.0,3.0
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            epoch,seed,rank,exact,decoupled,shuffled
            5.0,0,1,10.0,1.0,1.0
            5.0,0,2,62.5,0.0625,0.625
            5.0,0,3,0.30517578125,3.0517578125E-5,3.0517578125E-5
            5.0,1,1,100.0,1.0,1000.0
            5.0,1,2,0.0625,0.0625,0.00625
            """);
  }

  @Test
  void everyStaircaseCountsItsOwnEigenvalues() {
    List<Figure.Mark> marks =
        DecouplingFigures.of(List.of(FIRST, SECOND), "a network").getFirst().marks();
    List<double[]> spectra = List.of(FIRST.exact(), FIRST.decoupled(), FIRST.shuffled());
    for (int i = 0; i < spectra.size(); i++) {
      // nine decades of four bins
      EigenvalueStaircase counts = EigenvalueStaircase.of(spectra.get(i), 1.0001e-8, 10.001, 36);
      assertThat(((Figure.Line) marks.get(1 + i)).y()).containsExactly(counts.y());
    }
  }

  @Test
  void everyMarkIsThatOfItsEigenvalue() {
    assertThat(FoundText.figures(DecouplingFigures.of(List.of(FIRST, SECOND), "a network")))
        .isEqualTo(
            """
            epoch-5-histogram | log Eigenvalue λ | Eigenvalues a bin
            span compared by the criterion: 0.001 to 10.001
            line exact: (0.000000010001, 0) (0.000316259, 0) (10.001, 1)
            dashed decoupled: (0.000000010001, 0) (0.000316259, 0) (10.001, 0)
            dotted losses shuffled: (0.000000010001, 0) (0.000316259, 0) (10.001, 0)
            epoch-5-ratios | log λ / λ₁ of the decoupled matrix | log λ of the same rank / λ decoupled
            span compared by the criterion: 0.001 to 1
            points losses shuffled: (1, 1) (0.0625, 10) (0.0000305176, 1)
            points : (1, 1000) (0.0625, 0.1)
            points exact: (1, 10) (0.0625, 1000) (0.0000305176, 10000)
            points : (1, 100) (0.0625, 1)
            thin : (1, 2) (0.0625, 2)
            thin : (1, 1.33333) (0.0625, 21.3333)
            thin without L, isotropic:
            dashed decoupled: (0.0000305176, 1) (1, 1)
            dotted largest deviation allowed: (0.001, 3.16228) (1, 3.16228)
            dotted : (0.001, 0.316228) (1, 0.316228)
            """);
  }
}
