package org.noisescape.experiments.wei;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.Arrays;
import org.noisescape.curvature.Curvature;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.linop.LinearOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The minima where SGD begins, one of each network, and whether they are those of the theorem.
 *
 * @param theta θ (networks, P)
 * @param loss L there
 * @param eigenvalues λ_i, descending (networks, n)
 * @param next the (n + 1)-th eigenvalue
 * @param slope ‖∇̂T‖²
 * @param error largest error of a ∇λ_i over its length
 * @param misaligned largest |v_iᵀS v_j/(σ²√(λ_iλ_j)) − δ_ij|, S of the twin labels (Eq. 10)
 * @param noiseless tr S/tr H of the single samples, 0 where they are fitted
 */
public record ValleyMinima(
    double[][] theta,
    double[] loss,
    double[][] eigenvalues,
    double[] next,
    double[] slope,
    double[] error,
    double[] misaligned,
    double[] noiseless) {
  /** Digits that a projection takes off the slowest direction. */
  private static final int DIGITS = 9;

  /** Descends from fresh weights. */
  public static ValleyMinima find(
      ValleyNetwork valley, TwinLabels twins, Descent descent, ExperimentRequest request) {
    int networks = descent.networks();
    int size = valley.network().parameterCount();
    ValleyMinima found =
        new ValleyMinima(
            new double[networks][],
            new double[networks],
            new double[networks][],
            new double[networks],
            new double[networks],
            new double[networks],
            new double[networks],
            new double[networks]);
    try (Engine engine = request.openEngine();
        Curvature single = valley.curvature(engine, request);
        Curvature doubled = valley.curvature(engine, twins, request)) {
      double[] all = valley.descend(engine, request, descent.rate(), descent.steps(), networks);
      for (int i = 0; i < networks; i++) {
        double[] theta = Arrays.copyOfRange(all, i * size, (i + 1) * size);
        found.theta[i] = theta;
        ValleyFrame frame = ValleyFrame.of(single.at(theta), valley.curved(), request.seed());
        found.loss[i] = single.noise().value().loss();
        found.noiseless[i] = single.noise().noiseStrength() / frame.trace();
        found.eigenvalues[i] = frame.eigenvalues();
        found.next[i] = frame.next();
        found.slope[i] = -4 * frame.drift(1).traceRate(1);
        found.error[i] = frame.error() / Math.sqrt(frame.wholeSlope());
        found.misaligned[i] = misaligned(frame, doubled.at(theta), twins.deviation());
      }
    }
    return found;
  }

  /**
   * The descent to them.
   *
   * @param networks how many, each from weights of its own
   * @param rate η
   * @param steps iterations
   */
  public record Descent(int networks, double rate, int steps) {
    /** What {@link #of} reads, but for {@code networks}. */
    public static final SettingRows SETTINGS =
        SettingRows.of(
            row("descent-lr", "learning rate of the descent to the minima", "0.05", "0.02"),
            row("descent-steps", "its iterations", "8000", "30000"));

    /** From {@link #SETTINGS} and {@code networks}. */
    public static Descent of(Settings settings) {
      return new Descent(
          settings.integer("networks", 2),
          settings.positive("descent-lr"),
          settings.integer("descent-steps", 1));
    }
  }

  private static double misaligned(ValleyFrame frame, Curvature curvature, double deviation) {
    LinearOperator covariance = curvature.covariance();
    int n = frame.curved();
    double worst = 0;
    try (Arena arena = curvature.engine().arena()) {
      Tensor vector = arena.reserve(DType.FLOAT64, 1, curvature.dimension());
      Tensor product = arena.reserve(DType.FLOAT64, 1, curvature.dimension());
      arena.commit();
      for (int i = 0; i < n; i++) {
        curvature.engine().memory().write(vector, frame.vectors()[i]);
        covariance.apply(vector, product);
        double[] row = frame.coordinates(curvature.engine().memory().readDoubles(product));
        for (int j = 0; j < n; j++) {
          double scale =
              deviation * deviation * Math.sqrt(frame.eigenvalues()[i] * frame.eigenvalues()[j]);
          worst = Math.max(worst, Math.abs(row[j] / scale - (i == j ? 1 : 0)));
        }
      }
    }
    return worst;
  }

  /** How many. */
  public int networks() {
    return theta.length;
  }

  /** The largest eigenvalue of all. */
  public double largest() {
    return Arrays.stream(eigenvalues).mapToDouble(all -> all[0]).max().orElseThrow();
  }

  /** The least of the positive ones of all. */
  public double least() {
    return Arrays.stream(eigenvalues).mapToDouble(all -> all[all.length - 1]).min().orElseThrow();
  }

  /** tr H of one. */
  public double trace(int network) {
    return Arrays.stream(eigenvalues[network]).sum();
  }

  /** Three relaxation times 1/(ηλ) of the slowest direction: e^(−6) of its variance is missing. */
  public long settling(double learningRate) {
    return (long) Math.ceil(3 / (learningRate * least()));
  }

  /**
   * Steps of each of several intervals in which all together T loses a share under noise sH by
   * Theorem 1, mean of the networks.
   */
  public long interval(double share, int intervals, double learningRate, double strength) {
    double perStep = 0;
    for (int i = 0; i < networks(); i++) {
      perStep += learningRate * learningRate / 4 * strength * slope[i] / trace(i) / networks();
    }
    return Math.max(1, Math.round(share / perStep / intervals));
  }

  /** θ of all replicas (R·P), so many at each minimum. */
  public double[] replicas(int each) {
    int size = theta[0].length;
    double[] all = new double[networks() * each * size];
    for (int r = 0; r < networks() * each; r++) {
      System.arraycopy(theta[r / each], 0, all, r * size, size);
    }
    return all;
  }

  /**
   * Projects states (R·P): gradient descent at η = 1/λ₁ until the slowest direction has lost
   * {@value #DIGITS} digits.
   */
  public double[] project(
      ValleyNetwork valley, Engine engine, ExperimentRequest request, double... states) {
    double fastest = 1 / largest();
    long steps = (long) Math.ceil(DIGITS * Math.log(10) / (fastest * least()));
    int count = states.length / valley.network().parameterCount();
    return valley.descend(engine, request, fastest, steps, count, states);
  }

  /** θ of one replica of many. */
  public double[] one(double[] all, int replica) {
    int size = theta[0].length;
    return Arrays.copyOfRange(all, replica * size, (replica + 1) * size);
  }
}
