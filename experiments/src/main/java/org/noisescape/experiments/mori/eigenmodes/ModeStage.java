package org.noisescape.experiments.mori.eigenmodes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.curvature.Curvature;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.dynamics.statistics.SampleCumulants;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.experiments.mori.ReplicaCurvature;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;
import org.noisescape.tensor.Tensor;

/**
 * Lets replicas of SGD start from a pre-trained network and follows them along the eigenvectors of
 * its Hessian, or reads what was found.
 *
 * @param training folder of the pre-training
 * @param request surroundings
 * @param plan what runs
 */
record ModeStage(Path training, ExperimentRequest request, Eigenmodes.Plan plan) {
  /** Replicas at whose end the noise is measured. */
  private static final int LOOKED_AT = 8;

  ModePoint measure(int seed) {
    return StageResult.of(
        training.resolveSibling("modes/seed-%d.json".formatted(seed)),
        ModePoint.class,
        request,
        "modes of seed " + seed,
        () -> measureNow(seed));
  }

  private ModePoint measureNow(int seed) {
    try (ReplicaCurvature replica =
        ReplicaCurvature.open(training, plan.iterations(), seed, request)) {
      Curvature curvature = replica.curvature();
      double[] start = curvature.theta();
      double startLoss = mean(curvature.losses());
      LinearOperator hessian = curvature.hessian();
      LanczosOptions options =
          LanczosOptions.of(hessian, plan.modes(), End.LARGEST, request.seed());
      try (RitzPairs pairs = Lanczos.solve(hessian, options)) {
        double[] vectors = replica.engine().memory().readDoubles(pairs.vectors());
        ModeReduction reduction = new ModeReduction(start, vectors);
        EnsembleStage.Result run = ensemble(seed, start, reduction);
        List<ModeSnapshot> snapshots = new ArrayList<>();
        for (int i = 1; i < run.snapshots().size(); i++) {
          snapshots.add(reduction.snapshot((long) i * plan.every(), run.snapshots().get(i)));
        }
        Ended end = end(replica.engine(), curvature, vectors, run.state());
        return new ModePoint(
            seed,
            start.length,
            plan.rate(),
            plan.batch(),
            startLoss,
            end.loss(),
            pairs.allConverged(),
            pairs.values(),
            end.noise(),
            run.state().diverged(),
            snapshots);
      }
    }
  }

  private EnsembleStage.Result ensemble(int seed, double[] start, ModeReduction reduction) {
    TrainedModel model = request.model(RunDirectory.checkpointOf(training, plan.iterations()));
    NetworkPlan ensemble =
        NetworkPlan.of(model.network(), model.loss())
            .learningRate(plan.rate())
            .batch(plan.batch())
            .sampling(Sampling.WITH_REPLACEMENT)
            .start(start)
            .lookEvery(plan.every())
            .seed(request.seed())
            .firstReplica(seed * plan.replicas())
            .replicas(plan.replicas())
            .dtype(request.precision().dtype())
            .build();
    String title = "SGD from network " + seed;
    try (Engine engine = request.openEngine();
        ReplicaProgram program = ensemble.program(engine, model.train())) {
      EnsembleStage.Result result =
          new EnsembleStage(title, EnsembleSchedule.to(plan.steps()).snapshots(plan.every()))
              .run(
                  training.resolveSibling("ensembles/seed-%d.safetensors".formatted(seed)),
                  program,
                  request,
                  reduction);
      request.progress().finished();
      if (!result.complete()) {
        throw new StoppedException();
      }
      return result;
    }
  }

  /** L and q_i·S q_i, means over some replicas where they ended. */
  private record Ended(double loss, double[] noise) {}

  private static Ended end(
      Engine engine, Curvature curvature, double[] vectors, ReplicaState state) {
    int size = curvature.dimension();
    int modes = vectors.length / size;
    double[] noise = new double[modes];
    double loss = 0;
    int count = Math.min(LOOKED_AT, state.replicas());
    try (Arena arena = engine.arena()) {
      Tensor along = arena.reserve(curvature.hessian().dtype(), modes, size);
      arena.commit();
      engine.memory().write(along, vectors);
      for (int r = 0; r < count; r++) {
        curvature.at(Arrays.copyOfRange(state.theta(), r * size, (r + 1) * size));
        loss += mean(curvature.losses()) / count;
        double[][] projections = curvature.sampleProjections(along);
        for (int i = 0; i < modes; i++) {
          noise[i] += new SampleCumulants(projections[i]).variance() / count;
        }
      }
    }
    return new Ended(loss, noise);
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
