package org.noisescape.experiments;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.LandscapeProgram;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.ReplicaState;

/** Where the ensembles of one experiment on landscapes run, and where their results are kept. */
public final class Ensembles {
  private static final int SEEDS_A_RUN = 10_000;

  private final ExperimentRequest request;
  private final Path folder;

  /** For a request whose run folder is open. */
  public Ensembles(ExperimentRequest request, Path folder) {
    this.request = request;
    this.folder = folder;
  }

  /** Seed of the i-th ensemble, another for each. */
  public long seed(int ensemble) {
    return request.seed() * SEEDS_A_RUN + ensemble;
  }

  /**
   * Runs an ensemble to its end.
   *
   * @param task what is done, in a word or two
   */
  public ReplicaState run(
      String task, LandscapePlan plan, EnsembleSchedule schedule, EnsembleListener listener) {
    request.progress().started(task);
    try (LandscapeProgram program = new LandscapeProgram(plan, request.threads())) {
      EnsembleListener told =
          new EnsembleListener() {
            @Override
            public void progressed(Progress progress) {
              request.progress().progressed(progress.step(), progress.steps(), note(progress));
            }

            @Override
            public void snapshot(long step, double[] theta) {
              listener.snapshot(step, theta);
            }
          };
      new ReplicaEnsemble(program, schedule, told).run();
      return program.state();
    }
  }

  /** A result of this folder, or that of a measurement, which is then kept. */
  public <T> T keep(String name, Class<T> type, Supplier<T> measure) {
    return StageResult.of(folder.resolve("stages").resolve(name + ".json"), type, measure);
  }

  private static String note(EnsembleListener.Progress progress) {
    return progress.finished() == 0
        ? ""
        : "%d of %d passed".formatted(progress.finished(), progress.replicas());
  }
}
