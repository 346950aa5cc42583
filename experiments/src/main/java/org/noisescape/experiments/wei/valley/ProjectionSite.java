package org.noisescape.experiments.wei.valley;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.linop.StopCheck;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.RiskValue;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.FullBatchDescent;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingState;
import org.noisescape.train.TrainingStep;

/**
 * Everything that a path needs of a network: SGD step by step, gradient descent, the loss of any θ
 * on training and test samples, and the Hessian.
 *
 * <p>All of them mean the same L(θ) and share the training samples in memory. Of one replica.
 */
final class ProjectionSite implements AutoCloseable {
  private final TrainedModel model;
  private final TrainingPlan plan;
  private final Engine engine;
  private final Arena arena;
  private final EmpiricalRisk train;
  private final EmpiricalRisk test;
  private final TrainingStep step;
  private final FullBatchDescent descent;
  private final Tensor theta;
  private final Tensor[] views;
  private final TrainingState beginning;
  private final StopCheck check = new StopCheck();
  private Curvature curvature;

  /**
   * Takes engine and memory.
   *
   * @param model network, loss, data and rules
   * @param stop whether a pass ends with a {@link org.noisescape.linop.StoppedException}
   * @param start θ (P) SGD begins with
   */
  ProjectionSite(TrainedModel model, BooleanSupplier stop, double... start) {
    this.check.when(stop);
    this.model = model;
    this.plan = model.plan();
    this.engine = model.configuration().openEngine();
    this.arena = engine.arena();
    try {
      ResidentData data = plan.resident(model.train(), arena);
      Optional<ResidentData> held = model.test().map(samples -> plan.resident(samples, arena));
      this.train = risk(data, Backward.YES);
      this.test = held.map(samples -> risk(samples, Backward.NO)).orElse(null);
      this.step = new TrainingStep(plan, data, arena, List.of());
      this.descent =
          new FullBatchDescent(
              train, plan.rules(), plan.learningRate(), plan.seed(), plan.dtype(), arena);
      this.theta = arena.reserve(plan.dtype(), 1, plan.network().parameterCount());
      this.views = plan.network().view(theta);
      arena.commit();
      TrainingState fresh = step.state(0, List.of());
      this.beginning =
          new TrainingState(
              0,
              0,
              start.clone(),
              plan.network().initialRunningStatistics(1),
              fresh.optimizer(),
              List.of());
    } catch (RuntimeException | OutOfMemoryError e) {
      close();
      throw e;
    }
  }

  /** With batch normalisation, L(θ) is the mean over fixed batches, each normalised by itself. */
  private EmpiricalRisk risk(ResidentData data, Backward backward) {
    RiskOptions options = RiskOptions.values().with(backward);
    if (plan.network().runningStatisticsCount() > 0) {
      options =
          options.withChunk(wholeBatch(data.size())).withStatistics(BatchStatistics.ofBatch());
    }
    return new EmpiricalRisk(data, arena, options).stoppedBy(check);
  }

  /** The largest batch, not larger than that of SGD, of which the samples make whole ones. */
  private int wholeBatch(int samples) {
    int batch = Math.min(plan.batch(), samples);
    while (samples % batch != 0) {
      batch--;
    }
    return batch;
  }

  /** SGD before its first step. */
  TrainingState beginning() {
    return beginning;
  }

  /** Steps of an epoch of SGD. */
  int stepsPerEpoch() {
    return plan.stepsPerEpoch(model.train().size());
  }

  /** Goes on with SGD from a state to a step: the same steps as those of the training. */
  TrainingState advance(TrainingState from, long to) {
    step.restore(from);
    while (step.done() < to) {
      step.run(plan.learningRate() * step.timeline().rateFactor(step.done()));
    }
    return step.state((double) to / stepsPerEpoch(), List.of());
  }

  /**
   * Projects: gradient descent by the rules of SGD, with no velocity at first.
   *
   * @param from a state of SGD
   * @param threshold of L
   * @param most iterations
   * @param stop asked before every iteration
   */
  PathStore.Kept project(TrainingState from, double threshold, long most, BooleanSupplier stop) {
    FullBatchDescent.Result end = descent.run(from.theta(), threshold, most, stop);
    double[] projected = engine.memory().readDoubles(descent.theta());
    RiskValue onTrain = at(train, projected);
    Optional<RiskValue> onTest = Optional.ofNullable(test).map(risk -> at(risk, projected));
    return new PathStore.Kept(
        new ProjectedPoint(
            from.step(),
            from.epoch(),
            end.status(),
            end.iterations(),
            onTrain.loss(),
            onTrain.accuracy(),
            onTest.map(RiskValue::loss).orElse(Double.NaN),
            onTest.map(RiskValue::accuracy).orElse(Double.NaN),
            distance(projected, from.theta())),
        projected);
  }

  /** L(θ) on the training samples. */
  double loss(double... at) {
    return at(train, at).loss();
  }

  private RiskValue at(EmpiricalRisk risk, double... at) {
    engine.memory().write(theta, at);
    return risk.value(views)[0];
  }

  /** The Hessian and its like at θ, on the training samples. */
  Curvature curvature(double... at) {
    if (curvature == null) {
      curvature =
          Curvature.over(
              engine,
              plan.network(),
              plan.loss(),
              model.train(),
              plan.network().runningStatisticsCount() > 0
                  ? CurvatureOptions.of(plan.dtype()).ofBatches(wholeBatch(model.train().size()))
                  : CurvatureOptions.of(plan.dtype()));
      curvature.stop().when(check::requested);
    }
    return curvature.at(at);
  }

  /** ‖x − y‖. */
  static double distance(double[] x, double[] y) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(squares);
  }

  @Override
  public void close() {
    if (curvature != null) {
      curvature.close();
    }
    arena.close();
    engine.close();
  }
}
