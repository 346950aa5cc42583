package org.noisescape.experiments.mori;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.RegressionPlan;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.ExperimentRequest;
import org.noisescape.runs.ProgressListener;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/**
 * Replicas of SGD on a {@link RegressionData}, all from the minimum, mini-batches with replacement.
 *
 * @param data the regression
 * @param learningRate η
 * @param batch B
 * @param firstReplica number of the first replica: distinct for runs whose noise shall be
 *     independent
 * @param replicas R
 */
record RegressionEnsemble(
    RegressionData data, double learningRate, int batch, int firstReplica, int replicas) {

  /**
   * The replicas' θ at equal distances, the start included.
   *
   * @param steps steps of each replica
   * @param every distance
   * @return θ (R, n·d): of replica r, snapshot after snapshot
   */
  double[][] series(long steps, long every, ExperimentRequest request) {
    int d = data.dimension();
    List<double[]> snapshots = new ArrayList<>();
    run(new double[0], EnsembleSchedule.to(steps).snapshots(every), request, snapshots);
    double[][] series = new double[replicas][snapshots.size() * d];
    for (int k = 0; k < snapshots.size(); k++) {
      for (int r = 0; r < replicas; r++) {
        System.arraycopy(snapshots.get(k), r * d, series[r], k * d, d);
      }
    }
    return series;
  }

  /**
   * First steps after which L > c L*.
   *
   * @param levels c, ascending
   * @param steps step limit
   * @return steps (levels, R), NaN where the replica did not pass
   */
  double[][] passages(double[] levels, long steps, ExperimentRequest request) {
    double[] thresholds = Arrays.stream(levels).map(c -> c * data.minimumLoss()).toArray();
    ReplicaState end = run(thresholds, EnsembleSchedule.to(steps), request, new ArrayList<>());
    double[][] passages = new double[levels.length][replicas];
    for (int c = 0; c < levels.length; c++) {
      for (int r = 0; r < replicas; r++) {
        long step = end.passage(r, c);
        passages[c][r] = step == ReplicaState.NONE ? Double.NaN : step;
      }
    }
    return passages;
  }

  private ReplicaState run(
      double[] thresholds,
      EnsembleSchedule schedule,
      ExperimentRequest request,
      List<double[]> snapshots) {
    RegressionPlan plan =
        new RegressionPlan(
            data.landscape(),
            learningRate,
            batch,
            data.minimum(),
            thresholds,
            request.seed(),
            firstReplica,
            replicas);
    ProgressListener progress = request.progress();
    EnsembleListener listener =
        new EnsembleListener() {
          @Override
          public void progressed(Progress now) {
            progress.progressed(
                now.step(),
                now.steps(),
                thresholds.length == 0
                    ? ""
                    : "%d of %d past all thresholds".formatted(now.finished(), now.replicas()));
          }

          @Override
          public void snapshot(long step, double[] theta) {
            snapshots.add(theta);
          }
        };
    try (Engine engine = Engines.open(request.engine(), request.threads());
        ReplicaProgram program = plan.program(engine, request.threads())) {
      new ReplicaEnsemble(program, schedule, listener).run();
      return program.state();
    }
  }
}
