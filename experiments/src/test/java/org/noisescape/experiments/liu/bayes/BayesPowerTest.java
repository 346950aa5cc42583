package org.noisescape.experiments.liu.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeRuns;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Power;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.liu.stationary.Averages;
import org.noisescape.experiments.liu.stationary.GridFindings;
import org.noisescape.experiments.liu.stationary.GridNumber;
import org.noisescape.experiments.liu.stationary.Prediction;
import org.noisescape.experiments.liu.stationary.StationaryCase;
import org.noisescape.experiments.liu.stationary.StationaryExperiment.Result;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Variances of 256 replicas, measured to 0.3 % as in {@code quick}, at nine rates for each of three
 * batches.
 */
class BayesPowerTest {
  private static final double ERROR = 0.003;
  private static final int REPLICAS = 256;
  private static final List<Integer> BATCHES = List.of(20, 200, 400);

  private final Settings settings = LandscapeRuns.settings(new BayesRate());
  private final List<StationaryCase> cases = new BayesRate().cases(settings, 1);

  @Test
  void theTheoryAgreesAndContinuousTimeDoesNotPassForIt() {
    assertThat(agreeing(Prediction::exact)).isGreaterThanOrEqualTo(Power.LEAST);
    assertThat(agreeing(Prediction::continuous)).isLessThanOrEqualTo(Power.MOST);
  }

  private long agreeing(ToDoubleFunction<Prediction> truth) {
    // one bootstrap for all seeds: the error of a minimum hardly depends on the draw
    Map<Integer, Double> errors = new LinkedHashMap<>();
    for (int batch : BATCHES) {
      RandomKey key = RandomKey.of(1, Purpose.BOOTSTRAP, batch);
      errors.put(
          batch, LowestRate.of(BayesRate.curve(measured(truth, 1), batch), key).standardError());
    }
    return Power.agreeing(seed -> findings(measured(truth, seed), errors));
  }

  private Findings findings(Result result, Map<Integer, Double> errors) {
    List<GridNumber> rates = new ArrayList<>();
    errors.forEach(
        (batch, error) -> {
          List<MeasuredDivergence> curve = BayesRate.curve(result, batch);
          double rate =
              LowestRate.minimum(
                  Column.of(curve, MeasuredDivergence::rate),
                  Column.of(curve, MeasuredDivergence::value));
          rates.add(BayesRate.judged(settings, batch, new LowestRate(rate, error)));
        });
    return GridFindings.of("continuous theory", result.points(), rates, new Measurements());
  }

  private Result measured(ToDoubleFunction<Prediction> truth, long seed) {
    RandomStream normals = RandomKey.of(seed, Purpose.SYNTHETIC_DATA, 0).stream(0);
    List<Averages> averages = new ArrayList<>();
    for (StationaryCase system : cases) {
      double[] means =
          Column.of(
              system.predictions(),
              p -> truth.applyAsDouble(p) * (1 + ERROR * normals.nextGaussian()));
      double[] errors = Column.of(system.predictions(), p -> ERROR * truth.applyAsDouble(p));
      averages.add(new Averages(means, errors, new double[REPLICAS][3], 0, 1));
    }
    return new Result(settings, seed, cases, averages);
  }
}
