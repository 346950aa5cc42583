package org.noisescape.cells.slurm;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.cells.slurm.SlurmCommands.Facts;

/**
 * Runs cells as tasks of job arrays, one array after another until none is left that can go on.
 *
 * @param options what follows {@code --on slurm:}
 * @param request what is asked for
 * @param commands Slurm's
 * @param pace of looking
 */
record SlurmRunner(SlurmOptions options, PlaceRequest request, SlurmCommands commands, Pace pace)
    implements CellRunner {
  SlurmRunner {
    if (options.atOnce().isPresent() && request.jobs().isPresent()) {
      throw new IllegalArgumentException(
          "slurm: concurrent and --jobs say the same: leave one of them out");
    }
    if (request.jobs().isPresent()) {
      options = new SlurmOptions(options.sbatch(), request.jobs(), options.cellsPerTask());
    }
  }

  @Override
  public void run(List<CellTask> tasks, CellWatch watch) throws IOException {
    if (request.script().isPresent()) {
      print(tasks);
      return;
    }
    ArrayPlan plan = new ArrayPlan(options, request, commands.facts(), commands.environment());
    new SlurmSitting(tasks, plan, commands, watch, pace).run();
  }

  private void print(List<CellTask> tasks) throws IOException {
    Facts facts;
    try {
      facts = commands.facts();
    } catch (RuntimeException e) {
      // the script can be looked at where there is no Slurm
      facts = Facts.DEFAULT;
    }
    ArrayPlan plan = new ArrayPlan(options, request, facts, commands.environment());
    SlurmArray array = SlurmArray.next(plan.folder());
    String script = plan.script(array, tasks.size(), plan.perTask(tasks.size(), 1)).text();
    String lines =
        tasks.stream().map(task -> "# " + ArrayScript.line(task)).collect(Collectors.joining("\n"));
    request
        .script()
        .orElseThrow()
        .accept("%s\n# %s:\n%s\n".formatted(script, array.lines(), lines));
  }
}
