package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.report.Metrics;
import org.noisescape.runs.TrainConfiguration;

class AlignmentCriterionTest {
  private static final AlignmentPanel PANEL =
      new AlignmentPanel(
          "ce",
          TrainConfiguration.defaults(),
          100,
          List.of(0, 10, 20, 30),
          Optional.empty(),
          Optional.empty());

  private static final List<AlignmentPoint> POINTS =
      List.of(
          // tr HM over ||H|| ||M|| = 6: 15/16, 63/64, 31/32; 61/64, 59/64, 1
          point(0, 0, 1.75, sums(3, 6, 4)),
          point(0, 10, 1.5, sums(5.625, 6, 4)),
          point(0, 20, 1.25, sums(5.90625, 5, 5)),
          point(0, 30, 1, sums(5.8125, 6, 4)),
          point(1, 0, 1.75, sums(4.5, 6, 4)),
          point(1, 10, 0.75, sums(5.71875, 6, 4)),
          point(1, 20, 0.5, sums(5.53125, 5, 5)),
          point(1, 30, 0.25, sums(6, 4, 2)));

  @Test
  void laterStepsCountAndTheSmallestOfThemDecides() {
    List<AlignmentPoint> points = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      points.add(point(seed, 0, 0.1, 0));
      points.add(point(seed, 969, 0.2, 0));
      points.add(point(seed, 970, 0.95, 0));
      points.add(point(seed, 2000, 0.93 + 0.01 * seed, 0));
      points.add(point(seed, 3000, 0.98, 0));
    }

    PointEstimate smallest = similarity(points);

    assertThat(smallest.value()).isCloseTo(0.94, within(1e-12));
    assertThat(smallest.standardError()).isCloseTo(0.01 / Math.sqrt(3), within(1e-12));
    assertThat(smallest.degreesOfFreedom()).isEqualTo(2);
    assertThat(verdict(points)).isEqualTo(Verdict.AGREES);
  }

  @Test
  void oneLowMeasurementOfAllSeedsDisagrees() {
    assertThat(verdict(points(2, 0.001, 0.95, 0.85, 0.95))).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void anErrorDoesNotHelpAValueBelowTheBound() {
    // errors of random vectors, 0.02 a seed, are larger than the spread over seeds, 0; with three
    // degrees of freedom 0.88 is neither within the tolerance nor beyond it
    PointEstimate smallest = similarity(points(4, 0.02, 0.88, 0.95, 0.95));

    assertThat(smallest.standardError()).isCloseTo(0.01, within(1e-12));
    assertThat(AlignmentCriterion.ALIGNED.judge(smallest).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(points(4, 0.02, 0.94, 0.95, 0.95))).isEqualTo(Verdict.AGREES);
    assertThat(verdict(points(4, 0.02, 0.86, 0.95, 0.95))).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void oneSeedFewMeasurementsOrLargeErrorsAreInconclusive() {
    assertThat(verdict(points(1, 0, 0.95, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(points(2, 0, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(points(2, 0.1, 0.95, 0.95, 0.95))).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void everyNumberAndCellIsThatOfItsPoint() {
    Map<AlignmentPanel, List<AlignmentPoint>> panels = Map.of(PANEL, POINTS);
    // with residuals turned at random 3/6 and 4.5/6
    Findings found =
        HessianNoiseAlignment.findings(
            panels, Map.of(PANEL, List.of(sums(3, 6, 4), sums(4.5, 6, 4))), 9);
    // centred over ||H|| ||S|| = 8: 6/8 and 4/8; turned: tr H tr M/(4 x 6), at the end 12/24 and
    // 6/24, where CS is smallest 12/24 and 15/24
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            ce smallest CS from step 970 on | 0.929688 | 0.0078125 | 1 | INCONCLUSIVE
            ce CS at epoch 0 | 0.625 | 0.125 | - | -
            ce CS at epoch 10 | 0.945313 | 0.0078125 | - | -
            ce CS at epoch 20 | 0.953125 | 0.03125 | - | -
            ce CS at epoch 30 | 0.984375 | 0.015625 | - | -
            ce centred CS at epoch 30 | 0.625 | 0.125 | - | -
            ce CS of random orientations | 0.375 | 0.125 | - | -
            ce CS with residuals turned at random | 0.625 | 0.125 | - | -
            """
                // sqrt(4 + 2 x 4 x 3)/16
                + FoundText.line(
                    "CS of random symmetric matrices",
                    RandomAlignment.cosine(4, 9),
                    Math.sqrt(28) / 16,
                    0,
                    Optional.empty())
                + "\n");
    // sqrt(1/128^2 + 1/16^2), sqrt(1/128^2 + 1/8^2)
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival eigenvectors turned at random: INCONCLUSIVE
            ce smallest CS from step 970 on | 0.929688 | 0.0629864 | 0.5625 | INCONCLUSIVE
            rival no better aligned than before training: INCONCLUSIVE
            ce smallest CS from step 970 on | 0.929688 | 0.125244 | 0.625 | INCONCLUSIVE
            """);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            panel,seed,epoch,step,loss,cs,cs_centred,cs_random_orientation,cs_standard_error,vectors,trace_h,trace_m,trace_hh,trace_mm,trace_ss,trace_hm,trace_hs
            ce,0,0,0,1.75,0.5,0.75,0.5,0.001,7,3.0,4.0,1.0,36.0,64.0,3.0,6.0
            ce,0,10,1000,1.5,0.9375,0.75,0.5,0.001,7,3.0,4.0,1.0,36.0,64.0,5.625,6.0
            ce,0,20,2000,1.25,0.984375,0.625,0.625,0.001,7,3.0,5.0,1.0,36.0,64.0,5.90625,5.0
            ce,0,30,3000,1.0,0.96875,0.75,0.5,0.001,7,3.0,4.0,1.0,36.0,64.0,5.8125,6.0
            ce,1,0,0,1.75,0.75,0.75,0.5,0.001,7,3.0,4.0,1.0,36.0,64.0,4.5,6.0
            ce,1,10,1000,0.75,0.953125,0.75,0.5,0.001,7,3.0,4.0,1.0,36.0,64.0,5.71875,6.0
            ce,1,20,2000,0.5,0.921875,0.625,0.625,0.001,7,3.0,5.0,1.0,36.0,64.0,5.53125,5.0
            ce,1,30,3000,0.25,1.0,0.5,0.25,0.001,7,3.0,2.0,1.0,36.0,64.0,6.0,4.0
            """);
  }

  /** The whole matrices, element by element, of the draws of the lower triangles. */
  @Test
  void randomMatricesAreSymmetric() {
    double[][][] pair = new double[2][3][3];
    for (int m = 0; m < 2; m++) {
      for (int i = 0; i < 3; i++) {
        RandomStream row = RandomKey.of(7, Purpose.ESTIMATOR, m).stream(i);
        for (int j = 0; j <= i; j++) {
          pair[m][i][j] = row.nextGaussian();
          pair[m][j][i] = pair[m][i][j];
        }
      }
    }
    double[] sums = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        sums[0] += pair[0][i][j] * pair[1][i][j];
        sums[1] += pair[0][i][j] * pair[0][i][j];
        sums[2] += pair[1][i][j] * pair[1][i][j];
      }
    }
    assertThat(RandomAlignment.cosine(3, 7))
        .isCloseTo(sums[0] / Math.sqrt(sums[1] * sums[2]), within(1e-14));
    // of three dimensions: 3 weights of 1 and 3 of 2
    assertThat(RandomAlignment.deviation(3)).isCloseTo(Math.sqrt(15) / 9, within(1e-15));
  }

  /** CS of 1.5 and 3 over ‖H‖‖M‖ = 6. */
  private static final List<AlignmentSums> TURNED = List.of(sums(1.5, 6, 4), sums(3, 6, 4));

  @Test
  void everyMarkIsThatOfItsPoint() {
    List<Metrics> training =
        List.of(
            new Metrics(
                2,
                List.of(
                    Map.of("epoch", 1.0, "train_loss", 0.75),
                    Map.of("epoch", 2.0, "train_loss", 0.5))),
            new Metrics(3, List.of(Map.of("epoch", 1.0, "train_loss", 0.625))));
    assertThat(FoundText.figures(AlignmentFigures.of(PANEL, POINTS, TURNED, training)))
        .isEqualTo(
            """
            ce-alignment | Epoch (1 steps) | Cosine similarity CS(H, C)
            dashed 0.9, the text's bound: (0, 0.9) (30, 0.9)
            line : (0, 0.75) (10, 0.75) (20, 0.625) (30, 0.625)
            points C centred: (0, 0.75, 0) (10, 0.75, 0) (20, 0.625, 0) (30, 0.625, 0.125)
            dash_dot : (0, 0.625) (10, 0.945313) (20, 0.953125) (30, 0.984375)
            points C as in the text, not centred: (0, 0.625, 0.125) (10, 0.945313, 0.0078125) (20, 0.953125, 0.03125) (30, 0.984375, 0.015625)
            thin : (0, 0.5) (10, 0.5) (20, 0.625) (30, 0.375)
            points eigenvectors turned at random: (0, 0.5, 0) (10, 0.5, 0) (20, 0.625, 0) (30, 0.375, 0.125)
            points residuals turned at random: (30, 0.375, 0.125)
            dotted random symmetric matrices: (0, 0) (30, 0)
            ce-training | Epoch | Training loss L
            line replica 2: (1, 0.75) (2, 0.5)
            line replica 3: (1, 0.625)
            """);
  }

  private static AlignmentPoint point(int seed, int epoch, double loss, AlignmentSums sums) {
    return new AlignmentPoint(seed, epoch, 100L * epoch, loss, sums);
  }

  private static AlignmentSums sums(double moment, double covariance, double momentTrace) {
    return new AlignmentSums(4, 7, 0.001, moment, covariance, 1, 36, 64, 3, momentTrace);
  }

  private static PointEstimate similarity(List<AlignmentPoint> points) {
    return AlignmentCriterion.similarity(AlignmentCriterion.smallest(points));
  }

  private static Verdict verdict(List<AlignmentPoint> points) {
    return AlignmentCriterion.ALIGNED.judge(similarity(points)).verdict();
  }

  private static List<AlignmentPoint> points(int seeds, double error, double... similarities) {
    List<AlignmentPoint> points = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int i = 0; i < similarities.length; i++) {
        points.add(point(seed, 1000 * (i + 1), similarities[i], error));
      }
    }
    return points;
  }

  private static AlignmentPoint point(int seed, long step, double similarity, double error) {
    return new AlignmentPoint(
        seed, 0, step, 1, new AlignmentSums(10, 10, error, similarity, similarity, 1, 1, 1, 1, 1));
  }
}
