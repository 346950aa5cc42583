package org.noisescape.experiments.mori.cumulants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;

/** Numbers and tables of two networks, every number of them another. */
class CumulantFindingsTest {
  static final CumulantPoint ONE =
      new CumulantPoint(
          0,
          0.5,
          true,
          List.of(
              new DirectionCumulants(
                  CumulantDirection.HESSIAN,
                  1.5,
                  0.01,
                  0.1,
                  0.2,
                  2.0,
                  1.1,
                  0.30000000000000004,
                  new double[0],
                  List.of(new BatchMeans(5, 0.3, 0.4, 0.02), new BatchMeans(2, 0.4, 0.7, 0.03))),
              new DirectionCumulants(
                  CumulantDirection.NOISE,
                  2.5,
                  0.02,
                  0.2,
                  -0.4,
                  4.0,
                  1.2,
                  0.4,
                  new double[0],
                  List.of(new BatchMeans(5, 0.6, 0.8, 0.04), new BatchMeans(2, 0.8, 1.4, 0.06))),
              new DirectionCumulants(
                  CumulantDirection.RANDOM,
                  3.5,
                  0.03,
                  0.30000000000000004,
                  0.6000000000000001,
                  6.0,
                  1.3,
                  0.5,
                  new double[0],
                  List.of(
                      new BatchMeans(5, 0.8999999999999999, 1.2, 0.06),
                      new BatchMeans(2, 1.2000000000000002, 2.0999999999999996, 0.09)))),
          List.of(
              new RaisedPoint(1.5, 0.25, 0.75, 0.5, 2.0, 0.6, 0.1),
              new RaisedPoint(1.5, -0.5, 0.7, -0.5, 4.0, -0.2, 0.15),
              new RaisedPoint(1.2, 0.1, 0.6, 0.2, 1.0, 0.5, 0.3),
              new RaisedPoint(1.2, -0.2, 0.62, -0.3, 3.0, -0.4, 0.05)));

  static final CumulantPoint TWO =
      new CumulantPoint(
          1,
          0.6,
          true,
          List.of(
              new DirectionCumulants(
                  CumulantDirection.HESSIAN,
                  4.5,
                  0.04,
                  0.4,
                  0.8,
                  8.0,
                  1.7,
                  0.6000000000000001,
                  new double[0],
                  List.of(new BatchMeans(5, 1.2, 0.32, 0.08), new BatchMeans(2, 1.6, 2.8, 0.12))),
              new DirectionCumulants(
                  CumulantDirection.NOISE,
                  5.5,
                  0.05,
                  0.5,
                  -1.0,
                  10.0,
                  1.8,
                  0.7,
                  new double[0],
                  List.of(new BatchMeans(5, 1.5, 0.4, 0.1), new BatchMeans(2, 2.0, 3.5, 0.15))),
              new DirectionCumulants(
                  CumulantDirection.RANDOM,
                  6.5,
                  0.06,
                  0.6000000000000001,
                  1.2000000000000002,
                  12.0,
                  1.9000000000000001,
                  0.8,
                  new double[0],
                  List.of(
                      new BatchMeans(5, 1.7999999999999998, 0.48, 0.12),
                      new BatchMeans(2, 2.4000000000000004, 4.199999999999999, 0.18)))),
          List.of(
              new RaisedPoint(1.5, 0.3, 0.9, 0.6, 1.5, 0.7, 0.12),
              new RaisedPoint(1.5, -0.6, 0.95, -0.7, 2.5, -0.3, 0.18),
              new RaisedPoint(1.2, 0.15, 0.8, 0.25, 1.2, 0.55, 0.02),
              new RaisedPoint(1.2, -0.25, 0.85, -0.35, 3.5, -0.45, 0.04)));

  private final Findings found = NoiseCumulants.findings(List.of(ONE, TWO), List.of(5, 2));

  @Test
  void everyNumberIsThatOfTheNetworks() {
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            top eigenvector of H: even part of Lambda at one deviation, over the Gaussian's | 1.4 | 0.3 | 1 | INCONCLUSIVE
            top eigenvector of S: even part of Lambda at one deviation, over the Gaussian's | 1.5 | 0.3 | 1 | INCONCLUSIVE
            random direction: even part of Lambda at one deviation, over the Gaussian's | 1.6 | 0.3 | 1 | INCONCLUSIVE
            s* at L = 1.5 L*, over the Gaussian's | 0.832225 | 0.147571 | 1 | INCONCLUSIVE
            top eigenvector of H: power of B in the excess kurtosis up to B = 5, 1/B | -1.5 | 0.5 | -1 | INCONCLUSIVE
            top eigenvector of H: power of B in the excess kurtosis up to B = 5, 1/sqrt(B) | -1.5 | 0.5 | -0.5 | INCONCLUSIVE
            top eigenvector of S: power of B in the excess kurtosis up to B = 5, 1/B | -1.5 | 0.5 | -1 | INCONCLUSIVE
            top eigenvector of S: power of B in the excess kurtosis up to B = 5, 1/sqrt(B) | -1.5 | 0.5 | -0.5 | INCONCLUSIVE
            random direction: power of B in the excess kurtosis up to B = 5, 1/B | -1.5 | 0.5 | -1 | INCONCLUSIVE
            random direction: power of B in the excess kurtosis up to B = 5, 1/sqrt(B) | -1.5 | 0.5 | -0.5 | INCONCLUSIVE
            top eigenvector of H: |skewness| of a sample | 0.5 | 0.3 | 0 | -
            top eigenvector of H: excess kurtosis of a sample | 5 | 3 | 0 | -
            top eigenvector of H: s sqrt(u.Su) where the Gaussian is off by a tenth | 0.45 | 0.15 | - | -
            top eigenvector of H: c that asks for it | 1.06096 | 0.0379416 | - | -
            top eigenvector of H: distance from the normal law, B = 5 | 0.05 | 0.03 | 0 | -
            top eigenvector of H: distance from the normal law, B = 2 | 0.075 | 0.045 | 0 | -
            top eigenvector of S: |skewness| of a sample | 0.7 | 0.3 | 0 | -
            top eigenvector of S: excess kurtosis of a sample | 7 | 3 | 0 | -
            top eigenvector of S: s sqrt(u.Su) where the Gaussian is off by a tenth | 0.55 | 0.15 | - | -
            top eigenvector of S: c that asks for it | 1.09063 | 0.0489672 | - | -
            top eigenvector of S: distance from the normal law, B = 5 | 0.07 | 0.03 | 0 | -
            top eigenvector of S: distance from the normal law, B = 2 | 0.105 | 0.045 | 0 | -
            random direction: |skewness| of a sample | 0.9 | 0.3 | 0 | -
            random direction: excess kurtosis of a sample | 9 | 3 | 0 | -
            random direction: s sqrt(u.Su) where the Gaussian is off by a tenth | 0.65 | 0.15 | - | -
            random direction: c that asks for it | 1.12857 | 0.0619048 | - | -
            random direction: distance from the normal law, B = 5 | 0.09 | 0.03 | 0 | -
            random direction: distance from the normal law, B = 2 | 0.135 | 0.045 | 0 | -
            s* at L = 1.5 L*, over that of the Gaussian | 0.832225 | 0.147571 | 1 | -
            s* at L = 1.5 L*, over that of Eq. 6 | 1.84763 | 1.09463 | 1 | -
            s* at L = 1.2 L*, over that of the Gaussian | 1.65225 | 0.071115 | 1 | -
            s* at L = 1.2 L*, over that of Eq. 6 | 3.95564 | 2.28531 | 1 | -
            largest share of a sample in the sum at s* | 0.165 | 0.015 | - | -
            L* after the pre-training | 0.55 | 0.05 | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival Laplace's law: exponential tails: INCONCLUSIVE
            top eigenvector of H: even part of Lambda at one deviation, over the Gaussian's | 1.4 | 0.3 | 1.38629 | INCONCLUSIVE
            top eigenvector of S: even part of Lambda at one deviation, over the Gaussian's | 1.5 | 0.3 | 1.38629 | INCONCLUSIVE
            random direction: even part of Lambda at one deviation, over the Gaussian's | 1.6 | 0.3 | 1.38629 | INCONCLUSIVE
            rival linear regression with Gaussian inputs: 2c - 1: INCONCLUSIVE
            s* at L = 1.5 L*, over the Gaussian's | 0.832225 | 0.147571 | 2 | INCONCLUSIVE
            """);
  }

  @Test
  void everyCellIsThatOfItsDirection() {
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            seed,direction,curvature,mean,variance,skewness,excess_kurtosis,even_ratio,failing_tilt
            0,hessian,1.5,0.01,0.1,0.2,2.0,1.1,0.30000000000000004
            0,noise,2.5,0.02,0.2,-0.4,4.0,1.2,0.4
            0,random,3.5,0.03,0.30000000000000004,0.6000000000000001,6.0,1.3,0.5
            1,hessian,4.5,0.04,0.4,0.8,8.0,1.7,0.6000000000000001
            1,noise,5.5,0.05,0.5,-1.0,10.0,1.8,0.7
            1,random,6.5,0.06,0.6000000000000001,1.2000000000000002,12.0,1.9000000000000001,0.8
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            seed,direction,batch,skewness,excess_kurtosis,distance
            0,hessian,5,0.3,0.4,0.02
            0,hessian,2,0.4,0.7,0.03
            0,noise,5,0.6,0.8,0.04
            0,noise,2,0.8,1.4,0.06
            0,random,5,0.8999999999999999,1.2,0.06
            0,random,2,1.2000000000000002,2.0999999999999996,0.09
            1,hessian,5,1.2,0.32,0.08
            1,hessian,2,1.6,2.8,0.12
            1,noise,5,1.5,0.4,0.1
            1,noise,2,2.0,3.5,0.15
            1,random,5,1.7999999999999998,0.48,0.12
            1,random,2,2.4000000000000004,4.199999999999999,0.18
            """);
    assertThat(FoundText.table(found, 2))
        .isEqualTo(
            """
            seed,c,shift,loss,mean,variance,root,root_over_gaussian,largest_share
            0,1.5,0.25,0.75,0.5,2.0,0.6,1.2,0.1
            0,1.5,-0.5,0.7,-0.5,4.0,-0.2,0.8,0.15
            0,1.2,0.1,0.6,0.2,1.0,0.5,1.25,0.3
            0,1.2,-0.2,0.62,-0.3,3.0,-0.4,2.0000000000000004,0.05
            1,1.5,0.3,0.9,0.6,1.5,0.7,0.8749999999999999,0.12
            1,1.5,-0.6,0.95,-0.7,2.5,-0.3,0.5357142857142857,0.18
            1,1.2,0.15,0.8,0.25,1.2,0.55,1.32,0.02
            1,1.2,-0.25,0.85,-0.35,3.5,-0.45,2.25,0.04
            """);
  }

  @Test
  void aSampleThatIsMoreThanAFifthOfTheSumOrAVagueEigenvectorLeavesTheErrorOpen() {
    RaisedPoint broad = TWO.raised().getFirst();
    RaisedPoint narrow =
        new RaisedPoint(
            broad.level(),
            broad.shift(),
            broad.loss(),
            broad.mean(),
            broad.variance(),
            broad.root(),
            0.21);
    CumulantPoint single =
        new CumulantPoint(1, 0.6, true, TWO.directions(), List.of(narrow, TWO.raised().get(1)));
    CumulantPoint vague = new CumulantPoint(1, 0.6, false, TWO.directions(), TWO.raised());
    assertThat(FoundText.numbers(NoiseCumulants.findings(List.of(ONE, single), List.of(5, 2))))
        .contains("over the Gaussian's | 0.832225 | - | 1 | INCONCLUSIVE");
    assertThat(FoundText.numbers(NoiseCumulants.findings(List.of(ONE, vague), List.of(5, 2))))
        .startsWith(
            "top eigenvector of H: even part of Lambda at one deviation, over the Gaussian's | 1.4 | - | 1 |");
  }

  /** log 0.35 / log 2 of both networks. */
  @Test
  void aPowerOfTheBatchIsThatOfItsBatch() {
    assertThat(FoundText.numbers(Findings.of(CumulantCriterion.scaling(List.of(ONE, TWO), 2))))
        .startsWith(
            "top eigenvector of H: power of B in the excess kurtosis up to B = 2, 1/B | -1.51457 |");
    RaisedPoint first = TWO.raised().getFirst();
    RaisedPoint edge =
        new RaisedPoint(
            first.level(),
            first.shift(),
            first.loss(),
            first.mean(),
            first.variance(),
            first.root(),
            CumulantCriterion.SHARE);
    CumulantPoint fifth =
        new CumulantPoint(1, 0.6, true, TWO.directions(), List.of(edge, TWO.raised().get(1)));
    assertThat(FoundText.numbers(NoiseCumulants.findings(List.of(ONE, fifth), List.of(5, 2))))
        .contains("s* at L = 1.5 L*, over the Gaussian's | 0.832225 | 0.147571 | 1 |");
  }
}
