package org.noisescape.experiments.meng.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.experiments.frame.LandscapeRuns.settings;
import static org.noisescape.experiments.meng.escape.EscapeTwoDTest.reading;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Share;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;

/** Readings made by hand, and the loss itself. */
class EscapeFiguresTest {
  /** Of the map the readings of the first batch, by their factors; one is of a variance. */
  @Test
  void everyMarkIsThatOfItsReading() {
    EscapeTwoD.Plan plan =
        new EscapeTwoD().plan(settings(ExperimentCatalogue.find("meng/escape-2d"))).plan();
    EscapeReading literal =
        new EscapeReading(
            15,
            2,
            Meaning.DEVIATION,
            2.5,
            thrown(40, 7),
            thrown(1, 8),
            List.of(8.0, 32.0),
            List.of(thrown(10, 9), thrown(80, 5)));
    EscapeReading working = reading(4, Meaning.DEVIATION, 0.75, 41, 2, 11, 81);
    EscapeReading flatter = reading(3.6, Meaning.DEVIATION, 0.65, 12, 3, 13, 50);
    EscapeReading variance = reading(3, Meaning.VARIANCE, 0.5, 50, 4, 14, 90);
    assertThat(
            FoundText.figures(
                EscapeFigures.of(
                    new EscapeScene(plan, 4, 2, 1),
                    literal,
                    working,
                    flatter,
                    List.of(literal, variance, working))))
        .isEqualTo(
            """
            success | λ₁ | Share of replicas that escaped
            band : (0, 0.361944) (32, 0.361944) (0, 0.459838) (32, 0.459838)
            line SGD: (0, 0.41) (32, 0.41)
            band : (0, 0.0100336) (32, 0.0100336) (0, 0.0394714) (32, 0.0394714)
            line Langevin dynamics: (0, 0.02) (32, 0.02)
            thin : (8, 0.11) (32, 0.81)
            points power-law dynamics: (8, 0.11, 0.0313722) (32, 0.81, 0.0391559)
            success-flatter | λ₁ | Share of replicas that escaped
            band : (0, 0.0912093) (32, 0.0912093) (0, 0.156315) (32, 0.156315)
            line SGD: (0, 0.12) (32, 0.12)
            band : (0, 0.0170531) (32, 0.0170531) (0, 0.0522539) (32, 0.0522539)
            line Langevin dynamics: (0, 0.03) (32, 0.03)
            thin : (8, 0.13) (32, 0.5)
            points power-law dynamics: (8, 0.13, 0.0336634) (32, 0.5, 0.0497519)
            literal | λ₁ (0: Langevin) | Share of replicas
            line SGD, thrown out: (0, 0.07) (32, 0.07)
            points thrown out: (0, 0.08) (8, 0.09) (32, 0.05)
            points escaped: (0, 0.01, 0.0110253) (8, 0.1, 0.0301127) (32, 0.8, 0.0399122)
            map | log Factor of the loss | Share of replicas that escaped
            span ηH ≥ 2: 11.7409 to 15
            thin : (4, 0.41) (15, 0.4)
            points SGD: (4, 0.41, 0.0489474) (15, 0.4, 0.0487567)
            thin : (4, 0.02) (15, 0.01)
            points Langevin: (4, 0.02, 0.0147189) (15, 0.01, 0.0110253)
            thin : (4, 0.11) (15, 0.1)
            points λ₁ = 8.0: (4, 0.11, 0.0313722) (15, 0.1, 0.0301127)
            thin : (4, 0.81) (15, 0.8)
            points λ₁ = 32.0: (4, 0.81, 0.0391559) (15, 0.8, 0.0399122)
            noise | s | tr C
            points tr C: (-0.3, 1.88268) (0, 13.3015) (0.3, 275.481)
            dashed parabola: (-0.3, 29.7313) (0, 10.5413) (0.3, 235.937)
            surface | w₁ | w₂
            cells L: 12.5435 19.5201 7.75304 17.1221 24.0987
            """);
  }

  private static EscapedShare thrown(int escaped, int diverged) {
    return new EscapedShare(new Share(escaped, 100), new Share(escaped, 100), diverged);
  }
}
