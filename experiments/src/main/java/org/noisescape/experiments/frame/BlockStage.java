package org.noisescape.experiments.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.noisescape.dynamics.ReplicaPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.experiments.frame.EnsembleStage.Reduction;
import org.noisescape.experiments.frame.EnsembleStage.Result;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WholeFile;
import org.noisescape.runs.RunFailure;

/**
 * An ensemble in blocks of replicas.
 *
 * @param stage the ensemble
 * @param file of the whole, within the run folder
 * @param plan of the whole
 * @param reduction of its snapshots
 */
record BlockStage<P extends ReplicaPlan<P>>(
    EnsembleStage stage, Path file, P plan, Reduction reduction) {
  /** Runs one block, of which the experiment sees no more than that. */
  Result own(BlockShare share, Function<P, ReplicaProgram> programs, ExperimentRequest request) {
    if (!isPartable()) {
      throw new BlockEnd();
    }
    // there may be more blocks than replicas; another's keeps the experiment going
    ReplicaBlock block = share.block();
    int count = Math.max(1, block.count(plan.replicas()));
    int first = Math.min(block.first(plan.replicas()), plan.replicas() - count);
    EnsembleFile kept = file(file, first, count);
    try (ReplicaProgram program = programs.apply(plan.part(first, count))) {
      Result result = stage.block(kept, program, request, reduction);
      share.computed();
      return result;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new RunFailure(stage.title() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What the blocks found, kept as the whole ensemble's; they are run where they have not been.
   *
   * @return empty where this ensemble has to be run as a whole
   */
  Optional<Result> joined(EnsembleBlocks blocks, ExperimentRequest request) {
    Path place = file.toAbsolutePath().normalize();
    Path run = StagePart.runOf(place).orElseThrow();
    if (!isPartable()) {
      request.progress().told(stage.title() + ": needs all replicas at once, and runs here");
      return Optional.empty();
    }
    EnsembleFile whole =
        new EnsembleFile(file, StagePart.of(file, stage.title()), stage.schedule());
    try {
      if (Files.exists(file)) {
        // done, or begun before there were blocks
        return Optional.of(whole.read())
            .filter(EnsembleFile.Content::done)
            .map(content -> new Result(content.state(), content.snapshots(), true));
      }
      blocks.run(run, request);
      List<EnsembleFile.Content> parts =
          files(blocks, run, run.relativize(place)).stream()
              .map(EnsembleFile::readIfOfThePlan)
              .flatMap(Optional::stream)
              .filter(EnsembleFile.Content::done)
              .toList();
      if (parts.stream().mapToInt(part -> part.state().replicas()).sum() < plan.replicas()) {
        request
            .progress()
            .told(
                stage.title()
                    + ": is not in the blocks, since what comes before it wants all replicas or"
                    + " decides its plan; it runs here");
        return Optional.empty();
      }
      Result result = new Result(state(parts), snapshots(parts), true);
      WholeFile.folder(file.toAbsolutePath().getParent());
      whole.write(result.state(), result.snapshots(), true);
      return Optional.of(result);
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** Replicas that came to rest would miss snapshots that the others live to see. */
  private boolean isPartable() {
    return plan.thresholds().length == 0 || stage.schedule().snapshotEvery() == 0;
  }

  private EnsembleFile file(Path path, int first, int count) {
    double[] signature = plan.signature();
    double[] own = Arrays.copyOf(signature, signature.length + 2);
    own[signature.length] = first;
    own[signature.length + 1] = count;
    return new EnsembleFile(path, StagePart.of(path, stage.title()), stage.schedule(), own);
  }

  private List<EnsembleFile> files(EnsembleBlocks blocks, Path run, Path place) {
    List<EnsembleFile> files = new ArrayList<>();
    for (ReplicaBlock block : blocks.all()) {
      int count = block.count(plan.replicas());
      if (count > 0) {
        Path own = EnsembleBlocks.folder(run, block).resolve(place);
        files.add(file(own, block.first(plan.replicas()), count));
      }
    }
    return files;
  }

  private static ReplicaState state(List<EnsembleFile.Content> parts) {
    List<ReplicaState> states = parts.stream().map(EnsembleFile.Content::state).toList();
    long step = states.stream().mapToLong(ReplicaState::step).max().orElseThrow();
    int rules = states.getFirst().rules().size();
    return new ReplicaState(
        step,
        joined(states, ReplicaState::theta),
        IntStream.range(0, rules)
            .mapToObj(j -> joined(states, state -> state.rules().get(j)))
            .toList(),
        states.stream().flatMapToLong(state -> Arrays.stream(state.passages())).toArray(),
        joined(states, ReplicaState::values));
  }

  private static double[] joined(
      List<ReplicaState> states, Function<ReplicaState, double[]> numbers) {
    return states.stream().map(numbers).flatMapToDouble(Arrays::stream).toArray();
  }

  private List<double[]> snapshots(List<EnsembleFile.Content> parts) {
    List<Integer> replicas = parts.stream().map(part -> part.state().replicas()).toList();
    int count = parts.stream().mapToInt(part -> part.snapshots().size()).min().orElseThrow();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                reduction.joined(
                    parts.stream().map(part -> part.snapshots().get(i)).toList(), replicas))
        .toList();
  }
}
