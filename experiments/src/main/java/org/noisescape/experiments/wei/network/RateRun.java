package org.noisescape.experiments.wei.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.noisescape.curvature.Curvature;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.wei.TwinLabels;
import org.noisescape.experiments.wei.ValleyFrame;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.experiments.wei.ValleyNetwork;
import org.noisescape.linop.StoppedException;
import org.noisescape.tensor.Engine;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * SGD with label noise at one learning rate, from the minima on: some relaxation times without a
 * look, then snapshots, each projected and measured.
 */
final class RateRun {
  private final ValleyNetwork valley;
  private final NetworkValley.Plan plan;
  private final ValleyMinima minima;
  private final ExperimentRequest request;
  private final double rate;
  private final double strength;

  /** Runs nothing yet. */
  RateRun(
      ValleyNetwork valley,
      NetworkValley.Plan plan,
      ValleyMinima minima,
      ExperimentRequest request,
      double sharpness) {
    this.valley = valley;
    this.plan = plan;
    this.minima = minima;
    this.request = request;
    this.rate = sharpness / minima.largest();
    this.strength = plan.strength();
  }

  /**
   * Runs and measures.
   *
   * @param file where the ensemble is kept
   */
  NetworkRate measure(Path file) {
    long interval = minima.interval(plan.fall(), plan.snapshots(), rate, strength);
    int before = (int) ((minima.settling(rate) + interval - 1) / interval);
    int replicas = minima.networks() * plan.replicas();
    double[] start = minima.replicas(plan.replicas());
    TwinLabels twins = new TwinLabels(valley.samples(), plan.deviation());
    try (Engine engine = request.openEngine()) {
      EnsembleStage.Result result;
      try (ReplicaProgram program =
          valley.program(
              engine, twins, List.of(), rate, plan.batch(), replicas, request.seed(), start)) {
        EnsembleSchedule schedule =
            EnsembleSchedule.to((before + plan.snapshots()) * interval).snapshots(interval);
        result =
            new EnsembleStage("eta = %.3g".formatted(rate), schedule)
                .run(file, program, request, EnsembleStage.Reduction.theta());
      }
      if (!result.complete()) {
        throw new StoppedException();
      }
      return measured(
          engine, result.snapshots().subList(before, before + plan.snapshots() + 1), interval);
    }
  }

  private NetworkRate measured(Engine engine, List<double[]> snapshots, long interval) {
    int networks = minima.networks();
    int looks = snapshots.size();
    int replicas = plan.replicas();
    double[][][] laws = new double[4][networks][looks];
    double[][] change = new double[networks][replicas];
    double left = 0;
    StateLemmas lemmas = new StateLemmas(valley, minima, plan, request, rate);
    try (Curvature curvature = valley.curvature(engine, request)) {
      for (int k = 0; k < looks; k++) {
        double[] states = snapshots.get(k);
        double[] projected = minima.project(valley, engine, request, states);
        request.progress().progressed(k, looks, "projected states measured");
        for (int r = 0; r < networks * replicas; r++) {
          int network = r / replicas;
          double[] at = minima.one(projected, r);
          ValleyFrame frame = ValleyFrame.of(curvature.at(at), valley.curved(), request.seed());
          left = Math.max(left, curvature.noise().value().loss());
          double[] values = laws(frame);
          for (int law = 0; law < laws.length; law++) {
            laws[law][network][k] += values[law] / replicas;
          }
          if (k == 0) {
            change[network][r % replicas] -= values[0];
          } else if (k == looks - 1) {
            change[network][r % replicas] += values[0];
          }
          lemmas.add(network, frame, minima.one(states, r), at, curvature);
        }
        if (k == looks - 1) {
          lemmas.end(engine, states, projected);
        }
      }
    }
    return new NetworkRate(
        rate * minima.largest(),
        rate,
        interval,
        replicas,
        laws[0],
        Arrays.stream(change).mapToDouble(RateRun::standardError).toArray(),
        laws[1],
        laws[2],
        laws[3],
        left,
        lemmas.numbers());
  }

  /** T, and its change a step by Theorem 1, by isotropic noise, and by the whole gradient. */
  private double[] laws(ValleyFrame frame) {
    SpectralDrift drift = frame.drift(rate);
    double[] ones = new double[frame.curved()];
    Arrays.fill(ones, 1);
    double[] isotropic = new double[frame.curved()];
    Arrays.fill(isotropic, strength * frame.trace() / frame.curved());
    return new double[] {
      frame.trace(),
      drift.traceRate(strength),
      drift.rate(ones, isotropic),
      -rate * rate / 4 * strength * frame.wholeSlope()
    };
  }

  private static double standardError(double... values) {
    return SeedMean.of(values).standardError();
  }
}
