package org.noisescape.experiments.liu.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;

/** What is predicted of each system, beside the limits of small learning rates by hand. */
class SecondOrderMethodsTest {
  /** The theory without terms of second order is the limit of the exact one. */
  @ParameterizedTest
  @CsvSource({"newton", "newton mini-batch", "natural gradient"})
  void smallRatesHaveTheLimitOfTheExactLaw(String panel) {
    for (double rate : new double[] {1e-5, 1e-4}) {
      Prediction loss = loss(settings(rate), panel);
      // the next term is smaller by a power of the rate, a root of it for the natural gradient
      double next = panel.startsWith("natural") ? Math.sqrt(rate) : rate;
      assertThat(loss.continuous() / loss.exact()).isCloseTo(1, within(10 * next));
    }
  }

  /** λa/(2(1 − μ)) a direction, a = (N − S)/(NS), and λ/(2(1 + μ)) with the term that is left. */
  @Test
  void theNaturalGradientOfMiniBatchesHasTwoTerms() {
    double rate = 0.02;
    Settings settings = settings(rate).with("samples", "50").with("batch", "10");
    for (double mu : new double[] {0, 0.6}) {
      Prediction loss =
          loss(settings.with("momentum", Double.toString(mu)), "natural gradient mini-batch");
      double first = rate * 40 / 500 / (2 * (1 - mu));
      assertThat(loss.continuous()).isCloseTo(first, within(1e-15));
      assertThat(loss.exact()).isCloseTo(first + rate / (2 * (1 + mu)), within(1e-12));
    }
  }

  private static Settings settings(double rate) {
    String text = Double.toString(rate);
    return LandscapeRuns.settings(new SecondOrderMethods())
        .with("rates", text)
        .with("natural-rates", text);
  }

  private static Prediction loss(Settings settings, String panel) {
    List<StationaryCase> all = new SecondOrderMethods().cases(settings, 1);
    StationaryCase chosen =
        all.stream().filter(c -> c.label().panel().equals(panel)).findFirst().orElseThrow();
    assertThat(all).hasSize(4);
    return chosen.predictions().getFirst();
  }
}
