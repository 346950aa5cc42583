package org.noisescape.train;

import java.util.Arrays;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.LayerDraws;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.PictureViews;
import org.noisescape.objective.ResidentData;
import org.noisescape.optim.RuleMemory;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.LossTally;
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
  private final Tensor now;
  private final PictureViews pictures;
  private final Tensor places;
  private final Tensor outputScale;
  private final Tensor losses;
  private final double[] scratch;
  private Tensor norms;

  /**
   * Reserves memory.
   *
   * @param plan what is trained
   * @param data where mini-batches come from
   * @param arena where memory is reserved
   * @param batch B
   * @param statistics running statistics, or null
   * @param step (2) int32, which step it is of all that have this batch
   * @param now (2) int32, which step it is of all, once the mini-batch is drawn
   * @param follows whether the latter is the former then
   */
  BatchPass(
      TrainingPlan plan,
      ResidentData data,
      Arena arena,
      int batch,
      Tensor statistics,
      Tensor step,
      Tensor now,
      boolean follows) {
    int replicas = plan.replicas();
    this.plan = plan;
    this.data = data;
    this.engine = arena.engine();
    this.batch = batch;
    BatchStatistics normalization =
        statistics == null ? BatchStatistics.none() : BatchStatistics.tracked(statistics);
    LayerDraws draws = new LayerDraws(now, layer -> dropoutKeys(plan, arena, layer));
    this.bound =
        plan.network()
            .bind(arena, plan.dtype(), replicas, batch, Backward.YES, normalization, draws);
    this.target = arena.reserve(plan.dtype(), bound.output().shape());
    this.indices = arena.reserve(DType.INT32, replicas, batch);
    this.outputScale = arena.reserve(DType.FLOAT64, replicas);
    this.losses = arena.reserve(DType.FLOAT64, replicas, batch);
    this.scratch = new double[replicas];
    this.step = step;
    this.now = follows ? now : null;
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

  /** Keys (R, 2) of the n-th layer that draws. */
  private static Tensor dropoutKeys(TrainingPlan plan, Arena arena, int layer) {
    Tensor keys = arena.reserve(DType.INT32, plan.replicas(), 2);
    Purpose purpose = Purpose.DROPOUT.user(layer);
    int[] words = RuleMemory.keyWords(plan.seed(), purpose, plan.firstReplica(), plan.replicas());
    arena.onCommit(() -> arena.engine().memory().write(keys, words));
    return keys;
  }

  int batch() {
    return batch;
  }

  /** Has backward passes fill {@link #norms}. */
  void reserveNorms(Arena arena) {
    norms = arena.reserve(DType.FLOAT64, plan.replicas(), batch);
  }

  /** What the squared norms of per-sample gradients are added to (R, B) float64, or null. */
  Tensor norms() {
    return norms;
  }

  /** Losses of the present mini-batch (R, B) float64. */
  Tensor losses() {
    return losses;
  }

  /** Features of the present mini-batch (R, B, D). */
  Tensor features() {
    return bound.input();
  }

  /** Targets of the present mini-batch (R, B, K). */
  Tensor target() {
    return target;
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
    Sampling sampling = plan.sampling();
    Tensor targets = data.targets();
    if (pictures == null) {
      Tensor features = data.features();
      engine
          .indexing()
          .drawBatch(sampling, keys, step, now, indices, features, bound.input(), targets, target);
      return;
    }
    engine.indexing().drawBatch(sampling, keys, step, now, indices, null, null, targets, target);
    if (isIndependent()) {
      pictures.gather(indices, places, 1);
    } else {
      pictures.gather(indices, indices, data.size() / batch);
    }
  }

  /** Losses at θ, and the cotangents of the outputs. */
  void forward(Tensor[] theta) {
    bound.layer().forward(theta);
    Tensor f = bound.output();
    plan.loss().evaluate(engine, f, target, batch, outputScale, losses, bound.outputBar());
  }

  /** As {@link #forward(Tensor[])}, and counts the losses. */
  void forward(Tensor[] theta, LossTally tally) {
    bound.layer().forward(theta);
    Tensor f = bound.output();
    plan.loss().evaluate(engine, f, target, batch, outputScale, losses, bound.outputBar(), tally);
  }

  /** The gradient at the θ of the forward pass, into or onto a vector, and norms where wanted. */
  void backward(Tensor[] theta, Tensor[] gradient, Accumulation accumulation, Tensor sampleNorms) {
    bound.layer().backward(theta, gradient, accumulation, sampleNorms);
  }
}
