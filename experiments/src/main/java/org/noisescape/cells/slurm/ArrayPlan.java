package org.noisescape.cells.slurm;

import java.nio.file.Path;
import java.util.Map;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.cells.slurm.SlurmCommands.Facts;

/**
 * How cells become the tasks of arrays.
 *
 * @param options what follows {@code --on slurm:}
 * @param request what is asked for
 * @param facts what the cluster allows
 * @param environment of this process
 */
record ArrayPlan(
    SlurmOptions options, PlaceRequest request, Facts facts, Map<String, String> environment) {
  /** Where arrays are kept. */
  Path folder() {
    return request.folder().resolve(SlurmPlace.NAME);
  }

  /**
   * Cells of a task: those chosen, and more where the cluster takes no longer array.
   *
   * @param wanted where nothing was chosen
   */
  int perTask(int cells, int wanted) {
    int least = (cells + facts.tasks() - 1) / facts.tasks();
    return Math.max(options.cellsPerTask().orElse(wanted), least);
  }

  /** The script of an array. */
  ArrayScript script(SlurmArray array, int cells, int perTask) {
    String name = request.folder().getFileName().toString().replaceAll("[^A-Za-z0-9._=+-]+", "-");
    return new ArrayScript(
        array,
        "noisescape-" + name,
        options,
        request.threads(),
        (cells + perTask - 1) / perTask,
        perTask,
        request.java(),
        environment);
  }
}
