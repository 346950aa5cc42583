package org.noisescape.experiments.wei.valley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.files.FileErrors;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;
import org.noisescape.tensor.DType;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.TrainingState;

/**
 * Projected states and what was measured of them, in a folder, so that an interrupted path goes on.
 *
 * <p>A state is a checkpoint, {@code state-STEP.safetensors}, with its numbers in the sidecar. Only
 * the states of the epoch at work and the last of the one before are there.
 */
final class PathStore {
  private static final String POINT = "point";

  private final Path folder;
  private final Network network;
  private final DType dtype;

  /**
   * A projected state.
   *
   * @param point its numbers
   * @param theta P(θ) (P)
   */
  record Kept(ProjectedPoint point, double[] theta) {}

  PathStore(Path folder, Network network, DType dtype) {
    this.folder = folder;
    this.network = network;
    this.dtype = dtype;
  }

  /** The checkpoint of a step. */
  Path file(long step) {
    return folder.resolve(String.format(Locale.ROOT, "state-%09d.safetensors", step));
  }

  /** The state of a step, if it is there. */
  Optional<Kept> find(long step) {
    Path file = file(step);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ProjectedPoint point =
        JsonFile.value(
            Checkpoint.sidecarOf(file) + ": " + POINT,
            Checkpoint.sidecar(file).path(POINT),
            ProjectedPoint.class);
    TrainingState state = Checkpoint.read(file, network).state();
    if (point.step() != step || state.step() != step) {
      throw new WrongFile(
          file, "it is of step %d and its sidecar of %d".formatted(state.step(), point.step()));
    }
    return Optional.of(new Kept(point, state.theta()));
  }

  /** Keeps a state. */
  void keep(Kept kept) {
    ProjectedPoint point = kept.point();
    // losses along the path are those of batches: running statistics say nothing here
    double[] unused = network.initialRunningStatistics(1);
    TrainingState state =
        new TrainingState(point.step(), point.epoch(), kept.theta(), unused, List.of(), List.of());
    Path file = file(point.step());
    try {
      WholeFile.folder(folder);
      Checkpoint.write(file, state, network, 1, dtype, Map.of(POINT, point));
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /** The segment between two steps, looked at where it was not yet. */
  PathSegment segment(long from, long to, Supplier<PathSegment> measure) {
    Path file = folder.resolve(String.format(Locale.ROOT, "segment-%09d-%09d.json", from, to));
    return StageResult.of(file, PathSegment.class, measure);
  }

  /** Whether an epoch is done. */
  boolean done(int epoch) {
    return Files.exists(epochFile(epoch));
  }

  /**
   * A done epoch, or one that is done now; then only the state of a step is kept of what it left.
   */
  PathEpoch epoch(int epoch, long step, Supplier<PathEpoch> walk) {
    boolean before = done(epoch);
    PathEpoch result = StageResult.of(epochFile(epoch), PathEpoch.class, walk);
    if (!before) {
      tidy(step);
    }
    return result;
  }

  private Path epochFile(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "epoch-%05d.json", epoch));
  }

  private void tidy(long step) {
    String kept = file(step).getFileName().toString();
    String sidecar = Checkpoint.sidecarOf(file(step)).getFileName().toString();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean passing = name.startsWith("state-") || name.startsWith("segment-");
        if (passing && !name.equals(kept) && !name.equals(sidecar)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + folder + ": " + WholeFile.reason(e), e);
    }
  }
}
