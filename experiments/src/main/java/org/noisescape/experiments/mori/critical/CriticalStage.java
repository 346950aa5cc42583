package org.noisescape.experiments.mori.critical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.RateRamp;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.StageTraining;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;

/**
 * The minima of one (η_ini, B_ini): pre-training, curvature and ramps.
 *
 * @param index number of the stage: its ramps draw mini-batches of their own
 * @param training the pre-training
 * @param settings all settings
 * @param request surroundings
 */
record CriticalStage(
    int index, TrainConfiguration training, Settings settings, ExperimentRequest request) {
  /** More replicas than any ensemble has. */
  private static final int APART = 1 << 16;

  /**
   * What came out.
   *
   * @param points one a seed; fewer where it was stopped
   * @param complete whether it came to its end
   */
  record Result(List<CriticalPoint> points, boolean complete) {
    Result {
      points = List.copyOf(points);
    }
  }

  String name() {
    return String.format(Locale.ROOT, "lr-%s-batch-%d", training.learningRate(), training.batch());
  }

  /** Runs what is missing. */
  Result run(Path folder, List<String> commandLine) {
    Path stage = folder.resolve("training").resolve(name());
    new StageTraining(
            "pre-training at eta %s, B %d".formatted(training.learningRate(), training.batch()),
            "lr",
            training)
        .run(stage, request, commandLine);
    int iterations = settings.integer("iterations", 1);
    List<CriticalMinimum> minima = new ArrayList<>();
    for (int seed = 0; seed < training.replicas(); seed++) {
      if (request.stop().getAsBoolean()) {
        return new Result(List.of(), false);
      }
      minima.add(
          CriticalMinimum.measure(
              stage, iterations, training.learningRate(), training.batch(), seed, request));
    }
    TrainedModel model =
        TrainedModel.open(
            RunDirectory.checkpointOf(stage, iterations),
            Map.of("threads", request.threads()),
            data -> request.data());
    RateRamp ramp = CriticalSettings.ramp(settings);
    RateRamp half = new RateRamp(ramp.initial(), ramp.factor(), 2 * ramp.hold());
    int replicas = settings.integer("replicas", 2);
    int slow = settings.integer("slow-replicas", 1);
    EnsembleStage.Result fast = ramps(folder, model, ramp, replicas, false);
    if (!fast.complete()) {
      return new Result(List.of(), false);
    }
    EnsembleStage.Result slowly = ramps(folder, model, half, slow, true);
    if (!slowly.complete()) {
      return new Result(List.of(), false);
    }
    double[] factors = CriticalSettings.factors(settings);
    List<CriticalPoint> points = new ArrayList<>();
    for (int seed = 0; seed < minima.size(); seed++) {
      points.add(
          new CriticalPoint(
              minima.get(seed),
              settings.integer("ramp-batch", 1),
              CriticalRamp.of(ramp, factors, fast.snapshots(), seed * replicas, replicas),
              CriticalRamp.of(half, factors, slowly.snapshots(), seed * slow, slow)));
    }
    return new Result(points, true);
  }

  private EnsembleStage.Result ramps(
      Path folder, TrainedModel model, RateRamp ramp, int replicas, boolean slow) {
    double[] factors = CriticalSettings.factors(settings);
    int size = model.network().parameterCount();
    double[] start = new double[training.replicas() * replicas * size];
    for (int r = 0; r < training.replicas() * replicas; r++) {
      System.arraycopy(model.theta(), r / replicas * size, start, r * size, size);
    }
    NetworkPlan plan =
        new NetworkPlan(
            model.network(),
            model.loss(),
            List.of(),
            ramp.initial(),
            settings.integer("ramp-batch", 1),
            Sampling.WITHOUT_REPLACEMENT,
            start,
            new double[] {CriticalSettings.FORGOTTEN},
            Math.toIntExact(ramp.hold()),
            request.seed(),
            (2 * index + (slow ? 2 : 1)) * APART,
            training.replicas() * replicas,
            request.precision().dtype());
    EnsembleSchedule schedule =
        EnsembleSchedule.to(ramp.stepsTo(settings.positive("ramp-to")))
            .snapshots(ramp.hold())
            .ramped(ramp);
    String speed = slow ? "slow" : "ramp";
    Path file =
        folder
            .resolve("ramps")
            .resolve(String.format(Locale.ROOT, "%s-%s.safetensors", name(), speed));
    try (Engine engine = request.openEngine();
        ReplicaProgram program = plan.program(engine, model.train())) {
      EnsembleStage.Result result =
          new EnsembleStage("%s from %s".formatted(speed, name()), schedule)
              .run(
                  file,
                  program,
                  request,
                  (step, theta) -> program.state().values(),
                  snapshots -> CriticalRamp.allJumped(snapshots, factors[factors.length - 1]));
      request.progress().finished();
      return result;
    }
  }

  /** The stages of all pairs of settings, in their order. */
  static List<CriticalStage> all(Settings settings, ExperimentRequest request, int samples) {
    List<CriticalStage> stages = new ArrayList<>();
    for (double rate : settings.positives("lr")) {
      for (int batch : settings.integers("batch", 1)) {
        TrainConfiguration training =
            CriticalSettings.training(settings, request, samples, rate, batch);
        stages.add(new CriticalStage(stages.size(), training, settings, request));
      }
    }
    return stages;
  }
}
