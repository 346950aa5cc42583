package org.noisescape.experiments.mori.saddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.ExponentialTail;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.theory.mori.LossTime;

/** Numbers and tables of one well in two dimensions, whose rates are 0.5 and 0.2. */
class SaddleFindingsTest {
  private static final double INVERSE = 4;
  private static final EscapeCase WELL = EscapeCase.isotropic(2, 4);
  private static final String NAME = "n = 2, h = 1 to 4, noise 1";
  private static final SaddleEscapePoint LOW = point(2, 0.5, 0.05, 100, 1.5, 1.25, 0.125);
  private static final SaddleEscapePoint HIGH = point(4, 0.2, 0.02, 64, 0.3, 1.5, 0.3);

  private static SaddleEscapePoint point(
      double c, double rate, double error, int escapes, double top, double clock, double off) {
    return new SaddleEscapePoint(
        WELL,
        c,
        INVERSE,
        new ExponentialTail(0, rate, error, escapes, 110, 0.5, true),
        new ExponentialTail(0, top, 0.7, 111, 112, 0.6, true),
        new PointEstimate(clock, off, 9));
  }

  /** Verdicts are those of the criterion, which has a test of its own. */
  private static String line(String name, double value, double error, double theory) {
    return FoundText.line(name, value, error, theory, Optional.empty());
  }

  private static List<String> lines(List<NamedMeasurement> numbers) {
    return numbers.stream()
        .map(m -> line(m.name(), m.value(), m.standardError(), m.theory()))
        .toList();
  }

  private static List<String> judged(EscapeLaw law, double last) {
    double low = law.rate(WELL, 2, INVERSE);
    double high = law.rate(WELL, 4, INVERSE);
    return List.of(
        line(NAME + ": kappa at c = 4.0", 0.2, last, high),
        line(
            NAME + ": ln of times at c = 4.0 over 2.0",
            Math.log(0.5 / 0.2),
            last * Math.sqrt(0.02) / 0.02,
            Math.log(low / high)));
  }

  @Test
  void everyNumberIsThatOfTheEscapes() {
    Findings found = SaddleEscapeNumbers.findings(NoiseKind.ISOTROPIC, List.of(List.of(LOW, HIGH)));
    List<String> numbers = lines(found.measurements());
    assertThat(numbers.subList(0, 2)).isEqualTo(judged(EscapeLaw.TEXT, 0.02));
    String of = NAME + ", c = 4.0: ";
    assertThat(numbers.subList(2, numbers.size()))
        .containsExactly(
            line(of + "ln(tau/(L* t)) until the escape", Math.log(1.5), 0.2, 0),
            line(
                of + "the same; theory: stationary <L>/L*",
                Math.log(1.5),
                0.2,
                Math.log(new LossTime(INVERSE).rate(2))),
            line(of + "time to the saddle over time to beyond it", 2.0 / 3, Double.NaN, 0.5));
    assertThat(found.rivals())
        .extracting(rival -> rival.name())
        .containsExactly(
            "Eq. 16 without the ratio of determinants",
            "n ignored: exponent B/(eta h) + 1/2",
            "determinants on log L carry c^(n/2)",
            "exponential in the barrier of the loss",
            "decided by Delta L alone, whatever L*");
    for (int i = 0; i < found.rivals().size(); i++) {
      assertThat(lines(found.rivals().get(i).measurements()))
          .isEqualTo(judged(NoiseKind.ISOTROPIC.rivals().get(i), 0.02));
    }
  }

  @Test
  void withNoiseThatIsNotIsotropicTheClockIsNotThatOfTheText() {
    Findings found = SaddleEscapeNumbers.findings(NoiseKind.UNEQUAL, List.of(List.of(LOW, HIGH)));
    assertThat(found.measurements()).hasSize(4);
    assertThat(found.rivals()).hasSize(4);
  }

  @Test
  void fewerThanFiftyEscapesHaveNoErrorToRelyOn() {
    SaddleEscapePoint few = point(4, 0.2, 0.02, 49, 0.3, 1.5, 0.3);
    SaddleEscapePoint enough = point(4, 0.2, 0.02, 50, 0.3, 1.5, 0.3);
    assertThat(lines(SaddleEscapeNumbers.judged(wells(LOW, few), EscapeLaw.TEXT).list()))
        .isEqualTo(judged(EscapeLaw.TEXT, Double.NaN));
    assertThat(lines(SaddleEscapeNumbers.judged(wells(LOW, enough), EscapeLaw.TEXT).list()))
        .isEqualTo(judged(EscapeLaw.TEXT, 0.02));
    SaddleEscapePoint first = point(2, 0.5, 0.05, 49, 1.5, 1.25, 0.125);
    assertThat(lines(SaddleEscapeNumbers.judged(wells(first, HIGH), EscapeLaw.TEXT).list()))
        .containsExactly(
            judged(EscapeLaw.TEXT, 0.02).getFirst(), judged(EscapeLaw.TEXT, Double.NaN).getLast());
  }

  @Test
  void everyMarkIsThatOfItsPoint() {
    assertThat(FoundText.figures(SaddleEscapeFigures.of(NoiseKind.ISOTROPIC, wells(LOW, HIGH))))
        .isEqualTo(
            """
            escape-time | log c | log Mean time
            dashed Eq. 16:
            thin Eq. 16 without the ratio of determinants:
            dashed : (2, 284.345) (2.82843, 1137.38) (4, 4549.51)
            thin : (2, 142.172) (2.82843, 568.689) (4, 2274.76)
            points n = 2, h = 1 to 4, noise 1: (2, 2, 0.2) (4, 5, 0.5)
            """);
  }

  private static List<List<SaddleEscapePoint>> wells(SaddleEscapePoint... points) {
    return List.of(List.of(points));
  }

  @Test
  void everyCellIsThatOfItsPoint() {
    Findings found = SaddleEscapeNumbers.findings(NoiseKind.ISOTROPIC, List.of(List.of(LOW, HIGH)));
    List<String> rows = FoundText.table(found, 0).lines().toList();
    assertThat(rows).hasSize(3);
    assertThat(rows.getFirst())
        .isEqualTo(
            "well,dimension,loss_ratio,inverse_temperature,rate,standard_error,escapes,rate_to_the_saddle,"
                + "clock_over_time,clock_over_time_error,theory_text,theory_no_determinants,"
                + "theory_one_dimension,theory_misprint,theory_exponential,theory_barrier_alone");
    assertThat(rows.get(1))
        .startsWith("\"" + NAME + "\",2,2.0,4.0,0.5,0.05,100,1.5,1.25,0.125,")
        .endsWith("," + EscapeLaw.BARRIER_ALONE.rate(WELL, 2, INVERSE));
    assertThat(rows.get(2))
        .startsWith(
            "\"%s\",2,4.0,4.0,0.2,0.02,64,0.3,1.5,0.3,%s,%s,"
                .formatted(
                    NAME,
                    EscapeLaw.TEXT.rate(WELL, 4, INVERSE),
                    EscapeLaw.NO_DETERMINANTS.rate(WELL, 4, INVERSE)));
  }
}
