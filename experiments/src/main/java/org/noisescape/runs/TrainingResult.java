package org.noisescape.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.noisescape.train.TrainingEvent.Diverged;
import org.noisescape.train.TrainingEvent.Outcome;

/**
 * How a sitting ended.
 *
 * @param outcome why
 * @param step steps done
 * @param steps steps of the whole run
 * @param divergence where the loss left the finite numbers, if it did
 * @param last the last line of metrics of every replica
 * @param directory the run's folder
 * @param checkpoint step of the last good checkpoint, if there is one
 * @param watched how the watched quantities stand, in a line each
 */
public record TrainingResult(
    Outcome outcome,
    long step,
    long steps,
    Optional<Diverged> divergence,
    List<JsonNode> last,
    Path directory,
    Optional<Long> checkpoint,
    List<String> watched) {
  /** Copies the lines. */
  public TrainingResult {
    last = List.copyOf(last);
    watched = List.copyOf(watched);
  }

  /** The last checkpoint's file. */
  public Path checkpointFile() {
    return RunDirectory.lastCheckpointOf(directory);
  }
}
