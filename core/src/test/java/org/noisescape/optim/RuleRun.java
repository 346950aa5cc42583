package org.noisescape.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;

/** A chain of rules on R parameter vectors, with gradients computed here. */
final class RuleRun implements AutoCloseable {
  private final Engine engine;
  private final Arena arena;
  private final Tensor theta;
  private final Tensor direction;
  private final Tensor step;
  private final Tensor negatedRate;
  private final RuleMemory memory;
  private long done;
  private final List<Runnable> actions = new ArrayList<>();

  RuleRun(
      EngineUnderTest on,
      String optimizer,
      DType dtype,
      long seed,
      int firstReplica,
      int replicas,
      double... start) {
    this.engine = on.engine();
    this.arena = engine.arena();
    this.theta = arena.reserve(dtype, replicas, start.length / replicas);
    this.direction = arena.reserve(dtype, theta.shape());
    this.step = arena.reserve(DType.INT32, 2);
    this.negatedRate = arena.reserve(DType.FLOAT64, replicas);
    this.memory = new RuleMemory(theta, direction, step, seed, firstReplica);
    for (UpdateRule rule : Optimizers.parse(optimizer)) {
      actions.add(rule.bind(memory));
    }
    arena.commit();
    engine.memory().write(theta, start);
  }

  /** Sets the step counter. */
  RuleRun at(long value) {
    done = value;
    engine.memory().write(step, (int) value, (int) (value >>> 32));
    return this;
  }

  /** θ ← θ − η u with u made of the gradient at θ; returns u. */
  double[] step(double rate, UnaryOperator<double[]> gradient) {
    engine.memory().write(direction, gradient.apply(theta()));
    memory.moveTo(done++, 0, 0);
    actions.forEach(Runnable::run);
    double[] negated = new double[theta.dim(0)];
    Arrays.fill(negated, -rate);
    engine.memory().write(negatedRate, negated);
    engine.linearAlgebra().axpy(negatedRate, direction, theta);
    engine.random().advance(step);
    return engine.memory().readDoubles(direction);
  }

  double[] theta() {
    return engine.memory().readDoubles(theta);
  }

  @Override
  public void close() {
    arena.close();
  }
}
