package org.noisescape.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.ReplicaEnsemble.Outcome;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;
import org.noisescape.train.StoredTensor.ElementType;

/**
 * The ensemble of one part of an experiment: with progress, checkpoints in a file of its own,
 * continued where it was interrupted, read back where it is done.
 *
 * @param title of the part, for progress
 * @param schedule how long it runs
 */
public record EnsembleStage(String title, EnsembleSchedule schedule) {
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;
  private static final String DONE = "done";
  private static final String STEP = "step";

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
    List<double[]> snapshots = new ArrayList<>();
    try {
      boolean done = Files.exists(file) && restore(file, program, snapshots);
      if (done) {
        return new Result(program.state(), snapshots, true);
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      request.progress().started(title);
      Recorder recorder = new Recorder(file, program, request, reduction, snapshots);
      Outcome outcome =
          new ReplicaEnsemble(program, schedule, recorder)
              .run(() -> enough.of(snapshots) || request.stop().getAsBoolean());
      boolean complete = outcome == Outcome.COMPLETED || enough.of(snapshots);
      write(file, program.state(), snapshots, complete);
      return new Result(program.state(), snapshots, complete);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The same, always to the schedule's end. */
  public Result run(
      Path file, ReplicaProgram program, ExperimentRequest request, Reduction reduction) {
    return run(file, program, request, reduction, snapshots -> false);
  }

  /** The same without snapshots. */
  public Result run(Path file, ReplicaProgram program, ExperimentRequest request) {
    return run(file, program, request, Reduction.theta());
  }

  private static void write(Path file, ReplicaState state, List<double[]> snapshots, boolean done)
      throws IOException {
    List<StoredTensor> tensors = new ArrayList<>();
    tensors.add(vector("theta", state.theta()));
    for (int j = 0; j < state.rules().size(); j++) {
      tensors.add(vector("rule." + j, state.rules().get(j)));
    }
    tensors.add(vector("passages", Arrays.stream(state.passages()).asDoubleStream().toArray()));
    tensors.add(vector("values", state.values()));
    int width = snapshots.isEmpty() ? 0 : snapshots.getFirst().length;
    double[] kept = new double[snapshots.size() * width];
    for (int i = 0; i < snapshots.size(); i++) {
      System.arraycopy(snapshots.get(i), 0, kept, i * width, width);
    }
    tensors.add(
        StoredTensor.of("snapshots", ElementType.F64, new long[] {snapshots.size(), width}, kept));
    Map<String, String> metadata =
        Map.of(STEP, Long.toString(state.step()), DONE, Boolean.toString(done));
    Safetensors.of(metadata, tensors).write(file);
  }

  private static StoredTensor vector(String name, double... values) {
    return StoredTensor.of(name, ElementType.F64, new long[] {values.length}, values);
  }

  private static boolean restore(Path file, ReplicaProgram program, List<double[]> snapshots)
      throws IOException {
    Safetensors stored = Safetensors.read(file);
    List<double[]> rules = new ArrayList<>();
    for (int j = 0; stored.tensors().containsKey("rule." + j); j++) {
      rules.add(values(stored, "rule." + j));
    }
    program.restore(
        new ReplicaState(
            Long.parseLong(stored.metadata().get(STEP)),
            values(stored, "theta"),
            rules,
            Arrays.stream(values(stored, "passages")).mapToLong(p -> (long) p).toArray(),
            values(stored, "values")));
    double[] kept = values(stored, "snapshots");
    int count = (int) stored.tensors().get("snapshots").shape()[0];
    for (int i = 0; i < count; i++) {
      int width = kept.length / count;
      snapshots.add(Arrays.copyOfRange(kept, i * width, (i + 1) * width));
    }
    return Boolean.parseBoolean(stored.metadata().get(DONE));
  }

  private static double[] values(Safetensors stored, String name) {
    return stored.tensors().get(name).toDoubles();
  }

  /** Shows progress and writes checkpoints now and then. */
  private record Recorder(
      Path file,
      ReplicaProgram program,
      ExperimentRequest request,
      Reduction reduction,
      List<double[]> snapshots,
      long[] written)
      implements EnsembleListener {
    Recorder(
        Path file,
        ReplicaProgram program,
        ExperimentRequest request,
        Reduction reduction,
        List<double[]> snapshots) {
      this(file, program, request, reduction, snapshots, new long[] {System.nanoTime()});
    }

    @Override
    public void progressed(Progress p) {
      String note =
          String.format(
              Locale.ROOT,
              "%d of %d replicas done, %.3g steps/s, at most %s left",
              p.finished(),
              p.replicas(),
              p.rate(),
              duration(p.secondsLeft()));
      request.progress().progressed(p.step(), p.steps(), note);
      if ((System.nanoTime() - written[0]) * 1e-9 > SECONDS_BETWEEN_CHECKPOINTS) {
        written[0] = System.nanoTime();
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
        write(file, state, snapshots, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private static String duration(double seconds) {
      long whole = Math.round(seconds);
      return whole < 100 ? whole + " s" : (whole + 30) / 60 + " min";
    }
  }
}
