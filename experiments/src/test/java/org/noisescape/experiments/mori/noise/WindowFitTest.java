package org.noisescape.experiments.mori.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.TrainConfiguration;

class WindowFitTest {
  private static final Criterion MEAN_SQUARE =
      NoiseVariant.MEAN_SQUARE.tests().get(WindowRule.LATE);

  @Test
  void lateWindowBeginsATenthBelowTheLossAtTheNoiseMaximum() {
    // 𝒩 = L/(1 + L²) is largest at L = 1
    List<NoisePoint> run = run(200, 4, loss -> loss / (1 + loss * loss), loss -> 0.5);

    List<NoisePoint> window = WindowRule.LATE.select(run);

    double peak =
        run.stream()
            .max(java.util.Comparator.comparingDouble(NoisePoint::noise))
            .orElseThrow()
            .loss();
    assertThat(window.getFirst().loss()).isLessThanOrEqualTo(0.1 * peak);
    assertThat(window.getFirst().loss()).isGreaterThan(0.09 * peak);
    assertThat(window.getLast()).isEqualTo(run.getLast());
  }

  @Test
  void lossesBelowFloat32AreLeftOut() {
    List<NoisePoint> run = run(400, 14, loss -> loss, loss -> 1);

    assertThat(WindowRule.LATE.select(run)).isNotEmpty().allMatch(point -> point.loss() >= 1e-10);
    assertThat(WindowRule.SMALL.select(run))
        .isNotEmpty()
        .allMatch(point -> point.loss() >= 1e-5 && point.loss() <= 1.1e-4);
  }

  @Test
  void crossEntropyWindowsPartWhereTheLastSampleIsRight() {
    List<NoisePoint> run = run(200, 4, loss -> loss, loss -> loss > 0.02 ? 0.9 : 1);

    assertThat(WindowRule.INTERMEDIATE.select(run))
        .isNotEmpty()
        .allMatch(point -> point.loss() > 0.02 && point.loss() <= 5);
    assertThat(WindowRule.SMALL.select(run))
        .isNotEmpty()
        .allMatch(point -> point.loss() <= 10 * run.getLast().loss());
  }

  @Test
  void proportionalNoiseAgreesWithSlopeOne() {
    WindowFit fit = fit(WindowRule.LATE, MEAN_SQUARE, run(300, 4, loss -> 30 * loss, loss -> 1));

    assertThat(fit.estimate().slope()).isCloseTo(1, within(3 * fit.estimate().standardError()));
    assertThat(fit.verdict()).isEqualTo(Verdict.AGREES);
    assertThat(fit.ratioDrift()).isCloseTo(1, within(0.05));
  }

  @Test
  void quadraticNoiseDisagreesWithSlopeOneAndAgreesWithTwo() {
    List<NoisePoint> run = run(300, 4, loss -> 30 * loss * loss, loss -> 1);

    WindowFit one = fit(WindowRule.LATE, MEAN_SQUARE, run);
    WindowFit two =
        fit(WindowRule.SMALL, NoiseVariant.CROSS_ENTROPY.tests().get(WindowRule.SMALL), run);

    assertThat(one.estimate().slope()).isCloseTo(2, within(0.02));
    assertThat(one.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(two.verdict()).isEqualTo(Verdict.AGREES);
  }

  @Test
  void shortWindowIsInconclusive() {
    WindowFit fit = fit(WindowRule.LATE, MEAN_SQUARE, run(300, 1.2, loss -> loss, loss -> 1));

    assertThat(fit.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(fit.estimate().slope()).isNaN();
    assertThat(fit.ratioDrift()).isNaN();
  }

  @Test
  void gradientShareIsTheLargestOfTheWindow() {
    WindowFit fit = fit(WindowRule.LATE, MEAN_SQUARE, run(300, 4, loss -> 30 * loss, loss -> 1));

    // ‖∇L‖² is a tenth of 𝒩 throughout
    assertThat(fit.gradientShare()).isCloseTo(0.1 / 1.1, within(1e-9));
  }

  /** Of two seeds, the second of which differs by little. */
  private static WindowFit fit(WindowRule rule, Criterion criterion, List<NoisePoint> run) {
    Panel panel = new Panel("mlp", TrainConfiguration.defaults());
    return WindowFit.of(panel, rule, criterion, List.of(run, run.subList(1, run.size() - 1)), 1);
  }

  /** Loss falling from 10 by some decades, noise a function of it with 2 % scatter. */
  private static List<NoisePoint> run(
      int points, double decades, DoubleUnaryOperator noise, DoubleUnaryOperator accuracy) {
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<NoisePoint> run = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      double loss = 10 * Math.pow(10, -decades * i / (points - 1));
      double strength = noise.applyAsDouble(loss) * Math.exp(0.02 * random.nextGaussian());
      run.add(
          new NoisePoint(
              i,
              i,
              loss,
              0,
              strength,
              0,
              0.1 * strength,
              accuracy.applyAsDouble(loss),
              0.9,
              WrongShares.NONE));
    }
    return run;
  }
}
