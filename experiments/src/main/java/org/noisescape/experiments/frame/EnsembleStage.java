package org.noisescape.experiments.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.ReplicaEnsemble.Outcome;
import org.noisescape.dynamics.ReplicaPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WholeFile;

/**
 * The ensemble of one part of an experiment: with progress, checkpoints in a file of its own,
 * continued where it was interrupted, read back where it is done.
 *
 * @param title of the part, for progress
 * @param schedule how long it runs
 */
public record EnsembleStage(String title, EnsembleSchedule schedule) {
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

  /** Parts of the whole that progress is told in. */
  private static final long PARTS = 1_000_000;

  /** What is kept of a snapshot, always as many numbers. */
  @FunctionalInterface
  public interface Reduction {
    /**
     * Reduces a snapshot.
     *
     * @param step steps done
     * @param theta θ (R, P), entry (r, i) at r·P + i
     */
    double[] of(long step, double[] theta);

    /**
     * Puts together what was kept of blocks of replicas.
     *
     * @param parts in the order of their replicas
     * @param replicas of each
     */
    default double[] joined(List<double[]> parts, List<Integer> replicas) {
      return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** Keeps θ itself. */
    static Reduction theta() {
      return (step, theta) -> theta;
    }
  }

  /**
   * Whether the snapshots so far tell all there is to know, so that it ends before its schedule.
   */
  @FunctionalInterface
  public interface Enough {
    /**
     * Looks at what was kept.
     *
     * @param snapshots what was kept of each snapshot, in their order
     */
    boolean of(List<double[]> snapshots);
  }

  /**
   * Where an ensemble is.
   *
   * @param state of the replicas
   * @param snapshots what was kept of each snapshot, in their order: snapshot i is that of step i ×
   *     the schedule's distance
   * @param complete whether it came to its end; else it was stopped, and replicas that have not
   *     passed are censored at the state's step
   */
  public record Result(ReplicaState state, List<double[]> snapshots, boolean complete) {
    /** Copies the list. */
    public Result {
      snapshots = List.copyOf(snapshots);
    }
  }

  /**
   * Runs to the end, or until the request is stopped.
   *
   * @param file where checkpoints go, {@code NAME.safetensors} within the run folder
   * @param program the replicas at their start; not closed
   * @param request surroundings
   * @param reduction what is kept of snapshots
   * @param enough asked several times a second: results must not depend on how soon after it ends
   */
  public Result run(
      Path file,
      ReplicaProgram program,
      ExperimentRequest request,
      Reduction reduction,
      Enough enough) {
    if (request.share() instanceof BlockShare) {
      // what needs all replicas is nothing for a block of them
      throw new BlockEnd();
    }
    EnsembleFile kept = new EnsembleFile(file, StagePart.of(file, title), schedule);
    return PartProgress.within(
        request.progress(),
        PartProgress.ENSEMBLE,
        () -> run(kept, program, request, reduction, enough));
  }

  private Result run(
      EnsembleFile kept,
      ReplicaProgram program,
      ExperimentRequest request,
      Reduction reduction,
      Enough enough) {
    List<double[]> snapshots = new ArrayList<>();
    try {
      if (Files.exists(kept.path()) && kept.restore(program, snapshots)) {
        return new Result(program.state(), snapshots, true);
      }
      WholeFile.folder(kept.path().toAbsolutePath().getParent());
      request.progress().started(title);
      Recorder recorder = new Recorder(kept, program, request, reduction, snapshots);
      Outcome outcome =
          new ReplicaEnsemble(program, schedule, recorder)
              .run(() -> enough.of(snapshots) || request.stop().getAsBoolean());
      boolean complete = outcome == Outcome.COMPLETED || enough.of(snapshots);
      ReplicaState end = complete ? EnsembleFile.settled(program.state()) : program.state();
      kept.write(end, snapshots, complete);
      return new Result(end, snapshots, complete);
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /**
   * Runs an ensemble of which blocks of replicas can be run on their own, always to the schedule's
   * end: as the request says the whole, a block, or all in blocks, with the same result.
   *
   * @param plan of the whole
   * @param programs makes the program of the whole or of a part
   */
  public <P extends ReplicaPlan<P>> Result run(
      Path file,
      P plan,
      Function<P, ReplicaProgram> programs,
      ExperimentRequest request,
      Reduction reduction) {
    return switch (request.share()) {
      case BlockShare block ->
          new BlockStage<>(this, file, plan, reduction).own(block, programs, request);
      case EnsembleBlocks blocks ->
          PartProgress.within(
              request.progress(),
              PartProgress.ENSEMBLE,
              () ->
                  new BlockStage<>(this, file, plan, reduction)
                      .joined(blocks, request)
                      .orElseGet(() -> whole(file, plan, programs, request, reduction)));
      case ReplicaShare.Whole all -> whole(file, plan, programs, request, reduction);
    };
  }

  private <P extends ReplicaPlan<P>> Result whole(
      Path file,
      P plan,
      Function<P, ReplicaProgram> programs,
      ExperimentRequest request,
      Reduction reduction) {
    try (ReplicaProgram program = programs.apply(plan)) {
      return run(file, program, request, reduction);
    }
  }

  /** Runs a block of replicas. */
  Result block(
      EnsembleFile kept, ReplicaProgram program, ExperimentRequest request, Reduction reduction) {
    return run(kept, program, request, reduction, snapshots -> false);
  }

  /** The same, always to the schedule's end. */
  public Result run(
      Path file, ReplicaProgram program, ExperimentRequest request, Reduction reduction) {
    return run(file, program, request, reduction, snapshots -> false);
  }

  /** Shows progress and writes checkpoints now and then. */
  private static final class Recorder implements EnsembleListener {
    private final EnsembleFile file;
    private final ReplicaProgram program;
    private final ExperimentRequest request;
    private final Reduction reduction;
    private final List<double[]> snapshots;
    private long written = System.nanoTime();

    Recorder(
        EnsembleFile file,
        ReplicaProgram program,
        ExperimentRequest request,
        Reduction reduction,
        List<double[]> snapshots) {
      this.file = file;
      this.program = program;
      this.request = request;
      this.reduction = reduction;
      this.snapshots = snapshots;
    }

    @Override
    public void progressed(Progress p) {
      String note =
          p.finished() == 0
              ? String.format(
                  Locale.ROOT, "step %.3g of %.3g", (double) p.step(), (double) p.steps())
              : "%d of %d passed".formatted(p.finished(), p.replicas());
      request.progress().progressed(Math.round(share(p) * PARTS), PARTS, note);
      if ((System.nanoTime() - written) * 1e-9 > SECONDS_BETWEEN_CHECKPOINTS) {
        written = System.nanoTime();
        checkpoint(program.state());
      }
    }

    @Override
    public void snapshot(long step, double[] theta) {
      snapshots.add(reduction.of(step, theta));
    }

    @Override
    public void checkpoint(ReplicaState state) {
      try {
        file.write(state, snapshots, false);
      } catch (IOException e) {
        throw new UncheckedIOException(FileErrors.line(e), e);
      }
    }

    /**
     * How far it is: the steps of its schedule at least, and where replicas pass, as many do before
     * the schedule ends, the expected time until so many of R exponential ones have, H_R − H_{R−n},
     * over that of all, nearly ln((R + 1)/(R + 1 − n))/ln(R + 1).
     */
    private static double share(Progress p) {
      double all = p.replicas() + 1.0;
      double passed = Math.log(all / (all - p.finished())) / Math.log(all);
      return Math.max(p.step() / (double) p.steps(), Math.min(1, passed));
    }
  }
}
