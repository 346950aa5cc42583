package org.noisescape.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * Single steps as instruments see them: those at whose end a probe measures that {@linkplain
 * Probe#observesSteps observes steps}.
 *
 * <p>Only these run another program, which keeps what was asked for: the mini-batch gradient g, the
 * direction u of θ′ = θ − ηu, and, where wanted, θ and ‖g_n‖² of every sample, which come out of
 * the step's own backward pass. All other steps are what they would be without it. A step of plain
 * SGD that is observed keeps its gradient in a vector, which rounds differently from adding −ηg to
 * θ within the backward pass; with rules no bit of the trajectory changes.
 *
 * <p>Shapes: g, u, θ (R, P); norms and losses (R, B), entry (r, n) at r·B + n.
 */
public final class ObservedStep {
  private static final String AT = "observed.at";
  private static final String RATE = "observed.rate";
  private static final String GRADIENT = "observed.gradient";
  private static final String DIRECTION = "observed.direction";
  private static final String THETA = "observed.theta";
  private static final String NORMS = "observed.norms";
  private static final String LOSSES = "observed.losses";

  /**
   * A mini-batch as the network reads it; overwritten by the next step.
   *
   * @param features (R, B, D)
   * @param targets (R, B, K), as the rules made them
   */
  public record MiniBatch(Tensor features, Tensor targets) {}

  /** What a training step tells of itself. */
  interface Source {
    /** Steps done. */
    long done();

    /** θ (R, P). */
    Tensor theta();

    /** The mini-batch of a step; the run goes on as if it had not been drawn. */
    MiniBatch draw(long index);

    /** Samples of the mini-batch of a step. */
    int batch(long index);
  }

  private boolean wanted;
  private boolean keepsTheta;
  private boolean keepsNorms;
  private Source step;
  private Engine engine;
  private Tensor theta;
  private Tensor before;
  private Tensor gradient;
  private Tensor direction;
  private Tensor[] directionViews;
  private long at = -1;
  private double learningRate;
  private double[] norms = {};
  private double[] losses = {};

  ObservedStep() {}

  /** Asks for gradient, direction and losses; before memory is taken, as all wishes. */
  public void want() {
    wanted = true;
  }

  /** Asks for θ before the step too. */
  public void wantTheta() {
    wanted = true;
    keepsTheta = true;
  }

  /**
   * Asks for ‖g_n‖² of every sample too; nothing comes of it where batch normalisation couples the
   * samples, so that they have no gradients of their own.
   */
  public void wantNorms() {
    wanted = true;
    keepsNorms = true;
  }

  boolean isWanted() {
    return wanted;
  }

  boolean keepsNorms() {
    return keepsNorms;
  }

  /**
   * Reserves what was asked for.
   *
   * @param of the step
   * @param given its direction, or null where it has none
   * @param rules whether the direction becomes another vector than the gradient
   */
  void reserve(Source of, Tensor given, boolean rules, TrainingPlan plan) {
    step = of;
    theta = of.theta();
    Arena arena = theta.arena();
    engine = arena.engine();
    direction = given == null ? arena.reserve(theta.dtype(), theta.shape()) : given;
    directionViews = plan.network().view(direction);
    gradient = rules ? arena.reserve(theta.dtype(), theta.shape()) : direction;
    before = keepsTheta ? arena.reserve(theta.dtype(), theta.shape()) : null;
    keepsNorms &= plan.network().runningStatisticsCount() == 0;
  }

  /** In the program: before anything of the step. */
  void begin() {
    if (before != null) {
      engine.memory().copy(theta, before);
    }
  }

  /** In the program: the direction holds the gradient at θ. */
  void gradientReady() {
    if (gradient != direction) {
      engine.memory().copy(direction, gradient);
    }
  }

  Tensor[] directionViews() {
    return directionViews;
  }

  /** The step was done. */
  void done(double rate, BatchPass pass) {
    at = step.done();
    learningRate = rate;
    losses = engine.memory().readDoubles(pass.losses());
    if (keepsNorms) {
      norms = engine.memory().readDoubles(pass.norms());
      // the pass saw ℓ/B
      double unscale = (double) pass.batch() * pass.batch();
      for (int i = 0; i < norms.length; i++) {
        norms[i] *= unscale;
      }
    }
  }

  /** Steps done at the end of the step that was observed last; −1 before the first. */
  public long at() {
    return at;
  }

  /** η of that step. */
  public double learningRate() {
    return learningRate;
  }

  /** ‖g_n‖², (R, B); empty where nobody asked, or samples are coupled. */
  public double[] norms() {
    return norms.clone();
  }

  /** ℓ_n (R, B). */
  public double[] losses() {
    return losses.clone();
  }

  /** The mini-batch gradient g (R, P). */
  public Tensor gradient() {
    return gradient;
  }

  /** The direction u (R, P). */
  public Tensor direction() {
    return direction;
  }

  /** θ before the step (R, P), or null where nobody asked. */
  public Tensor thetaBefore() {
    return before;
  }

  /**
   * The mini-batch of a step, drawn again, or in advance; the run goes on as if it had not been.
   *
   * @param index steps done before it
   */
  public MiniBatch miniBatch(long index) {
    return step.draw(index);
  }

  /** For the checkpoint of a run that is stopped before a measurement is through. */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    if (at >= 0 && at == step.done()) {
      Memory memory = engine.memory();
      state.put(AT, new double[] {at});
      state.put(RATE, new double[] {learningRate});
      state.put(GRADIENT, memory.readDoubles(gradient));
      state.put(DIRECTION, memory.readDoubles(direction));
      if (before != null) {
        state.put(THETA, memory.readDoubles(before));
      }
      state.put(NORMS, norms.clone());
      state.put(LOSSES, losses.clone());
    }
    return state;
  }

  /**
   * Puts the step as it was seen, where a state has one.
   *
   * @throws IllegalArgumentException where it is one of another run
   */
  public void restore(Map<String, double[]> state) {
    if (!state.containsKey(AT)) {
      return;
    }
    long seen = (long) state.get(AT)[0];
    if (seen != step.done()) {
      throw new IllegalArgumentException(
          "'%s' must be %d, the steps done, got %d".formatted(AT, step.done(), seen));
    }
    put(state, GRADIENT, gradient);
    put(state, DIRECTION, direction);
    if (before != null) {
      put(state, THETA, before);
    }
    int samples = theta.dim(0) * step.batch(seen - 1);
    losses = numbers(state, LOSSES, samples);
    norms = numbers(state, NORMS, keepsNorms ? samples : 0);
    learningRate = numbers(state, RATE, 1)[0];
    at = seen;
  }

  private void put(Map<String, double[]> state, String name, Tensor target) {
    engine.memory().write(target, numbers(state, name, Math.toIntExact(target.size())));
  }

  private static double[] numbers(Map<String, double[]> state, String name, int count) {
    double[] values = state.getOrDefault(name, new double[0]);
    if (values.length != count) {
      throw new IllegalArgumentException(
          "the checkpoint keeps %d numbers of '%s', this run %d"
              .formatted(values.length, name, count));
    }
    return values;
  }
}
