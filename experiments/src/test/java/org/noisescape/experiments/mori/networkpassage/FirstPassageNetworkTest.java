package org.noisescape.experiments.mori.networkpassage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Requests;
import org.noisescape.experiments.mori.PassageSlope;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.mori.LogLandscape;

/** Slopes of made-up passages, and the experiment at a small size. */
class FirstPassageNetworkTest {
  private static final double[] LEVELS = {1.2, 1.5, 2, 2.5, 3};
  private static final double CURVATURE = 80;

  @TempDir private Path folder;

  /** Exponential times of mean a c^slope; the same replica is late at every threshold. */
  private static NetworkPassageCurve curve(double rate, double slope, long limit) {
    int replicas = 400;
    RandomStream random = RandomKey.of(1, Purpose.ESTIMATOR, 0).stream(Math.round(1e6 * rate));
    long[] passages = new long[replicas * LEVELS.length];
    double[] values = new double[replicas];
    Arrays.fill(values, 0.03);
    for (int r = 0; r < replicas; r++) {
      double late = -Math.log(random.nextDouble());
      for (int c = 0; c < LEVELS.length; c++) {
        long step = Math.round(2000 * late * Math.pow(LEVELS[c] / LEVELS[0], slope));
        passages[r * LEVELS.length + c] = step <= limit ? step : ReplicaState.NONE;
      }
    }
    ReplicaState state = new ReplicaState(limit, new double[replicas], List.of(), passages, values);
    return NetworkPassageCurve.of(
        new LogLandscape(rate, 10, CURVATURE), LEVELS, 0.03, state, 10, 1);
  }

  private static double theory(double rate, double n) {
    return 10 / (rate * CURVATURE) + 1 - n / 2;
  }

  @Test
  void slopesOfEquation16GiveBackCurvatureAndDimension() {
    double n = 9;
    List<NetworkPassageCurve> curves =
        List.of(
            curve(0.012, theory(0.012, n), Long.MAX_VALUE / 2),
            curve(0.015, theory(0.015, n), Long.MAX_VALUE / 2),
            curve(0.02, theory(0.02, n), Long.MAX_VALUE / 2));
    NetworkPassageFit fit = NetworkPassageFit.of(curves, NetworkPassageLaw.POWER);
    // the lateness of a replica cancels in the slope
    assertThat(fit.dimension()).isCloseTo(n, within(0.05));
    assertThat(fit.freeCurvature()).isCloseTo(CURVATURE, within(1.0));
    assertThat(fit.freeDimension()).isCloseTo(n, within(0.2));
    assertThat(fit.rates()).isEqualTo(3);
    assertThat(judged(curves, 12.7)).isEqualTo(Verdict.AGREES);
    assertThat(judged(curves, 30)).isEqualTo(Verdict.DISAGREES);
  }

  @Test
  void slopesThatOneDimensionCannotFitDisagree() {
    List<NetworkPassageCurve> curves =
        List.of(
            curve(0.012, 12, Long.MAX_VALUE / 2),
            curve(0.015, 5, Long.MAX_VALUE / 2),
            curve(0.02, 6, Long.MAX_VALUE / 2));
    NetworkPassageFit fit = NetworkPassageFit.of(curves, NetworkPassageLaw.POWER);
    assertThat(judged(curves, fit.dimension())).isEqualTo(Verdict.DISAGREES);
  }

  private static Verdict judged(List<NetworkPassageCurve> curves, double spectrum) {
    NetworkPassageFit fit = NetworkPassageFit.of(curves, NetworkPassageLaw.POWER);
    return NetworkPassageNumbers.judged(curves, NetworkPassageLaw.POWER, fit, spectrum).verdict();
  }

  /**
   * Over two levels, 1.5 and 3, a slope is that of the ends: 1.5/ln 2 of c, ln 4/ln 2 of ln(c − 1).
   */
  @Test
  void lawsAreThoseOfTheirFormulas() {
    NetworkPassageCurve whole = curve(0.0125, 6, Long.MAX_VALUE / 2);
    PassageSlope ends =
        new PassageSlope(
            whole.points().stream().filter(p -> p.level() == 1.5 || p.level() == 3).toList(),
            6,
            0.1,
            1);
    NetworkPassageCurve curve =
        new NetworkPassageCurve(
            whole.theory(), whole.points(), ends, ends, whole.lowest(), whole.diverged());
    // B/(ηh*) = 10
    assertThat(NetworkPassageLaw.POWER.slope(curve, 9)).isCloseTo(6.5, within(1e-12));
    assertThat(NetworkPassageLaw.POWER.dimension(curve)).isCloseTo(10, within(1e-12));
    double exponential = (10 * 1.5 - 4.5 * Math.log(4)) / Math.log(2);
    assertThat(NetworkPassageLaw.EXPONENTIAL.slope(curve, 9)).isCloseTo(exponential, within(1e-9));
    double n = (10 * 1.5 - 6 * Math.log(2)) * 2 / Math.log(4);
    assertThat(NetworkPassageLaw.EXPONENTIAL.dimension(curve)).isCloseTo(n, within(1e-9));
  }

  @Test
  void censoredThresholdsAreCountedAndLeftOutOfTheWindow() {
    NetworkPassageCurve curve = curve(0.015, 6, 20_000);
    assertThat(curve.points().getLast().mean().censored()).isGreaterThan(200);
    assertThat(curve.slope().window()).doesNotContain(curve.points().getLast());
    NetworkPassageCurve never = curve(0.015, 6, 0);
    assertThat(never.slope().slope()).isNaN();
    assertThat(judged(List.of(never), 12)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aSmallRunLeavesTablesFiguresAndAVerdict() throws IOException {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = experiment().run(request(run, Map.of(), () -> false));
    assertThat(outcome.partial()).isFalse();
    assertThat(Files.readAllLines(run.resolve("tables/first_passage.csv")).getFirst())
        .isEqualTo(
            "d,learning_rate,batch,c,mean_time,standard_error,replicas,censored,theory_slope");
    assertThat(Files.readAllLines(run.resolve("tables/first_passage.csv"))).hasSize(1 + 2 * 3);
    assertThat(run.resolve("figures/first-passage.png")).exists();
    assertThat(run.resolve("outcome.json")).exists();
  }

  @Test
  void aStoppedRunLeavesAPartialResultAndGoesOn() throws IOException {
    Path whole = folder.resolve("whole");
    experiment().run(request(whole, Map.of(), () -> false));
    Path run = folder.resolve("stopped");
    BooleanSupplier inEnsembles = () -> Files.exists(run.resolve("ensembles"));
    ExperimentOutcome stopped = experiment().run(request(run, Map.of(), inEnsembles));
    assertThat(stopped.partial()).isTrue();
    assertThat(stopped.summary(run)).contains("PARTIAL");
    assertThat(run.resolve("outcome.json")).doesNotExist();
    assertThat(run.resolve("outcome.partial.json")).exists();
    assertThat(Files.readString(run.resolve("report.html"))).contains("PARTIAL");
    ExperimentOutcome rest = experiment().run(request(run, Map.of(), () -> false));
    assertThat(rest.partial()).isFalse();
    assertThat(run.resolve("outcome.partial.json")).doesNotExist();
    assertThat(run.resolve("tables/passages.csv"))
        .hasSameTextualContentAs(whole.resolve("tables/passages.csv"));
  }

  @Test
  void whatMakesNoSenseIsRefusedInOneLine() {
    Path run = folder.resolve("run");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("c", "1,2"), () -> false)))
        .withMessageContaining("--set c=1,2: thresholds must be > 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("replicas", "1"), () -> false)))
        .withMessageContaining("--set replicas=1");
    assertThat(run).doesNotExist();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment().run(request(run, Map.of("passage-lr", "5"), () -> false)))
        .withMessageContaining("--set passage-lr=5.0: the learning rate must be below 2/lambda")
        .withMessageContaining("beyond which descent diverges");
  }

  private static Experiment experiment() {
    return ExperimentCatalogue.find("mori/first-passage-network");
  }

  private static ExperimentRequest request(
      Path run, Map<String, String> changed, BooleanSupplier stop) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dataset", "digits:train=60,test=0");
    settings.put("model", "mlp:3");
    settings.put("batch", "20");
    settings.put("iterations", "9");
    settings.put("hessian-pairs", "2");
    settings.put("passage-lr", "0.005,0.01");
    settings.put("c", "1.01,1.1,3");
    settings.put("replicas", "5");
    settings.put("steps", "200");
    settings.putAll(changed);
    return Requests.quick(run, settings).stop(stop).build();
  }
}
