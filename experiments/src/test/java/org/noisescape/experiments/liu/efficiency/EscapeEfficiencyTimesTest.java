package org.noisescape.experiments.liu.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.StationaryCase;

/** What is told of the loss after t steps, and of the ratio of both noises. */
class EscapeEfficiencyTimesTest {
  @Test
  void everyNumberIsThatOfItsPoints() {
    Findings found =
        EscapeEfficiencyTimes.findings(
            List.of(
                point("aligned", 1, 2, 0.0078125, 2, 1.25),
                point("aligned", 2, 4.03125, 0.0078125, 4, 3.5),
                point("isotropic", 1, 0.5, 0.001953125, 0.5, 0.5),
                point("isotropic", 2, 1, 0.00390625, 1, 0.875)),
            new LevelShares(
                List.of(
                    new LevelShares.Point("rate 1", 1, 2, 0.2, 10_001, 0.2),
                    new LevelShares.Point("rate 1", 40, 4, 0.05, 10_001, 0.04))),
            new AlignmentPower(
                List.of(
                    ratio(0.75, 1, 2),
                    ratio(0.75, 4, 4),
                    ratio(0.75, 16, 8),
                    ratio(2, 1, 1),
                    ratio(2, 4, 4),
                    ratio(2, 16, 16))));
    // ratios 2/0.5 and 4.03125/1, both 4 by theory; relative errors 1/256 each, and 1/516 and 1/256
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            aligned: value / discrete theory, furthest of 2 (learning rate 1, mean loss at t = 2) | 1.00781 | 0.00195313 | 1 | AGREES
            isotropic: value / discrete theory, furthest of 2 (learning rate 1, mean loss at t = 1) | 1 | 0.00390625 | 1 | AGREES
            aligned / isotropic noise (Eq. 43), t = 1 | 4 | 0.0220971 | 4 | AGREES
            aligned / isotropic noise (Eq. 43), t = 2 | 4.03125 | 0.0175785 | 4 | AGREES
            P delta/E (Eq. 39), largest of 2 (rate 1, t = 1, delta = 2 E) | 0.4 | 0.0079996 | 1 | AGREES
            P(L >= delta), furthest of 2 (rate 1, t = 40, delta = 4 E) | 0.05 | 0.00217934 | 0.04 | DISAGREES
            power of D in aligned / isotropic (Eq. 43), t = 1, d = 0.75 | 0.5 | 0.00796984 | 0.5 | AGREES
            power of D in aligned / isotropic (Eq. 43), t = 1, d = 2 | 1 | 0.00796984 | 1 | AGREES
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival continuous theory: DISAGREES
            aligned: value / continuous theory, furthest of 2 (learning rate 1, mean loss at t = 1) | 1.6 | 0.00625 | 1 | DISAGREES
            isotropic: value / continuous theory, furthest of 2 (learning rate 1, mean loss at t = 2) | 1.14286 | 0.00446429 | 1 | DISAGREES
            aligned / isotropic noise (Eq. 43), t = 1 | 4 | 0.0220971 | 2.5 | DISAGREES
            aligned / isotropic noise (Eq. 43), t = 2 | 4.03125 | 0.0175785 | 4 | AGREES
            rival aligned noise escapes like isotropic noise: DISAGREES
            aligned / isotropic noise (Eq. 43), t = 1 | 4 | 0.0220971 | 1 | DISAGREES
            aligned / isotropic noise (Eq. 43), t = 2 | 4.03125 | 0.0175785 | 1 | DISAGREES
            rival the bound of Eq. 39 is attained: DISAGREES
            P(L >= delta), furthest of 2 (rate 1, t = 1, delta = 2 E) | 0.2 | 0.0039998 | 0.5 | DISAGREES
            rival P = exp(-delta/E): DISAGREES
            P(L >= delta), furthest of 2 (rate 1, t = 1, delta = 2 E) | 0.2 | 0.0039998 | 0.135335 | DISAGREES
            rival D^(2d-1) at d > 1 (Eq. 43 as printed): DISAGREES
            power of D in aligned / isotropic (Eq. 43), t = 1, d = 2 | 1 | 0.00796984 | 3 | DISAGREES
            rival D for every d: DISAGREES
            power of D in aligned / isotropic (Eq. 43), t = 1, d = 0.75 | 0.5 | 0.00796984 | 1 | DISAGREES
            power of D in aligned / isotropic (Eq. 43), t = 1, d = 2 | 1 | 0.00796984 | 1 | AGREES
            """);
    // one of the shares is 0.01 off, with p = 0.01, among six groups
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(FoundText.table(found, 0))
        .startsWith("learning_rate,momentum,batch,noise,escape_efficiency,standard_error,")
        .contains(
            "1.0,0.0,,constant,4.03125,0.0078125,4.0,3.5,4.0,aligned,sgd,mean loss at t = 2,9,2\n");
  }

  @Test
  void everyShareIsInItsCell() {
    LevelShares shares =
        new LevelShares(
            List.of(
                new LevelShares.Point("rate 1", 1, 2, 0.25, 100, 0.2),
                new LevelShares.Point("rate 1", 40, 4, 0, 100, 0.04)));
    assertThat(shares.table().text())
        .isEqualTo(
            """
            panel,steps,level_over_mean,share,standard_error,bound,theory_exact,replicas
            rate 1,1,2.0,0.25,%s,0.5,0.2,100
            rate 1,40,4.0,0.0,0.01,0.25,0.04,100
            """
                .formatted(Math.sqrt(0.25 * 0.75 / 100)));
  }

  /** Aligned over isotropic, by flatness and then by D. */
  @Test
  void powersPairTheirSystems() {
    List<GridPoint> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(point("p", 1, 2 << i, 0.5, 3 * (2 << i) + i, 0));
    }
    AlignmentPower power = AlignmentPower.of(List.of(16, 64), points);
    assertThat(power.ratios())
        .extracting(r -> r.flatness() + " " + r.dimension() + " " + r.value().value())
        .containsExactly("0.75 16 0.5", "0.75 64 0.5", "2.0 16 0.5", "2.0 64 0.5");
    assertThat(power.ratios().get(3).exact()).isEqualTo((3.0 * 128 + 6) / (3.0 * 256 + 7));
    assertThat(AlignmentPower.setups(List.of(16, 64)))
        .extracting(EscapeEfficiencyTimes.Setup::panel)
        .containsExactly(
            "d = 0.75, D = 16, aligned",
            "d = 0.75, D = 16, isotropic",
            "d = 0.75, D = 64, aligned",
            "d = 0.75, D = 64, isotropic",
            "d = 2, D = 16, aligned",
            "d = 2, D = 16, isotropic",
            "d = 2, D = 64, aligned",
            "d = 2, D = 64, isotropic");
    EscapeEfficiencyTimes.Setup isotropic = AlignmentPower.setups(List.of(16)).getLast();
    assertThat(isotropic.curvatures()).hasSize(16).startsWith(1, 1.0 / 256).endsWith(1.0 / 256);
    assertThat(isotropic.noise()).containsOnly((1 + 15.0 / 256) / 16);
  }

  private static AlignmentPower.Ratio ratio(double flatness, int dimension, double value) {
    return new AlignmentPower.Ratio(
        flatness, dimension, PointEstimate.ofDraws(value, value / 64, 101), value);
  }

  private static GridPoint point(
      String panel, int t, double value, double error, double discrete, double continuous) {
    return new GridPoint(
        new StationaryCase.Label(panel, "constant", "sgd", 1, 0, 0, t),
        "mean loss at t = " + t,
        value,
        error,
        discrete,
        discrete,
        continuous,
        9,
        t);
  }
}
