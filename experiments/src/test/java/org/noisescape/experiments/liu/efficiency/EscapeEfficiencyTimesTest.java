package org.noisescape.experiments.liu.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.liu.stationary.GridPoint;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.report.Figure;

/** What is told of the loss after t steps, and of the ratio of both noises. */
class EscapeEfficiencyTimesTest {
  private static final List<GridPoint> POINTS =
      List.of(
          point("aligned", 1, 2, 0.0078125, 2, 1.25),
          point("aligned", 2, 4.03125, 0.0078125, 4, 3.5),
          point("isotropic", 1, 0.5, 0.001953125, 0.5, 0.5),
          point("isotropic", 2, 1, 0.00390625, 1, 0.875));

  private static final LevelShares SHARES =
      new LevelShares(
          List.of(
              new LevelShares.Point("rate 1", 1, 2, 0.2, 10_001, 0.2),
              new LevelShares.Point("rate 1", 40, 4, 0.05, 10_001, 0.04)));

  private static final AlignmentPower POWER =
      new AlignmentPower(
          List.of(
              ratio(0.75, 1, 2),
              ratio(0.75, 4, 4),
              ratio(0.75, 16, 8),
              ratio(2, 1, 1),
              ratio(2, 4, 4),
              ratio(2, 16, 16)));

  @Test
  void everyNumberIsThatOfItsPoints() {
    Findings found = EscapeEfficiencyTimes.findings(POINTS, SHARES, POWER);
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
  void everyMarkIsThatOfItsPoint() {
    List<EscapeEfficiencyTimes.Setup> setups =
        Stream.of("slow", "fast", "aligned", "isotropic")
            .map(
                panel ->
                    new EscapeEfficiencyTimes.Setup(
                        panel,
                        panel.equals("slow") ? 0.5 : 1.5,
                        new double[] {1},
                        new double[] {1}))
            .toList();
    List<GridPoint> points = new ArrayList<>(POINTS);
    points.add(point("slow", 3, 0.75, 0.125, 0.875, 0.625));
    points.add(point("fast", 4, 1.5, 0.25, 1.75, 1.25));
    List<Figure> figures = new ArrayList<>(EfficiencyFigures.of(setups, points));
    figures.add(SHARES.figure());
    figures.add(POWER.figure());
    assertThat(FoundText.figures(figures))
        .isEqualTo(
            """
            rates | Steps t | log E[L(w_t) − L(w₀)]
            line discrete theory: (3, 0.875)
            dotted continuous theory: (3, 0.625)
            points λk₁ = 0.5: (3, 0.75, 0.125)
            line : (4, 1.75)
            dotted : (4, 1.25)
            points λk₁ = 1.5: (4, 1.5, 0.25)
            alignment | Steps t | log E[L(w_t) − L(w₀)]
            line discrete theory: (1, 2) (2, 4)
            dotted continuous theory: (1, 1.25) (2, 3.5)
            points aligned noise: (1, 2, 0.0078125) (2, 4.03125, 0.0078125)
            line : (1, 0.5) (2, 1)
            dotted : (1, 0.5) (2, 0.875)
            points isotropic noise: (1, 0.5, 0.00195313) (2, 1, 0.00390625)
            level-shares | log δ/E | log P(L(w_t) − L(w₀) ≥ δ)
            line bound (Eq. 39): (1, 1) (2.82843, 0.353553) (8, 0.125)
            thin exp(−δ/E): (1, 0.367879) (2.82843, 0.0591057) (8, 0.000335463)
            dashed normal noise: (2, 0.2)
            points rate 1, t = 1: (2, 0.2, 0.0039998)
            dashed : (4, 0.04)
            points rate 1, t = 40: (4, 0.05, 0.00217934)
            dimension | log D | log Ratio of mean losses, t = 1
            line d = 0.75, exact: (1, 2) (4, 4) (16, 8)
            thin Eq. 43 as printed: (1, 2) (4, 4) (16, 8)
            points : (1, 2, 0.03125) (4, 4, 0.0625) (16, 8, 0.125)
            line d = 2, exact: (1, 1) (4, 4) (16, 16)
            thin : (1, 1) (4, 64) (16, 4096)
            points : (1, 1, 0.015625) (4, 4, 0.0625) (16, 16, 0.25)
            """);
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
