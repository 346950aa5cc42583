package org.noisescape.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
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
  private final StepCourse course;
  private final List<Tensor> states = new ArrayList<>();
  private List<Segment> weightSegments;
  private final Map<Purpose, Integer> users = new HashMap<>();

  /**
   * A stretch of every row of θ.
   *
   * @param start its first parameter
   * @param size how many
   */
  public record Segment(long start, int size) {}

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
    this.course = new StepCourse(arena, theta.dim(0));
    this.weightSegments = List.of(new Segment(0, theta.dim(1)));
  }

  /** Says which parameters are weights, as opposed to biases and scales; all, unless said. */
  public void weightSegments(List<Segment> segments) {
    weightSegments = List.copyOf(segments);
  }

  /** The parameters that are weights. */
  public List<Segment> weightSegments() {
    return weightSegments;
  }

  /**
   * What binds a rule some of whose parameters follow schedules.
   *
   * @param schedules by parameter
   * @param binding binds the rule to this memory
   */
  public <T> T following(Map<String, Schedule> schedules, Supplier<T> binding) {
    course.schedules(schedules);
    try {
      return binding.get();
    } finally {
      course.schedules(Map.of());
    }
  }

  /**
   * Writes what changes from step to step, before the step runs.
   *
   * @param steps steps done
   * @param epoch epochs done, fractions included
   * @param epochs epochs of the whole run
   */
  public void moveTo(long steps, double epoch, double epochs) {
    course.moveTo(steps, epoch, epochs);
  }

  /** Whether a step needs nothing written: {@link #moveTo} it would do nothing. */
  public boolean restsAt(long steps, double epoch, double epochs) {
    return course.restsAt(steps, epoch, epochs);
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

  /** A tensor of zeros, without memory from step to step. */
  public Tensor reserve(DType dtype, int... shape) {
    return arena.reserve(dtype, shape);
  }

  /** A number per replica, (R) float64, that may follow schedules. */
  public Tensor coefficient(ToDoubleFunction<StepValues> value) {
    return course.varying(
        arena.reserve(DType.FLOAT64, theta.dim(0)),
        1,
        (now, into) -> into[0] = value.applyAsDouble(now));
  }

  /** A constant per replica, (R) float64. */
  public Tensor coefficient(double value) {
    return coefficient(now -> value);
  }

  /** Numbers per replica, (R, columns) float64, that may follow schedules or the step. */
  public Tensor varying(int columns, BiConsumer<StepValues, double[]> values) {
    return course.varying(
        arena.reserve(DType.FLOAT64, theta.dim(0), columns), columns, values::accept);
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
    return RandomKey.words(seed, purpose, first, count);
  }
}
