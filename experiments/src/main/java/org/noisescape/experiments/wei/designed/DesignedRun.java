package org.noisescape.experiments.wei.designed;

import java.util.List;
import org.noisescape.curvature.Curvature;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.wei.SpectrumNoise;
import org.noisescape.experiments.wei.ValleyFrame;
import org.noisescape.experiments.wei.ValleyMinima;
import org.noisescape.experiments.wei.ValleyNetwork;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Engine;
import org.noisescape.theory.wei.SpectralDrift;

/**
 * Gradient descent with one of the noises: from snapshot to snapshot it is drawn in the curved
 * directions, and with the eigenvalues, of the projected states at the former one.
 */
final class DesignedRun {
  private final ValleyNetwork valley;
  private final DesignedNoise.Plan plan;
  private final ValleyMinima minima;
  private final ExperimentRequest request;
  private final SpectrumNoise noise;
  private final double rate;
  private final int count;

  /** s of the noise on each network, such that all noises have one trace at the minimum. */
  private final double[] strengths;

  private final ValleyFrame[] frames;

  /** Runs nothing yet. */
  DesignedRun(
      ValleyNetwork valley,
      DesignedNoise.Plan plan,
      ValleyMinima minima,
      ExperimentRequest request,
      SpectrumNoise noise) {
    this.valley = valley;
    this.plan = plan;
    this.minima = minima;
    this.request = request;
    this.noise = noise;
    this.rate = plan.sharpness() / minima.largest();
    this.count = minima.networks() * plan.replicas();
    this.strengths = new double[minima.networks()];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = noise.strength(plan.strength() * minima.trace(i), minima.eigenvalues()[i]);
    }
    this.frames = new ValleyFrame[count];
  }

  /** Runs and measures. */
  DesignedPath measure() {
    long interval = minima.interval(plan.fall(), plan.snapshots(), rate, plan.strength());
    int looks = plan.snapshots() + 1;
    int kinds = SpectrumNoise.values().length;
    double[][][] values = new double[minima.networks()][kinds][looks];
    double[][][] rates = new double[minima.networks()][kinds][looks];
    double[][] exchanged = new double[minima.networks()][looks];
    double[] cosine = new double[minima.networks()];
    double left = 0;
    double[] theta = minima.replicas(plan.replicas());
    try (Engine engine = request.openEngine();
        Curvature curvature = valley.curvature(engine, request)) {
      frame(curvature, theta);
      theta = advance(engine, theta, minima.settling(rate), 0);
      for (int k = 0; k < looks; k++) {
        request.progress().progressed(k, looks, "snapshots");
        left = Math.max(left, frame(curvature, minima.project(valley, engine, request, theta)));
        for (int r = 0; r < count; r++) {
          int network = r / plan.replicas();
          double share = 1.0 / plan.replicas();
          SpectralDrift drift = frames[r].drift(rate);
          double[] variances = noise.variances(strengths[network], frames[r].eigenvalues());
          for (SpectrumNoise of : SpectrumNoise.values()) {
            values[network][of.ordinal()][k] += share * of.of(frames[r].eigenvalues());
            rates[network][of.ordinal()][k] += share * of.rate(drift, variances);
          }
          exchanged[network][k] += share * noise.exchangedRate(drift, strengths[network]);
          cosine[network] += k == 0 ? share * cosine(drift) : 0;
        }
        if (k < looks - 1) {
          theta = advance(engine, theta, interval, k + 1);
        }
      }
    }
    return new DesignedPath(
        noise,
        plan.sharpness(),
        rate,
        interval,
        plan.replicas(),
        values,
        rates,
        exchanged,
        cosine,
        left);
  }

  /** Puts the frames at minima; returns the largest loss there. */
  private double frame(Curvature curvature, double... projected) {
    double left = 0;
    for (int r = 0; r < count; r++) {
      frames[r] =
          ValleyFrame.of(curvature.at(minima.one(projected, r)), valley.curved(), request.seed());
      left = Math.max(left, curvature.noise().value().loss());
    }
    return left;
  }

  /** Noisy descent, with random numbers of its own in each stretch between snapshots. */
  private double[] advance(Engine engine, double[] from, long steps, int stretch) {
    long seed =
        RandomKey.of(request.seed(), Purpose.GRADIENT_NOISE.user(1 + noise.ordinal()), stretch)
            .value();
    try (ReplicaProgram program =
        valley.program(
            engine,
            valley.samples(),
            List.of(new CurvedNoise(directions(), valley.curved())),
            rate,
            valley.curved(),
            count,
            seed,
            from)) {
      return ValleyNetwork.after(program, steps, request);
    }
  }

  /** √C_i v_i of all replicas (R, n, P). */
  private double[] directions() {
    int n = valley.curved();
    int size = valley.network().parameterCount();
    double[] all = new double[count * n * size];
    for (int r = 0; r < count; r++) {
      double[] variances = noise.variances(strengths[r / plan.replicas()], frames[r].eigenvalues());
      for (int i = 0; i < n; i++) {
        double deviation = Math.sqrt(variances[i]);
        for (int p = 0; p < size; p++) {
          all[(r * n + i) * size + p] = deviation * frames[r].vectors()[i][p];
        }
      }
    }
    return all;
  }

  /** cos(∇̂T, ∇̂ log det) from the rates of both under noises whose theorems have their squares. */
  private double cosine(SpectralDrift drift) {
    double trace = SpectrumNoise.SGD.theoremRate(drift, 1);
    double determinant = SpectrumNoise.ISOTROPIC.theoremRate(drift, 1);
    double both = SpectrumNoise.ISOTROPIC.rate(drift, drift.alignedNoise(1));
    return -both / Math.sqrt(trace * determinant);
  }
}
