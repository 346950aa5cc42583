package org.noisescape.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellState;
import org.noisescape.experiments.frame.ExperimentOutcome;
import org.noisescape.experiments.frame.NamedMeasurement;
import org.noisescape.files.Fields;
import org.noisescape.report.Metrics;

/**
 * What a cell has.
 *
 * @param cell the cell
 * @param state where it is
 * @param status verdict of an experiment, COMPLETED for a training, else the state
 * @param members numbers by quantity: of each replica of a training, or the experiment's own; none
 *     of a cell that did not come to its end
 * @param training run folder of a finished training, whose measurements on the way are read when
 *     they are asked for: all of them at once may be more than there is memory
 * @param reason why it has no numbers, or empty
 */
public record CellResult(
    Cell cell,
    CellState state,
    String status,
    List<Map<String, Reading>> members,
    Optional<Path> training,
    String reason) {
  /** Copies the list. */
  public CellResult {
    members = List.copyOf(members);
  }

  /** Measurements of a training on its way, by replica; none of an experiment. */
  public List<Metrics> metrics() {
    return training.map(Metrics::read).orElse(List.of());
  }

  /** Reads the folder of a cell. */
  static CellResult read(SweepFolder folder, Cell cell) {
    CellFolder place = folder.of(cell);
    CellState state = place.state();
    return switch (state) {
      case DONE ->
          Files.exists(place.path().resolve(ExperimentOutcome.FILE))
              ? experiment(cell, ExperimentOutcome.read(place.path()))
              : training(cell, place.path());
      case DIVERGED -> {
        Fields divergence = place.result().orElseThrow().object("divergence");
        long seen = divergence.integer("seen_at_step", 0, Long.MAX_VALUE);
        long replica = divergence.integer("replica", 0, Integer.MAX_VALUE);
        yield without(
            cell, state, "the loss of replica %d diverged by step %d".formatted(replica, seen));
      }
      case FAILED -> without(cell, state, place.failure().reason());
      case OPEN -> without(cell, state, place.begun() ? "interrupted" : "not begun");
    };
  }

  private static CellResult experiment(Cell cell, ExperimentOutcome outcome) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    for (NamedMeasurement m : outcome.measurements()) {
      String name = m.name();
      for (int n = 2; readings.containsKey(name); n++) {
        name = m.name() + " (" + n + ")";
      }
      readings.put(name, new Reading(m.value(), m.standardError(), m.theory()));
    }
    return new CellResult(
        cell, CellState.DONE, outcome.verdict().name(), List.of(readings), Optional.empty(), "");
  }

  private static CellResult training(Cell cell, Path run) {
    List<Map<String, Reading>> members =
        Metrics.read(run).stream().map(TrainingReadings::of).toList();
    return new CellResult(cell, CellState.DONE, "COMPLETED", members, Optional.of(run), "");
  }

  private static CellResult without(Cell cell, CellState state, String reason) {
    return new CellResult(cell, state, state.name(), List.of(), Optional.empty(), reason);
  }
}
