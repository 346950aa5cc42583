package org.noisescape.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Tensor;

/**
 * What a chain of rules works on: θ, the direction u, the step counter, and what rules reserve.
 *
 * <p>Shapes: θ, u and state vectors (R, P); coefficients (R) float64; keys (R, 2); step (2) int32.
 */
public final class RuleMemory {
  private final Arena arena;
  private final Tensor theta;
  private final Tensor direction;
  private final Tensor step;
  private final long seed;
  private final int firstReplica;
  private final List<Tensor> states = new ArrayList<>();
  private final Map<Purpose, Integer> users = new HashMap<>();

  /**
   * Memory of one optimizer.
   *
   * @param theta parameters (R, P)
   * @param direction direction (R, P), holding the gradient before the first rule
   * @param step step counter (2) int32
   * @param seed seed of the run
   * @param firstReplica number of the first replica within the run
   */
  public RuleMemory(Tensor theta, Tensor direction, Tensor step, long seed, int firstReplica) {
    this.arena = theta.arena();
    this.theta = theta;
    this.direction = direction;
    this.step = step;
    this.seed = seed;
    this.firstReplica = firstReplica;
  }

  /** The engine. */
  public Engine engine() {
    return arena.engine();
  }

  /** θ (R, P), as it is before the step. */
  public Tensor theta() {
    return theta;
  }

  /** u (R, P). */
  public Tensor direction() {
    return direction;
  }

  /** Step counter (2) int32. */
  public Tensor step() {
    return step;
  }

  /** A state vector (R, P), zero at step 0, kept in checkpoints in the order of these calls. */
  public Tensor state() {
    Tensor state = arena.reserve(theta.dtype(), theta.shape());
    states.add(state);
    return state;
  }

  /** A vector (R, P) without memory from step to step. */
  public Tensor scratch() {
    return arena.reserve(theta.dtype(), theta.shape());
  }

  /** A constant tensor of the type of θ. */
  public Tensor constant(double[] values, int... shape) {
    assert Finite.all("constants of an update rule", values);
    Tensor constant = arena.reserve(theta.dtype(), shape);
    arena.onCommit(() -> engine().memory().write(constant, values));
    return constant;
  }

  /** A constant per replica, (R) float64. */
  public Tensor coefficient(double value) {
    assert Finite.all("coefficient of an update rule", value);
    Tensor coefficient = arena.reserve(DType.FLOAT64, theta.dim(0));
    double[] values = new double[theta.dim(0)];
    Arrays.fill(values, value);
    arena.onCommit(() -> engine().memory().write(coefficient, values));
    return coefficient;
  }

  /**
   * Keys of all replicas for one purpose, (R, 2) int32. Who asks again for the same gets keys of
   * its own, so that no two rules of a chain draw the same numbers.
   */
  public Tensor keys(Purpose purpose) {
    Purpose own = purpose.user(users.merge(purpose, 1, Integer::sum) - 1);
    Tensor keys = arena.reserve(DType.INT32, theta.dim(0), 2);
    int[] words = keyWords(seed, own, firstReplica, theta.dim(0));
    arena.onCommit(() -> engine().memory().write(keys, words));
    return keys;
  }

  /** The state vectors, in the order they were asked for. */
  public List<Tensor> states() {
    return List.copyOf(states);
  }

  /** Keys of replicas first, …, first + count − 1 as pairs of words, low word first. */
  public static int[] keyWords(long seed, Purpose purpose, int first, int count) {
    int[] words = new int[2 * count];
    RandomKey[] keys = RandomKey.replicas(seed, purpose, first, count);
    for (int r = 0; r < count; r++) {
      words[2 * r] = (int) keys[r].value();
      words[2 * r + 1] = (int) (keys[r].value() >>> 32);
    }
    return words;
  }
}
