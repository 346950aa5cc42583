package org.noisescape.experiments.liu.efficiency;

import java.util.List;
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

/**
 * Mean loss of replicas after 1, 2, … steps from the origin.
 *
 * @param means over replicas
 * @param errors standard errors
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by tables and figures
record LossCurve(double[] means, double[] errors) {
  static LossCurve measure(
      Landscape landscape,
      LandscapeNoise noise,
      double rate,
      int steps,
      int firstReplica,
      int replicas,
      ExperimentRequest request) {
    int dimension = landscape.dimension();
    LandscapePlan.Start origin = LandscapePlan.Start.at(new double[dimension]);
    LandscapePlan plan =
        new LandscapePlan(
            landscape,
            noise,
            List.of(),
            rate,
            origin,
            landscape::value,
            new double[0],
            request.seed(),
            firstReplica,
            replicas);
    double[] means = new double[steps];
    double[] errors = new double[steps];
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
            SeedMean mean = SeedMean.of(losses.of(step, theta));
            means[(int) step - 1] = mean.mean();
            errors[(int) step - 1] = mean.standardError();
          }
        };
    try (LandscapeProgram program = new LandscapeProgram(plan, request.threads())) {
      new ReplicaEnsemble(program, EnsembleSchedule.to(steps).snapshots(1), listener).run();
    }
    return new LossCurve(means, errors);
  }
}
