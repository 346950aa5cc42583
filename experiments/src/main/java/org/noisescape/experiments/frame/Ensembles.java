package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.frame.EnsembleStage.Reduction;

/** Runs the ensembles of one experiment on landscapes, each kept in the run folder. */
public final class Ensembles {
  private static final int SEEDS_A_RUN = 10_000;

  private final ExperimentRequest request;
  private final Path folder;

  /** For a request whose run folder is open. */
  public Ensembles(ExperimentRequest request, Path folder) {
    this.request = request;
    this.folder = folder;
  }

  /** The request was stopped; what is done is kept and goes on another time. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /** Seed of the i-th ensemble, another for each. */
  public long seed(int ensemble) {
    return request.seed() * SEEDS_A_RUN + ensemble;
  }

  /** Seed of the request. */
  public long seed() {
    return request.seed();
  }

  /**
   * Runs an ensemble to its end.
   *
   * @param title what it is, in a word or two, another for each
   */
  public ReplicaState run(String title, LandscapePlan plan, EnsembleSchedule schedule) {
    return run(title, plan, schedule, Reduction.theta()).state();
  }

  /** Runs an ensemble to its end and keeps numbers of its snapshots. */
  public EnsembleRecording record(
      String title,
      LandscapePlan plan,
      EnsembleSchedule schedule,
      List<ToDoubleFunction<double[]>> quantities) {
    EnsembleStage.Result result =
        run(title, plan, schedule, EnsembleRecording.of(plan.landscape().dimension(), quantities));
    List<double[]> snapshots = result.snapshots();
    double[] steps =
        LongStream.range(0, snapshots.size())
            .mapToDouble(i -> i * schedule.snapshotEvery())
            .toArray();
    return new EnsembleRecording(result.state().replicas(), steps, snapshots);
  }

  private EnsembleStage.Result run(
      String title, LandscapePlan plan, EnsembleSchedule schedule, Reduction reduction) {
    String name = title.replaceAll("[^A-Za-z0-9.]+", "-");
    Path file = folder.resolve("stages").resolve(name + ".safetensors");
    EnsembleStage.Result result =
        new EnsembleStage(title, schedule)
            .run(file, plan, part -> part.program(request.threads()), request, reduction);
    if (!result.complete()) {
      throw new Stopped();
    }
    return result;
  }
}
