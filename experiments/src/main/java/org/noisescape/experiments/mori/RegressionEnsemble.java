package org.noisescape.experiments.mori;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.RegressionPlan;
import org.noisescape.experiments.frame.EnsembleStage;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.tensor.Engine;

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
public record RegressionEnsemble(
    RegressionData data, double learningRate, int batch, int firstReplica, int replicas) {
  /**
   * What came out.
   *
   * @param stage state and snapshots of θ
   * @param dimension d
   */
  public record Result(EnsembleStage.Result stage, int dimension) {
    /** θ (R, n·d) at the snapshots: of replica r, snapshot after snapshot. */
    public double[][] series() {
      List<double[]> snapshots = stage.snapshots();
      double[][] series = new double[stage.state().replicas()][snapshots.size() * dimension];
      for (int k = 0; k < snapshots.size(); k++) {
        for (int r = 0; r < series.length; r++) {
          System.arraycopy(snapshots.get(k), r * dimension, series[r], k * dimension, dimension);
        }
      }
      return series;
    }

    /** First steps (levels, R) after which L > c L*, NaN where a replica did not pass. */
    public double[][] passages() {
      return IntStream.range(0, stage.state().thresholds())
          .mapToObj(stage.state()::firstPassages)
          .toArray(double[][]::new);
    }
  }

  /**
   * Runs, or reads what was run.
   *
   * @param title for progress
   * @param file of the ensemble within the run folder
   * @param levels c, ascending; none to detect nothing
   * @param schedule how long, and distance of the snapshots
   */
  public Result run(
      String title,
      Path file,
      double[] levels,
      EnsembleSchedule schedule,
      ExperimentRequest request) {
    RegressionPlan plan =
        RegressionPlan.of(data.landscape())
            .learningRate(learningRate)
            .batch(batch)
            .start(data.minimum())
            .detecting(Arrays.stream(levels).map(c -> c * data.minimumLoss()).toArray())
            .seed(request.seed())
            .firstReplica(firstReplica)
            .replicas(replicas)
            .build();
    try (Engine engine = request.openEngine()) {
      EnsembleStage.Result result =
          new EnsembleStage(title, schedule)
              .run(
                  file,
                  plan,
                  part -> part.program(engine, request.threads()),
                  request,
                  EnsembleStage.Reduction.theta());
      return new Result(result, data.dimension());
    }
  }
}
