package org.noisescape.experiments.liu.efficiency;

import java.util.List;
import java.util.function.IntFunction;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.LandscapeProgram;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.landscape.LandscapeNoise;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.EnsembleRecording;
import org.noisescape.experiments.frame.EnsembleStage.Reduction;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.linop.StoppedException;

/**
 * Mean loss of replicas after 1, 2, … steps from the origin, and how many are above levels.
 *
 * @param means over replicas
 * @param errors standard errors
 * @param shares of replicas whose loss is a level or more, shape (steps, levels)
 */
record LossCurve(double[] means, double[] errors, double[][] shares) {
  /**
   * Measures.
   *
   * @param levels of a step
   * @throws StoppedException where the request was stopped
   */
  static LossCurve measure(
      Landscape landscape,
      LandscapeNoise noise,
      double rate,
      int steps,
      IntFunction<double[]> levels,
      int firstReplica,
      int replicas,
      ExperimentRequest request) {
    int dimension = landscape.dimension();
    LandscapePlan plan =
        LandscapePlan.of(landscape, noise)
            .learningRate(rate)
            .start(new double[dimension])
            .seed(request.seed())
            .firstReplica(firstReplica)
            .replicas(replicas)
            .build();
    double[] means = new double[steps];
    double[] errors = new double[steps];
    double[][] shares = new double[steps][];
    Reduction losses = EnsembleRecording.of(dimension, List.of(landscape::value));
    EnsembleListener listener =
        new EnsembleListener() {
          @Override
          public void progressed(Progress progress) {
            request.progress().progressed(progress.step(), progress.steps(), "");
          }

          @Override
          public void snapshot(long step, double[] theta) {
            if (step == 0) {
              return;
            }
            double[] loss = losses.of(step, theta);
            SeedMean mean = SeedMean.of(loss);
            int t = (int) step - 1;
            means[t] = mean.mean();
            errors[t] = mean.standardError();
            shares[t] = shares(loss, levels.apply((int) step));
          }
        };
    try (LandscapeProgram program = new LandscapeProgram(plan, request.threads())) {
      if (new ReplicaEnsemble(program, EnsembleSchedule.to(steps).snapshots(1), listener)
              .run(request.stop())
          == ReplicaEnsemble.Outcome.STOPPED) {
        throw new StoppedException();
      }
    }
    return new LossCurve(means, errors, shares);
  }

  private static double[] shares(double[] losses, double[] levels) {
    double[] shares = new double[levels.length];
    for (double loss : losses) {
      for (int i = 0; i < levels.length; i++) {
        shares[i] += loss >= levels[i] ? 1.0 / losses.length : 0;
      }
    }
    return shares;
  }
}
