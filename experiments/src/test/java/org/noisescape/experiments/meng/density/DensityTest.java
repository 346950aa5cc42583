package org.noisescape.experiments.meng.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.noisescape.experiments.frame.LandscapeRuns.measurement;
import static org.noisescape.experiments.frame.LandscapeRuns.refused;
import static org.noisescape.experiments.frame.LandscapeRuns.request;
import static org.noisescape.experiments.frame.LandscapeRuns.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.Parabola;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.dynamics.statistics.StationaryHistogram;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.FoundText;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.theory.meng.PowerLawDynamic;

/** {@code meng/density}: a tiny run, the exponent of the iteration, bad input. */
class DensityTest {
  private static final Experiment EXPERIMENT = ExperimentCatalogue.find("meng/density");

  private static final String[] DENSITY = {
    "kappas", "0,0.5", "settle", "4", "time", "10", "replicas", "6"
  };

  static final Density.Plan PLAN = new Density.Plan(List.of(1.0, 0.0), 10, 1, 0.25, 4, 6, 2, 5);

  private static final StationaryHistogram WIDE =
      histogram(
          new double[] {-2, 0, 4},
          new double[] {0.25, 0.125},
          new double[] {0.5, 0.75},
          new long[] {5, 6});

  private static final StationaryHistogram NARROW =
      histogram(
          new double[] {0.5, 1.5}, new double[] {0.375}, new double[] {0.0625}, new long[] {8});

  static final List<DensityEstimate> ESTIMATES =
      List.of(
          new DensityEstimate(
              1,
              DensityDynamics.ITERATION,
              1,
              1.9375,
              0.03125,
              true,
              0.01,
              0.02,
              0.03,
              400,
              20,
              WIDE,
              NARROW,
              null),
          new DensityEstimate(
              0,
              DensityDynamics.ITO,
              0.125,
              0.054,
              0.001,
              true,
              0.04,
              0.05,
              0.06,
              300,
              30,
              NARROW,
              NARROW,
              halving(0.0625, 0.003, 0.05, 0.004)),
          new DensityEstimate(
              1,
              DensityDynamics.HANGGI_KLIMONTOVICH,
              0.125,
              1.0625,
              0.03125,
              false,
              0.07,
              0.08,
              0.09,
              200,
              40,
              NARROW,
              NARROW,
              halving(0.75, 0.03, 0.5, 0.04)));

  @TempDir Path folder;

  @Test
  void densityRunTellsBothInterpretations() {
    Path run = folder.resolve("run");
    ExperimentOutcome outcome = EXPERIMENT.run(request(run, 2, DENSITY));
    assertThat(table(run, "density")).hasSize(1 + 2 * 3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent").theory()).isEqualTo(3);
    assertThat(measurement(outcome, "kappa = 0.5, iteration: exponent, the text").theory())
        .isEqualTo(2);
    assertThat(measurement(outcome, "kappa = 0.0, iteration: variance").theory()).isEqualTo(0.05);
    assertThat(run.resolve("figures/tail-0-5.png")).isNotEmptyFile();
  }

  @Test
  void tailOfTheIterationSolvesItsMomentEquations() {
    // E A² = (1 − s)² + κs = 1 for κ = 2 − s
    for (double step : new double[] {0.02, 0.3}) {
      assertThat(KestenTail.exponent(step, 2 - step)).isCloseTo(2, within(1e-8));
      // E A⁴ = m⁴ + 6m²v + 3v² = 1, v = κs
      double m = 1 - step;
      double v = -m * m + Math.sqrt(Math.pow(m, 4) + (1 - Math.pow(m, 4)) / 3);
      assertThat(KestenTail.exponent(step, v / step)).isCloseTo(4, within(1e-8));
    }
    assertThat(KestenTail.exponent(1e-3, 0.5)).isCloseTo(5, within(0.01));
    assertThat(KestenTail.exponent(0.1, 0)).isInfinite();
  }

  @Test
  void everyNumberAndCellIsThatOfItsEstimate() {
    Findings found = Density.findings(PLAN, ESTIMATES);
    // kappa = 1: Ito's 1 + 1/kappa = 2, the text's 1/kappa = 1; at eta h = 1 a step forgets w, so
    // that E A^2 = kappa = 1 and the tail of the density has the exponent 2 + 1
    assertThat(FoundText.numbers(found))
        .isEqualTo(
            """
            kappa = 1.0, iteration: exponent | 1.9375 | 0.03125 | 2 | INCONCLUSIVE
            kappa = 1.0, iteration: exponent, the text's | 1.9375 | 0.03125 | 1 | DISAGREES
            kappa = 1.0, iteration: exponent of its tail at this rate, Kesten | 1.5 | - | 2 | -
            kappa = 1.0, iteration: KS distance from Ito (scale of chance) | 0.01 | 0.03 | - | -
            kappa = 1.0, iteration: KS distance from Hanggi-Klimontovich (scale of chance) | 0.02 | 0.03 | - | -
            kappa = 0.0, SDE, It\u00f4: variance | 0.054 | 0.001 | 0.05 | INCONCLUSIVE
            kappa = 0.0, SDE, It\u00f4: KS distance from Ito (scale of chance) | 0.04 | 0.06 | - | -
            kappa = 0.0, SDE, It\u00f4: change by halving dt | 0.0125 | 0.005 | 0 | -
            kappa = 1.0, SDE, H\u00e4nggi-Klimontovich: exponent | 1.0625 | - | 1 | INCONCLUSIVE
            kappa = 1.0, SDE, H\u00e4nggi-Klimontovich: KS distance from Ito (scale of chance) | 0.07 | 0.09 | - | -
            kappa = 1.0, SDE, H\u00e4nggi-Klimontovich: KS distance from Hanggi-Klimontovich (scale of chance) | 0.08 | 0.09 | - | -
            kappa = 1.0, SDE, H\u00e4nggi-Klimontovich: change by halving dt | 0.25 | 0.05 | 0 | -
            """);
    double gaussian = DensityCriterion.gaussian(1);
    assertThat(FoundText.rivals(found))
        .isEqualTo(
            """
            rival Ito's exponent 1 + 1/kappa: INCONCLUSIVE
            kappa = 1.0, iteration: exponent | 1.9375 | 0.03125 | 2 | INCONCLUSIVE
            rival a Gaussian, constant noise: DISAGREES
            %s
            """
                .formatted(
                    FoundText.line(
                        "kappa = 1.0, iteration: exponent",
                        1.9375,
                        0.03125,
                        gaussian,
                        Optional.of(Verdict.DISAGREES))));
    // the iteration against the text's density, and nothing else
    assertThat(found.verdict()).isEqualTo(Verdict.DISAGREES);
    assertThat(FoundText.table(found, 0))
        .isEqualTo(
            """
            kappa,beta,dynamics,learning_rate,quantity,value,standard_error,replicas,censored,effective_samples,converged,theory_ito,theory_hanggi,ks_ito,ks_hanggi,ks_scale
            1.0,10.0,iteration,1.0,exponent,1.9375,0.03125,20,0,400.0,true,2.0,1.0,0.01,0.02,0.03
            0.0,10.0,ito,0.125,variance,0.054,0.001,30,0,300.0,true,0.05,0.05,0.04,0.05,0.06
            1.0,10.0,hanggi_klimontovich,0.125,exponent,1.0625,0.03125,40,0,200.0,false,2.0,1.0,0.07,0.08,0.09
            """);
    assertThat(FoundText.table(found, 1))
        .isEqualTo(
            """
            kappa,dynamics,w,value,standard_error,count
            1.0,iteration,-1.0,0.25,0.5,5
            1.0,iteration,2.0,0.125,0.75,6
            0.0,ito,1.0,0.375,0.0625,8
            1.0,hanggi_klimontovich,1.0,0.375,0.0625,8
            """);
  }

  /**
   * Small κ: log(1 + κu) = κu − κ²u²/2, u = βw² with E u = 1/2, E u² = 3/4, against 1/(2φ) +
   * 3/(8φ²) of the power law to the same order.
   */
  @Test
  void theFitOfAGaussianHasTheExponentOfItsMean() {
    double kappa = 1e-3;
    assertThat(DensityCriterion.gaussian(kappa) * kappa).isCloseTo(1, within(3 * kappa));
    // ψ(φ) − ψ(φ − 1/2) = E log(1 + z²/2) = 0.330964 (mpmath: quad and findroot)
    assertThat(DensityCriterion.gaussian(1)).isCloseTo(2.222011, within(1e-6));
  }

  /** g = hw + noise, whose normal number is that of the same stream. */
  @Test
  void noiseHasTheVarianceAndTheDriftOfItsDynamics() {
    // eta = 0.5, sigma = 0.2, rho = 3 at w = 0.4: C = 0.2 + 3 x 0.16 = 0.68
    PowerLawDynamic dynamic = new PowerLawDynamic(1, 0.5, 0.2, 3);
    double xi = stream().nextGaussian();
    assertThat(gradient(DensityDynamics.ITERATION, dynamic, 0.5))
        .isCloseTo(0.4 + Math.sqrt(0.68) * xi, within(1e-12));
    // D = eta C = 0.34 over dt = 0.1
    assertThat(gradient(DensityDynamics.ITO, dynamic, 0.1))
        .isCloseTo(0.4 + Math.sqrt(3.4) * xi, within(1e-12));
    // and the drift D'/2 = eta rho w = 0.6
    assertThat(gradient(DensityDynamics.HANGGI_KLIMONTOVICH, dynamic, 0.1))
        .isCloseTo(0.4 + Math.sqrt(3.4) * xi - 0.6, within(1e-12));
  }

  private static double gradient(DensityDynamics dynamics, PowerLawDynamic dynamic, double step) {
    double[] into = new double[1];
    dynamics
        .noise(dynamic, step)
        .bind(Separable.of(new Parabola(1, 0)))
        .gradient(new double[] {0.4}, purpose -> stream(), into);
    return into[0];
  }

  private static RandomStream stream() {
    return RandomKey.of(1, Purpose.GRADIENT_NOISE, 0).stream(0);
  }

  private static StationaryHistogram histogram(
      double[] edges, double[] density, double[] errors, long[] counts) {
    return new StationaryHistogram(edges, density, errors, counts, 1, 2);
  }

  private static StepHalving halving(
      double coarse, double coarseError, double fine, double fineError) {
    return new StepHalving(new Reading(coarse, coarseError), new Reading(fine, fineError), 0.25);
  }

  @Test
  void badSettingsAreToldBeforeAnythingIsWritten() {
    Path run = folder.resolve("run");
    refused(EXPERIMENT, run, "must be below 2", "kappas", "0,2");
    refused(EXPERIMENT, run, "2/lambda = 2.000 (lambda = 1.000)", "lr", "2.5");
    refused(EXPERIMENT, run, "must divide the 2 between snapshots", "dt", "0.3");
    assertThat(run).doesNotExist();
  }
}
