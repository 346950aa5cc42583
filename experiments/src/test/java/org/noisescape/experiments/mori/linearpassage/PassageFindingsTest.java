package org.noisescape.experiments.mori.linearpassage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.dynamics.statistics.MeanPassageTime.Method;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.experiments.mori.PassagePoint;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.theory.mori.LogLandscape;

/** Numbers and tables of two data sets with a replica each, the second of which did not pass 8. */
class PassageFindingsTest {
  private static final double NAN = Double.NaN;

  private static PassagePoint passed(double level, double time, double error, double width) {
    return new PassagePoint(
        level,
        new CensoredTimes(new double[] {time}, new boolean[] {true}),
        new MeanPassageTime(
            time, error, time - width, time + width, 1, 0, Method.SAMPLE_MEAN, true));
  }

  private static PassageCurve curve(double curvature, PassagePoint... points) {
    return new PassageCurve(
        4,
        new LogLandscape(0.25, 2, curvature),
        List.of(points),
        RandomKey.of(1, Purpose.BOOTSTRAP, 0));
  }

  private static final PassagePoint NEVER =
      new PassagePoint(
          8,
          new CensoredTimes(new double[] {100}, new boolean[] {false}),
          new MeanPassageTime(
              NAN, NAN, 99, Double.POSITIVE_INFINITY, 1, 1, Method.LOWER_BOUND, false));

  private static final PassageCurve FIRST =
      curve(1, passed(2, 8, 1, 5), passed(4, 32, 2, 6), passed(8, 80, 3, 7));
  private static final PassageCurve SECOND =
      curve(2, passed(2, 16, 4, 8), passed(4, 64, 5, 9), NEVER);

  private static Findings findings() {
    // B/(eta h) + 1 - d/2 is 8 - 1 and 4 - 1
    return FirstPassageLinear.findings(List.of(both()));
  }

  private static PassageEnsemble both() {
    return ensemble(List.of(FIRST, SECOND), new int[] {0, 1, 2}, 5.25, 0.015625);
  }

  private static PassageEnsemble ensemble(
      List<PassageCurve> curves, int[] window, double slope, double error) {
    Map<PassageLaw, Double> laws = PassageEnsemble.laws(curves, window);
    return new PassageEnsemble(4, curves, window, slope, error, laws);
  }

  private static double equation(PassageCurve curve, double level) {
    return curve.equation().meanTime(level).value();
  }

  private static double exponential(PassageCurve curve, double level) {
    return Math.exp(curve.regression().logTime(level));
  }

  /** Of three levels at equal distance, that of their ends; mean over the data sets. */
  private static double slope(ToDoubleBiFunction<PassageCurve, Double> time) {
    double sum = 0;
    for (PassageCurve curve : List.of(FIRST, SECOND)) {
      sum += Math.log(time.applyAsDouble(curve, 8.0) / time.applyAsDouble(curve, 2.0));
    }
    return sum / Math.log(4) / 2;
  }

  @Test
  void everyNumberIsThatOfItsDimension() {
    Findings found = findings();

    // t = 12.7 for two data sets: 5 % and 4 % are below 10 %
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope, d=4, c 2.0 to 8.0 | 5.25 | 0.015625 | 5 | AGREES
            censored of 6 passages, d=4, from c=8.0 on | 1 | - | - | -
            """);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival exponential in the loss: DISAGREES
            %s
            rival Eq. 14 exactly at these c: DISAGREES
            %s
            """
                .formatted(
                    rival(slope(PassageFindingsTest::exponential)),
                    rival(slope(PassageFindingsTest::equation))));
    assertThat(found.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(found.note())
        .isEqualTo(
            " 1 passages did not happen within the step limit: they count as censored there.");
  }

  private static String rival(double law) {
    return FoundText.line(
        "slope, d=4, c 2.0 to 8.0", 5.25, 0.015625, law, Optional.of(Verdict.DISAGREES));
  }

  @Test
  void anEmptyWindowHasNoSlope() {
    PassageEnsemble none = ensemble(List.of(FIRST), new int[0], NAN, NAN);

    Findings found = FirstPassageLinear.findings(List.of(none));

    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            slope, d=4, no threshold in the window | - | - | 7 | INCONCLUSIVE
            """);
    assertThat(found.note()).isEmpty();
    assertThat(FoundText.table(found, 1)).endsWith("\n4,,,1,7.0,6.0,,,,,0,INCONCLUSIVE\n");
  }

  @Test
  void everyCellIsThatOfItsThreshold() {
    Findings found = findings();

    // means and halves of the distances of 8, 16 and 32, 64
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            d,learning_rate,batch,c,mean_time,standard_error,replicas,censored,theory_slope
            4,0.25,2,2.0,12.0,4.0,2,0,5.0
            4,0.25,2,4.0,48.0,16.0,2,0,5.0
            4,0.25,2,8.0,,,2,1,5.0
            """);
    // with finite steps 8 becomes 7 and 4 becomes 3
    String[] slopes = FoundText.table(found, 1).split("\n", -1);
    assertThat(slopes[0])
        .isEqualTo(
            "d,slope,standard_error,data_sets,theory_slope,corrected_slope,equation_14_slope,exponential_slope,c_from,c_to,thresholds,verdict");
    assertThat(slopes[1]).startsWith("4,5.25,0.015625,2,5.0,4.0,").endsWith(",2.0,8.0,3,AGREES");
    assertThat(FoundText.table(found, 3))
        .isEqualTo(
            """
            d,data_set,c,replica,time,passed
            4,0,2.0,0,8.0,true
            4,0,4.0,0,32.0,true
            4,0,8.0,0,80.0,true
            4,1,2.0,0,16.0,true
            4,1,4.0,0,64.0,true
            4,1,8.0,0,100.0,false
            """);
  }

  @Test
  void everyMarkIsThatOfItsThreshold() {
    PassageEnsemble early = ensemble(List.of(FIRST, SECOND), new int[] {0, 1}, 5.25, 0.015625);
    assertThat(FoundText.figures(PassageFigures.of(List.of(early), "a regression")))
        .isEqualTo(
            """
            first-passage | log c = L/L* at the threshold | log Mean first-passage time t = ηk
            dotted : (2, 7.17211) (2.82843, 44.1376) (4, 338.945)
            dashed : (2, 4) (2.82843, 22.6274) (4, 128)
            thin : (2, 0.48782) (2.82843, 9.58508) (4, 1049.57)
            dashed slope of Eq. 16:
            dotted Eq. 14, exact:
            thin exponential in the loss:
            points d = 4: (2, 11.3137, 3.92103) (4, 45.2548, 15.6841)
            survival | Time over its mean | log Share not passed
            band : (0, 1) (1, 1) (1, 0) (0, 1) (1, 1) (1, 0)
            line d = 4, c = 4: (0, 1) (1, 1) (1, 0)
            dashed exponential: (0, 1) (0.5, 0.606531) (1, 0.367879)
            """);
  }

  /** A single passage has the rate 1/t with as large an error, and nothing to test. */
  @Test
  void everyDataSetHasItsMeansAndTails() {
    assertThat(FoundText.table(findings(), 2))
        .isEqualTo(
            """
            d,data_set,c,mean_time,standard_error,lower,upper,censored,method,reliable,equation_14_time,exponential_time,tail_delay,tail_rate,tail_rate_error,tail_p,tail_exponential
            4,0,2.0,8.0,1.0,3.0,13.0,0,SAMPLE_MEAN,true,%s,%s,0.0,0.125,0.125,,false
            4,0,4.0,32.0,2.0,26.0,38.0,0,SAMPLE_MEAN,true,%s,%s,0.0,0.03125,0.03125,,false
            4,0,8.0,80.0,3.0,73.0,87.0,0,SAMPLE_MEAN,true,%s,%s,0.0,0.0125,0.0125,,false
            4,1,2.0,16.0,4.0,8.0,24.0,0,SAMPLE_MEAN,true,%s,%s,0.0,0.0625,0.0625,,false
            4,1,4.0,64.0,5.0,55.0,73.0,0,SAMPLE_MEAN,true,%s,%s,0.0,0.015625,0.015625,,false
            4,1,8.0,,,99.0,Infinity,1,LOWER_BOUND,false,%s,%s,0.0,0.0,,,false
            """
                .formatted(
                    equation(FIRST, 2),
                    exponential(FIRST, 2),
                    equation(FIRST, 4),
                    exponential(FIRST, 4),
                    equation(FIRST, 8),
                    exponential(FIRST, 8),
                    equation(SECOND, 2),
                    exponential(SECOND, 2),
                    equation(SECOND, 4),
                    exponential(SECOND, 4),
                    equation(SECOND, 8),
                    exponential(SECOND, 8)));
  }
}
