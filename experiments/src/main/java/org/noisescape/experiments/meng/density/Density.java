package org.noisescape.experiments.meng.density;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.StepHalving;
import org.noisescape.dynamics.StepHalving.Reading;
import org.noisescape.dynamics.landscape.Parabola;
import org.noisescape.dynamics.landscape.Separable;
import org.noisescape.dynamics.statistics.CorrelatedMean;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.Ensembles;
import org.noisescape.experiments.frame.Findings;
import org.noisescape.experiments.frame.LandscapeExperiment;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.experiments.frame.Planned;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StabilityBound;
import org.noisescape.theory.meng.PowerLawDynamic;
import org.noisescape.theory.passage.Interpretation;

/**
 * The stationary density under noise that grows with the distance from the minimum.
 *
 * <p>Proposition 2 gives (1 + βκw²)^(−1/κ), which is that of Hänggi's and Klimontovich's reading of
 * (7). A discrete iteration has Itô's, (1 + βκw²)^(−1 − 1/κ). Units: h = 1. Source: Meng et al.
 * (2020), Eqs. 7, 8 and Fig. 5.
 */
public final class Density extends LandscapeExperiment<Density.Plan> {
  /** The experiment. */
  public Density() {
    super(
        "meng/density",
        "State-dependent noise has a power-law density: which one",
        "Meng, Gong, Chen, Ma, Liu (2020), Proposition 2, Fig. 5",
        row("kappas", "kappa = eta rho/h, from 0 up to below 2", "0,0.1,0.5,1"),
        row("beta", "beta = h/(eta sigma)", "10"),
        row("lr", "learning rate of the iteration, in units of 1/h", "0.02"),
        row("dt", "step of time of the stochastic differential equations, in units of 1/h", "0.02"),
        row("settle", "time that is left out, in units of 1/h", "50"),
        row("time", "time that counts, in units of 1/h", "100", "200"),
        row("every", "time between snapshots, in units of 1/h", "2"),
        row("replicas", "replicas of each dynamics", "200", "1000", "10000"));
  }

  /** What runs. */
  record Plan(
      List<Double> kappas,
      double beta,
      double rate,
      double dt,
      int settle,
      int time,
      int every,
      int replicas) {
    PowerLawDynamic dynamic(double kappa) {
      return new PowerLawDynamic(1, rate, 1 / (rate * beta), kappa / rate);
    }
  }

  @Override
  protected Planned<Plan> plan(Settings settings) {
    Plan plan =
        new Plan(
            settings.notNegatives("kappas"),
            settings.positive("beta"),
            settings.positive("lr"),
            settings.positive("dt"),
            settings.integer("settle", 0),
            settings.integer("time", 1),
            settings.integer("every", 1),
            settings.integer("replicas", 2));
    for (double kappa : plan.kappas) {
      if (!(kappa < 2)) {
        throw settings.wrong("kappas", "must be below 2, where the text's density has a norm");
      }
    }
    StabilityBound.require("lr", plan.rate, 1);
    StabilityBound.require("dt", plan.dt, 1);
    if (plan.settle % plan.every != 0 || plan.time % plan.every != 0) {
      throw settings.wrong("every", "settle and time must be multiples of it");
    }
    for (double step : new double[] {plan.rate, plan.dt}) {
      if (Math.abs(plan.every / step - Math.rint(plan.every / step)) > 1e-9 * plan.every / step) {
        throw new IllegalArgumentException(
            "lr and dt must divide the %d between snapshots, got %s".formatted(plan.every, step));
      }
    }
    // the iteration has one step, the others two
    return Planned.of(plan, DensityCriterion.text())
        .ensembles(plan.kappas.size() * (2 * DensityDynamics.values().length - 1));
  }

  @Override
  protected Findings measure(Plan plan, Ensembles ensembles) {
    List<DensityEstimate> all = new ArrayList<>();
    int index = 0;
    for (double kappa : plan.kappas) {
      for (DensityDynamics dynamics : DensityDynamics.values()) {
        all.add(estimate(plan, kappa, dynamics, ensembles, index));
        index += 2;
      }
    }
    return findings(plan, all).figures(DensityFigures.of(plan, all));
  }

  /** Numbers and tables of the estimates. */
  static Findings findings(Plan plan, List<DensityEstimate> all) {
    Measurements numbers = new Measurements();
    for (DensityEstimate e : all) {
      describe(plan, e, numbers);
    }
    Findings found =
        Findings.of(numbers)
            .rival(
                "Ito's exponent 1 + 1/kappa",
                iteration(all, e -> theory(plan.dynamic(e.kappa()), Interpretation.ITO)))
            .rival(
                "a Gaussian, constant noise",
                iteration(all, e -> DensityCriterion.gaussian(e.kappa())));
    return DensityFigures.tables(found, plan, all);
  }

  /** The exponents of the iteration beside those of another theory. */
  private static Measurements iteration(
      List<DensityEstimate> all, ToDoubleFunction<DensityEstimate> theory) {
    Measurements numbers = new Measurements();
    all.stream()
        .filter(Density::decides)
        .forEach(
            e ->
                numbers.judged(
                    e.name() + ": exponent",
                    DensityCriterion.estimate(e),
                    DensityCriterion.of(theory.applyAsDouble(e))));
    return numbers;
  }

  /** Whether it is of the iteration with noise that depends on w. */
  private static boolean decides(DensityEstimate e) {
    return e.dynamics() == DensityDynamics.ITERATION && e.kappa() > 0;
  }

  private static void describe(Plan plan, DensityEstimate e, Measurements numbers) {
    PowerLawDynamic dynamic = plan.dynamic(e.kappa());
    double ito = theory(dynamic, Interpretation.ITO);
    double hanggi = theory(dynamic, Interpretation.HANGGI_KLIMONTOVICH);
    boolean gaussian = e.kappa() == 0;
    String what = gaussian ? ": variance" : ": exponent";
    double own = e.dynamics().interpretation == Interpretation.ITO ? ito : hanggi;
    PointEstimate measured = DensityCriterion.estimate(e);
    numbers.apart(e.name() + what, measured, DensityCriterion.of(own));
    if (decides(e)) {
      numbers
          .judged(e.name() + what + ", the text's", measured, DensityCriterion.of(hanggi))
          .exact(
              e.name() + ": exponent of its tail at this rate, Kesten",
              (KestenTail.exponent(plan.rate, e.kappa()) + 1) / 2,
              ito);
    }
    numbers.estimate(e.name() + ": KS distance from Ito (scale of chance)", e.ksIto(), e.ksError());
    if (!gaussian) {
      numbers.estimate(
          e.name() + ": KS distance from Hanggi-Klimontovich (scale of chance)",
          e.ksHanggi(),
          e.ksError());
    }
    if (e.halving() != null) {
      numbers.value(
          e.name() + ": change by halving dt",
          e.halving().difference(),
          e.halving().differenceError(),
          0);
    }
  }

  /** φ, or the variance where there is none. */
  static double theory(PowerLawDynamic dynamic, Interpretation interpretation) {
    return dynamic.kappa() == 0
        ? 1 / (2 * dynamic.beta())
        : dynamic.stationaryExponent(interpretation);
  }

  private static DensityEstimate estimate(
      Plan plan, double kappa, DensityDynamics dynamics, Ensembles ensembles, int index) {
    PowerLawDynamic dynamic = plan.dynamic(kappa);
    if (dynamics == DensityDynamics.ITERATION) {
      double[][] series = series(plan, kappa, dynamics, plan.rate, ensembles, index);
      return DensityEstimate.of(dynamics, dynamic, plan.rate, series, null);
    }
    double[][][] kept = new double[1][][];
    StepHalving halving =
        StepHalving.of(
            plan.dt,
            step -> {
              int own = step == plan.dt ? index : index + 1;
              kept[0] = series(plan, kappa, dynamics, step, ensembles, own);
              double[][] statistic = DensityEstimate.statistic(dynamic, kept[0]);
              CorrelatedMean mean = CorrelatedMean.ofReplicas(statistic);
              return new Reading(mean.value(), mean.standardError());
            });
    return DensityEstimate.of(dynamics, dynamic, plan.dt / 2, kept[0], halving);
  }

  private static double[][] series(
      Plan plan,
      double kappa,
      DensityDynamics dynamics,
      double step,
      Ensembles ensembles,
      int index) {
    LandscapePlan ensemble =
        LandscapePlan.of(
                Separable.of(new Parabola(1, 0)), dynamics.noise(plan.dynamic(kappa), step))
            .learningRate(step)
            .start(0)
            .seed(ensembles.seed(index))
            .replicas(plan.replicas)
            .build();
    long every = Math.round(plan.every / step);
    EnsembleRecording recording =
        ensembles.record(
            "kappa %s %s step %s".formatted(kappa, dynamics, step),
            ensemble,
            EnsembleSchedule.to(every * (plan.settle + plan.time) / plan.every).snapshots(every),
            List.of(w -> w[0]));
    return recording.series(0, plan.settle / plan.every + 1);
  }
}
