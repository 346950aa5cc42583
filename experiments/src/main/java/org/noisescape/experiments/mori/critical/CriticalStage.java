package org.noisescape.experiments.mori.critical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.ExperimentRun;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;

/**
 * The minima of one (η_ini, B_ini): pre-training, curvature and ramps.
 *
 * @param index number of the stage: its ramps draw mini-batches of their own
 * @param training the pre-training
 * @param iterations its steps
 * @param plan of the ramps
 */
record CriticalStage(int index, TrainConfiguration training, int iterations, RampPlan plan) {
  /** More replicas than any ensemble has. */
  private static final int APART = 1 << 16;

  String name() {
    return "lr-%s-batch-%d".formatted(training.learningRate(), training.batch());
  }

  /**
   * Runs what is missing.
   *
   * @return a point a seed; empty where it was stopped
   */
  Optional<List<CriticalPoint>> run(ExperimentRun run) {
    ExperimentRequest request = run.request();
    double rate = training.learningRate();
    int batch = training.batch();
    Path stage =
        run.train(
            "training/" + name(),
            "pre-training at eta %s, B %d".formatted(rate, batch),
            "lr",
            training);
    List<CriticalMinimum> minima = new ArrayList<>();
    for (int seed = 0; seed < training.replicas(); seed++) {
      if (request.stop().getAsBoolean()) {
        return Optional.empty();
      }
      minima.add(CriticalMinimum.measure(stage, iterations, rate, batch, seed, request));
    }
    TrainedModel model = request.model(RunDirectory.checkpointOf(stage, iterations));
    EnsembleStage.Result fast = ramps(run, model, plan.fast(), plan.replicas(), false);
    if (!fast.complete()) {
      return Optional.empty();
    }
    EnsembleStage.Result slowly = ramps(run, model, plan.slow(), plan.slowReplicas(), true);
    if (!slowly.complete()) {
      return Optional.empty();
    }
    List<CriticalPoint> points = new ArrayList<>();
    for (int seed = 0; seed < minima.size(); seed++) {
      points.add(
          new CriticalPoint(
              minima.get(seed),
              plan.batch(),
              part(plan.fast(), fast, seed, plan.replicas()),
              part(plan.slow(), slowly, seed, plan.slowReplicas())));
    }
    return Optional.of(points);
  }

  /** The replicas that left the minimum of a seed. */
  private CriticalRamp part(RateRamp ramp, EnsembleStage.Result all, int seed, int replicas) {
    return CriticalRamp.of(ramp, plan.factors(), all.snapshots(), seed * replicas, replicas);
  }

  private EnsembleStage.Result ramps(
      ExperimentRun run, TrainedModel model, RateRamp ramp, int replicas, boolean slow) {
    ExperimentRequest request = run.request();
    int size = model.network().parameterCount();
    double[] start = new double[training.replicas() * replicas * size];
    for (int r = 0; r < training.replicas() * replicas; r++) {
      System.arraycopy(model.theta(), r / replicas * size, start, r * size, size);
    }
    NetworkPlan ensemble =
        NetworkPlan.of(model.network(), model.loss())
            .learningRate(ramp.initial())
            .batch(plan.batch())
            .start(start)
            .detecting(RampPlan.FORGOTTEN)
            .lookEvery(Math.toIntExact(ramp.hold()))
            .seed(request.seed())
            .firstReplica((2 * index + (slow ? 2 : 1)) * APART)
            .replicas(training.replicas() * replicas)
            .dtype(request.precision().dtype())
            .build();
    EnsembleSchedule schedule =
        EnsembleSchedule.to(ramp.stepsTo(plan.to())).snapshots(ramp.hold()).ramped(ramp);
    String speed = slow ? "slow" : "ramp";
    String file = "ramps/%s-%s.safetensors".formatted(name(), speed);
    try (Engine engine = request.openEngine();
        ReplicaProgram program = ensemble.program(engine, model.train())) {
      EnsembleStage.Result result =
          new EnsembleStage("%s from %s".formatted(speed, name()), schedule)
              .run(
                  run.path().resolve(file),
                  program,
                  request,
                  (step, theta) -> program.state().values(),
                  snapshots -> CriticalRamp.allJumped(snapshots, plan.largestFactor()));
      request.progress().finished();
      return result;
    }
  }
}
