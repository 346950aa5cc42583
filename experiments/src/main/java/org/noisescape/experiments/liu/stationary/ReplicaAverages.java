package org.noisescape.experiments.liu.stationary;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.LandscapeProgram;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.linop.StoppedException;

/**
 * Averages observables over a stationary ensemble.
 *
 * <p>Replicas start at the minimum and are independent, so the standard error is that of their time
 * averages, whatever the correlation in time.
 *
 * @param replicas R
 * @param draws snapshots of each replica
 * @param request threads, seed and progress
 */
record ReplicaAverages(int replicas, int draws, ExperimentRequest request) {
  /** Runs one case; replica numbers begin at index·R, so that cases are independent. */
  Averages of(StationaryCase system, int index) {
    LandscapePlan plan =
        LandscapePlan.of(system.landscape(), system.noise())
            .rules(system.rules())
            .learningRate(system.learningRate())
            .start(system.minimum())
            .seed(request.seed())
            .firstReplica(index * replicas)
            .replicas(replicas)
            .build();
    Sums sums = new Sums(system, replicas, request);
    try (LandscapeProgram program = new LandscapeProgram(plan, request.threads())) {
      drive(program, EnsembleSchedule.to(system.burnIn()), EnsembleListener.SILENT);
      sums.from = system.burnIn();
      long steps = draws * system.distance();
      EnsembleSchedule schedule =
          EnsembleSchedule.to(grid(system.burnIn(), system.distance()) + steps)
              .snapshots(system.distance());
      drive(program, schedule, sums);
      return sums.averages(program.theta(), steps, program.state().diverged());
    }
  }

  /** What was stopped begins anew, being short; other cases are kept. */
  private void drive(
      LandscapeProgram program, EnsembleSchedule schedule, EnsembleListener listener) {
    if (new ReplicaEnsemble(program, schedule, listener).run(request.stop())
        == ReplicaEnsemble.Outcome.STOPPED) {
      throw new StoppedException("stopped at step " + program.step() + " of a system");
    }
  }

  /** Snapshots are due at multiples of their distance. */
  private static long grid(long step, long distance) {
    return step / distance * distance;
  }

  /** Sums up snapshots. */
  private static final class Sums implements EnsembleListener {
    private final StationaryCase system;
    private final ExperimentRequest request;
    private final double[][] totals;
    private long count;
    private long from;

    Sums(StationaryCase system, int replicas, ExperimentRequest request) {
      this.system = system;
      this.request = request;
      this.totals = new double[system.predictions().size()][replicas];
    }

    @Override
    public void progressed(Progress progress) {
      request.progress().progressed(progress.step() - from, progress.steps() - from, "");
    }

    @Override
    public void snapshot(long step, double[] theta) {
      count++;
      double[] w = new double[system.minimum().length];
      List<Prediction> predictions = system.predictions();
      for (int r = 0; r < totals[0].length; r++) {
        displacement(theta, r, w);
        for (int q = 0; q < totals.length; q++) {
          ToDoubleFunction<double[]> observable = predictions.get(q).observable();
          totals[q][r] += observable.applyAsDouble(w);
        }
      }
    }

    Averages averages(double[] theta, long steps, int diverged) {
      double[] means = new double[totals.length];
      double[] errors = new double[totals.length];
      for (int q = 0; q < totals.length; q++) {
        double[] averages = new double[totals[q].length];
        for (int r = 0; r < averages.length; r++) {
          averages[r] = totals[q][r] / count;
        }
        SeedMean mean = SeedMean.of(averages);
        means[q] = mean.mean();
        errors[q] = mean.standardError();
      }
      double[][] last = new double[totals[0].length][system.minimum().length];
      for (int r = 0; r < last.length; r++) {
        displacement(theta, r, last[r]);
      }
      return new Averages(means, errors, last, diverged, steps);
    }

    private void displacement(double[] theta, int replica, double[] into) {
      for (int i = 0; i < into.length; i++) {
        into[i] = theta[replica * into.length + i] - system.minimum()[i];
      }
    }
  }
}
