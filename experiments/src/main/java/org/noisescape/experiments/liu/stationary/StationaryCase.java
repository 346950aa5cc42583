package org.noisescape.experiments.liu.stationary;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.optim.UpdateRule;

/**
 * One system in its stationary state.
 *
 * @param label which one
 * @param landscape L
 * @param noise of the gradient
 * @param rules from gradient to direction
 * @param learningRate of the step, 1 where a preconditioner carries it
 * @param minimum w*
 * @param contraction largest modulus by which a step multiplies the mean of w, less than 1
 * @param predictions what is measured
 */
public record StationaryCase(
    Label label,
    Landscape landscape,
    LandscapeNoise noise,
    List<UpdateRule> rules,
    double learningRate,
    double[] minimum,
    double contraction,
    List<Prediction> predictions) {
  /** Residue of the start in second moments when measuring begins. */
  private static final double RESIDUE = 1e-6;

  /** Multiplicative noise slows second moments down; at 0.95 of its bound by less than this. */
  private static final int SLOWER = 2;

  /** Snapshots are at least so many steps apart, to keep threads busy in between. */
  private static final int LEAST_DISTANCE = 4;

  /**
   * Which system it is.
   *
   * @param panel part of the figure
   * @param noise kind of noise
   * @param method update rule
   * @param learningRate λ
   * @param momentum μ
   * @param batch S, 0 for noise that is not of mini-batches
   * @param x abscissa in the figure
   */
  public record Label(
      String panel,
      String noise,
      String method,
      double learningRate,
      double momentum,
      int batch,
      double x) {}

  /** Requires a step that contracts: nothing else has a stationary state. */
  public StationaryCase {
    rules = List.copyOf(rules);
    predictions = List.copyOf(predictions);
    if (!(contraction < 1)) {
      throw new IllegalArgumentException(
          "a stationary state needs a step that contracts, got " + contraction);
    }
  }

  /** The same with more that is measured. */
  public StationaryCase plus(List<Prediction> more) {
    List<Prediction> all = new ArrayList<>(predictions);
    all.addAll(more);
    return new StationaryCase(
        label, landscape, noise, rules, learningRate, minimum, contraction, all);
  }

  /** Steps from the minimum until the start is forgotten. */
  long burnIn() {
    return (long) Math.ceil(SLOWER * Math.log(1 / RESIDUE) * correlation());
  }

  /** Steps between two snapshots. */
  long distance() {
    return Math.max(LEAST_DISTANCE, Math.round(correlation()));
  }

  /** Time in steps in which a second moment forgets, 1/(−2 ln contraction). */
  private double correlation() {
    return 1 / (-2 * Math.log(Math.max(contraction, 1e-3)));
  }

  /**
   * Largest modulus of a root of z² − (1+μ−λk(1−μν))z + μ − λkμ(1−ν), quasi-hyperbolic momentum.
   *
   * @param x λk
   */
  public static double contraction(double mu, double nu, double x) {
    double half = 0.5 * (1 + mu - x * (1 - mu * nu));
    double product = mu - x * mu * (1 - nu);
    double discriminant = half * half - product;
    return discriminant < 0 ? Math.sqrt(product) : Math.abs(half) + Math.sqrt(discriminant);
  }

  /** The same for heavy ball without dampening. */
  public static double contraction(double mu, double x) {
    return contraction(mu, 1, x / (1 - mu));
  }
}
