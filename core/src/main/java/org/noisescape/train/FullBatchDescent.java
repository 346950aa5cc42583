package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * Gradient descent on the whole data set, θ ← θ − ηu with u = rules(∇L(θ)), until L(θ) is below a
 * threshold.
 *
 * <p>Every descent begins at step 0 with empty optimizer state. ∇L is summed over chunks ({@link
 * EmpiricalRisk}), so that its memory does not grow with the data; an iteration allocates nothing.
 * Cost: a gradient of the data set an iteration, and one to see that the threshold is reached.
 */
public final class FullBatchDescent {
  /** How a descent ended. */
  public enum Status {
    /** L is below the threshold. */
    REACHED,
    /** L is not below it after the most iterations allowed. */
    EXHAUSTED,
    /** L is not finite. */
    DIVERGED,
    /** It was asked to stop. */
    STOPPED
  }

  /**
   * The end of a descent.
   *
   * @param status how it ended
   * @param iterations updates of θ
   * @param loss L at the last θ
   */
  public record Result(Status status, long iterations, double loss) {
    /** Whether L is below the threshold. */
    public boolean reached() {
      return status == Status.REACHED;
    }
  }

  private final Engine engine;
  private final EmpiricalRisk risk;
  private final Tensor theta;
  private final Tensor direction;
  private final Tensor step;
  private final Tensor negatedLearningRate;
  private final Tensor[] thetaViews;
  private final Tensor[] directionViews;
  private final RuleMemory rules;
  private final List<Runnable> actions = new ArrayList<>();
  private final double[] loss = new double[1];
  private boolean started;

  /**
   * Reserves memory.
   *
   * @param risk L, of one replica and bound for gradients
   * @param rules chain from gradient to direction; empty for plain descent
   * @param learningRate η
   * @param seed of rules that draw
   * @param dtype element type of θ
   * @param arena where memory is reserved
   */
  public FullBatchDescent(
      EmpiricalRisk risk,
      List<UpdateRule> rules,
      double learningRate,
      long seed,
      DType dtype,
      Arena arena) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be a number > 0, got " + learningRate);
    }
    int parameters = risk.network().parameterCount();
    this.engine = arena.engine();
    this.risk = risk;
    this.theta = arena.reserve(dtype, 1, parameters);
    this.direction = arena.reserve(dtype, 1, parameters);
    this.step = arena.reserve(DType.INT32, 2);
    this.negatedLearningRate = arena.reserve(DType.FLOAT64, 1);
    this.thetaViews = risk.network().view(theta);
    this.directionViews = risk.network().view(direction);
    this.rules = new RuleMemory(theta, direction, step, seed, 0);
    for (UpdateRule rule :
        RuleStages.of(rules).requireDirections("descent on the whole data set").directions()) {
      actions.add(rule.bind(this.rules));
    }
    arena.onCommit(() -> engine.memory().fill(negatedLearningRate, -learningRate));
  }

  /**
   * Descends.
   *
   * @param from θ (P) to begin at
   * @param threshold of L
   * @param most iterations allowed
   * @param stop asked before every iteration
   */
  public Result run(double[] from, double threshold, long most, BooleanSupplier stop) {
    start(from);
    for (long done = 0; ; done++) {
      risk.gradient(thetaViews, directionViews, loss);
      if (!Double.isFinite(loss[0])) {
        return new Result(Status.DIVERGED, done, loss[0]);
      }
      if (loss[0] < threshold) {
        return new Result(Status.REACHED, done, loss[0]);
      }
      if (done == most) {
        return new Result(Status.EXHAUSTED, done, loss[0]);
      }
      if (stop.getAsBoolean()) {
        return new Result(Status.STOPPED, done, loss[0]);
      }
      rules.moveTo(done, 0, 0);
      for (int i = 0; i < actions.size(); i++) {
        actions.get(i).run();
      }
      engine.linearAlgebra().axpy(negatedLearningRate, direction, theta);
      engine.random().advance(step);
    }
  }

  private void start(double[] from) {
    if (from.length != theta.size()) {
      throw new IllegalArgumentException(
          "model %s has %d parameters, got %d"
              .formatted(risk.network().name(), theta.size(), from.length));
    }
    assert Finite.all("parameters to begin at", from);
    started = true;
    engine.memory().write(theta, from);
    engine.memory().write(step, 0, 0);
    for (Tensor state : rules.states()) {
      engine.memory().fill(state, 0);
    }
  }

  /** θ (1, P), where the last descent ended. */
  public Tensor theta() {
    if (!started) {
      throw new IllegalStateException("descend first: run(from, threshold, most, stop)");
    }
    return theta;
  }
}
