package org.noisescape.train;

import java.util.Arrays;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.PictureViews;
import org.noisescape.objective.ResidentData;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;

/** Mini-batches of one size: drawn, gathered, and taken through the network and back. */
final class BatchPass {
  private final TrainingPlan plan;
  private final ResidentData data;
  private final Engine engine;
  private final int batch;
  private final BoundNetwork bound;
  private final Tensor target;
  private final Tensor indices;
  private final Tensor step;
  private final PictureViews pictures;
  private final Tensor places;
  private final Tensor outputScale;
  private final Tensor losses;
  private final double[] scratch;

  /**
   * Reserves memory.
   *
   * @param plan what is trained
   * @param data where mini-batches come from
   * @param arena where memory is reserved
   * @param batch B
   * @param statistics running statistics, or null
   * @param step (2) int32, which step it is of all that have this batch
   */
  BatchPass(
      TrainingPlan plan,
      ResidentData data,
      Arena arena,
      int batch,
      Tensor statistics,
      Tensor step) {
    int replicas = plan.replicas();
    this.plan = plan;
    this.data = data;
    this.engine = arena.engine();
    this.batch = batch;
    BatchStatistics normalization =
        statistics == null ? BatchStatistics.none() : BatchStatistics.tracked(statistics);
    this.bound =
        plan.network().bind(arena, plan.dtype(), replicas, batch, Backward.YES, normalization);
    this.target = arena.reserve(plan.dtype(), bound.output().shape());
    this.indices = arena.reserve(DType.INT32, replicas, batch);
    this.outputScale = arena.reserve(DType.FLOAT64, replicas);
    this.losses = arena.reserve(DType.FLOAT64, replicas, batch);
    this.scratch = new double[replicas];
    this.step = step;
    this.pictures = plan.augmentation().isNone() ? null : pictures();
    this.places = pictures == null || !isIndependent() ? null : places(arena);
  }

  /** Whether mini-batches are independent of each other, so that there are no epochs. */
  private boolean isIndependent() {
    return plan.sampling() == Sampling.WITH_REPLACEMENT;
  }

  private PictureViews pictures() {
    PictureViews.Draws draws =
        new PictureViews.Draws(Purpose.AUGMENTATION, plan.seed(), plan.firstReplica());
    return new PictureViews(plan.augmentation(), data, draws, bound.input(), step);
  }

  /** 0, …, B − 1 for each replica. */
  private Tensor places(Arena arena) {
    Tensor numbers = arena.reserve(DType.INT32, indices.shape());
    int[] all = new int[indices.dim(0) * batch];
    Arrays.setAll(all, i -> i % batch);
    arena.onCommit(() -> engine.memory().write(numbers, all));
    return numbers;
  }

  int batch() {
    return batch;
  }

  /** Targets of the present mini-batch (R, B, K). */
  Tensor target() {
    return target;
  }

  /** Losses of its samples (R, B) float64. */
  Tensor losses() {
    return losses;
  }

  /** Writes what the cotangent of the mean loss is multiplied with. */
  void scale(double factor) {
    Arrays.fill(scratch, factor / batch);
    engine.memory().write(outputScale, scratch);
  }

  /**
   * Draws the mini-batch of a step and gathers it. Pictures have one view an epoch; where there are
   * no epochs, each draw has its own.
   */
  void draw(Tensor keys) {
    if (isIndependent()) {
      engine.random().drawIndices(indices, data.size(), keys, step);
    } else {
      engine.random().permuteIndices(indices, data.size(), keys, step);
    }
    if (pictures == null) {
      engine.indexing().gather(data.features(), indices, bound.input());
    } else if (isIndependent()) {
      pictures.gather(indices, places, 1);
    } else {
      pictures.gather(indices, indices, data.size() / batch);
    }
    engine.indexing().gather(data.targets(), indices, target);
  }

  /** Losses at θ, and the cotangents of the outputs. */
  void forward(Tensor[] theta) {
    bound.layer().forward(theta);
    plan.loss()
        .evaluate(engine, bound.output(), target, batch, outputScale, losses, bound.outputBar());
  }

  /** The gradient at the θ of the forward pass, into or onto a vector. */
  void backward(Tensor[] theta, Tensor[] gradient, Accumulation accumulation) {
    bound.layer().backward(theta, gradient, accumulation, null);
  }
}
