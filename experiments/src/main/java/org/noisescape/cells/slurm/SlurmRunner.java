package org.noisescape.cells.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.cells.slurm.ArrayFollower.Cut;
import org.noisescape.cells.slurm.SlurmArray.Kept;
import org.noisescape.cells.slurm.SlurmCommands.Facts;
import org.noisescape.cells.slurm.SlurmCommands.Refused;

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
  /** Arrays in a row in which a cell may come no further. */
  private static final int MOST_STRIKES = 2;

  private static final int KILLED = 137;

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
    } else {
      new Sitting(tasks, commands.facts(), watch).run();
    }
  }

  private Path folder() {
    return request.folder().resolve(SlurmPlace.NAME);
  }

  private void print(List<CellTask> tasks) throws IOException {
    Facts facts;
    try {
      facts = commands.facts();
    } catch (RuntimeException e) {
      // the script can be looked at where there is no Slurm
      facts = Facts.DEFAULT;
    }
    SlurmArray array = SlurmArray.next(folder());
    int perTask = perTask(tasks.size(), facts, 1);
    List<String> lines = tasks.stream().map(ArrayScript::line).toList();
    request
        .script()
        .orElseThrow()
        .accept(
            "%s%n# %s:%n%s%n"
                .formatted(
                    script(array, tasks.size(), perTask).text(),
                    array.lines(),
                    lines.stream().map(line -> "# " + line).collect(Collectors.joining("\n"))));
  }

  /** Cells of a task: those chosen, and more where the cluster takes no longer array. */
  private int perTask(int cells, Facts facts, int wanted) {
    int least = (cells + facts.tasks() - 1) / facts.tasks();
    return Math.max(options.cellsPerTask().orElse(wanted), least);
  }

  private ArrayScript script(SlurmArray array, int cells, int perTask) {
    String name = request.folder().getFileName().toString().replaceAll("[^A-Za-z0-9._=+-]+", "-");
    return new ArrayScript(
        array,
        "noisescape-" + name,
        options,
        request.threads(),
        (cells + perTask - 1) / perTask,
        perTask,
        request.java(),
        commands.environment());
  }

  /** The cells of one call. */
  private final class Sitting {
    private final Facts facts;
    private final CellWatch watch;
    private final Map<String, CellTask> open = new LinkedHashMap<>();
    private final Map<String, String> marks = new HashMap<>();
    private final Map<String, Integer> strikes = new HashMap<>();
    private OptionalInt packed = OptionalInt.empty();

    Sitting(List<CellTask> tasks, Facts facts, CellWatch watch) {
      this.facts = facts;
      this.watch = watch;
      tasks.forEach(task -> open.put(task.name(), task));
    }

    void run() throws IOException {
      for (SlurmArray array : SlurmArray.all(folder())) {
        Optional<Kept> kept = array.read().filter(known -> !known.over());
        if (kept.isPresent()) {
          goOn(array, kept.get());
        }
      }
      for (boolean first = true; !open.isEmpty() && !watch.stopped(); first = false) {
        try {
          Optional<SlurmArray> array = submit();
          if (array.isPresent()) {
            follow(array.get(), array.get().read().orElseThrow(), Set.of());
          }
        } catch (Refused e) {
          if (first) {
            throw new IllegalArgumentException("slurm: " + e.getMessage(), e);
          }
          watch.told("slurm: " + e.getMessage() + ": " + open.size() + " cells stay open");
          break;
        }
      }
      open.values().forEach(watch::interrupted);
    }

    /** Follows the array of a process that was killed. */
    private void goOn(SlurmArray array, Kept kept) throws IOException {
      if (!kept.cluster().equals(facts.cluster())) {
        throw new IllegalArgumentException(
            "slurm: array %d of %s is on the cluster %s, and this is %s: go on there"
                .formatted(array.number(), folder(), kept.cluster(), facts.cluster()));
      }
      Optional<String> job = kept.job();
      try {
        job = job.isPresent() ? job : commands.find(array.script());
      } catch (Refused e) {
        throw new org.noisescape.runs.RunFailure("Slurm does not answer: " + e.getMessage(), e);
      }
      for (int task = 1; task <= kept.tasks() && job.isEmpty(); task++) {
        job = Optional.of(array.done(task).job()).filter(number -> !number.isEmpty());
      }
      if (job.isEmpty()) {
        // it was never submitted; should it yet be, its tasks find nothing to do
        array.revoke();
        array.keep(kept.ended());
        return;
      }
      // a failure that was told of is tried again afterwards
      Set<String> told = new LinkedHashSet<>();
      for (String name : kept.cells()) {
        if (open.containsKey(name) && open.get(name).folder().failure().exit() != 0) {
          told.add(name);
        }
      }
      watch.told("slurm: job %s of array %d is followed".formatted(job.get(), array.number()));
      Kept known = kept.submitted(job.get());
      array.keep(known);
      follow(array, known, told);
    }

    /** Submits an array of what is open; empty where nothing of it can begin. */
    private Optional<SlurmArray> submit() throws IOException, Refused {
      SlurmArray array = SlurmArray.next(folder());
      List<CellTask> ready = new ArrayList<>();
      for (CellTask task : List.copyOf(open.values())) {
        if (watch.begins(task)) {
          ready.add(task);
          marks.put(task.name(), Progress.of(task.folder()));
        } else {
          open.remove(task.name());
        }
      }
      if (ready.isEmpty() || watch.stopped()) {
        return Optional.empty();
      }
      int perTask = perTask(ready.size(), facts, packed.orElse(1));
      Kept kept =
          new Kept(
              Optional.empty(),
              facts.cluster(),
              ready.stream().map(CellTask::name).toList(),
              perTask,
              false);
      array.write(
          script(array, ready.size(), perTask).text(),
          ready.stream().map(ArrayScript::line).toList(),
          kept);
      String job;
      try {
        job = commands.submit(array.script(), options.sbatch().keySet());
      } catch (Refused e) {
        // a Ctrl-C that reached sbatch too may have come too late
        Optional<String> nonetheless = watch.stopped() ? commands.find(array.script()) : Optional.empty();
        if (nonetheless.isEmpty()) {
          array.revoke();
          array.keep(kept.ended());
          if (watch.stopped()) {
            return Optional.empty();
          }
          throw e;
        }
        job = nonetheless.get();
      }
      array.keep(kept.submitted(job));
      watch.told(
          "slurm: job %s, %d cells in %d tasks".formatted(job, ready.size(), kept.tasks()));
      return Optional.of(array);
    }

    private void follow(SlurmArray array, Kept kept, Set<String> without) throws IOException {
      Map<String, CellTask> mine = new LinkedHashMap<>();
      for (String name : kept.cells()) {
        if (open.containsKey(name) && !without.contains(name)) {
          mine.put(name, open.get(name));
        }
      }
      List<String> names = List.copyOf(mine.keySet());
      ArrayFollower follower =
          new ArrayFollower(
              array, kept, mine, commands, options, watch, pace, open.size() - mine.size());
      boolean parted = false;
      while (follower.look()) {
        parted = parted || part(follower, mine.size());
        follower.await();
      }
      if (mine.isEmpty()) {
        array.keep(kept.ended());
      }
      names.forEach(open::remove);
      // Slurm does not say what became of these
      mine.values().forEach(watch::interrupted);
      boolean fair = parted || follower.ended();
      follower.cut().forEach(cut -> give(cut, fair));
      tell(follower.cut());
    }

    /** Where cells are short, those that wait are to go on several a task; true where they are. */
    private boolean part(ArrayFollower follower, int left) throws IOException {
      if (options.cellsPerTask().isPresent() || packed.isPresent() || watch.stopped()) {
        return false;
      }
      int running = follower.last().running().size();
      int perTask = follower.packing().perTask(left - running, running, options.seconds());
      if (perTask == 1) {
        return false;
      }
      packed = OptionalInt.of(perTask);
      watch.told("slurm: the cells are short: those that wait go on %d a task".formatted(perTask));
      follower.cancelPending();
      return true;
    }

    /**
     * A cell that was cut off goes on in the next array, unless it comes no further.
     *
     * @param fair whether one that did not begin was merely not reached
     */
    private void give(Cut cut, boolean fair) {
      String name = cut.task().name();
      String mark = Progress.of(cut.task().folder());
      boolean known = marks.containsKey(name);
      boolean further = !known || !mark.equals(marks.get(name)) || (!cut.begun() && fair);
      int number = further ? 0 : strikes.merge(name, 1, Integer::sum);
      if (further) {
        strikes.remove(name);
      }
      if (number < MOST_STRIKES) {
        open.put(name, cut.task());
      } else if (cut.killed()) {
        watch.ended(cut.task(), KILLED);
      } else {
        watch.told(
            "%s came no further in %d arrays (%s): it stays open"
                .formatted(cut.task().title(), MOST_STRIKES, cut.why()));
        watch.interrupted(cut.task());
      }
    }

    private void tell(List<Cut> cuts) {
      Map<String, Integer> reasons = new TreeMap<>();
      cuts.stream()
          .filter(cut -> cut.begun() && open.containsKey(cut.task().name()))
          .forEach(cut -> reasons.merge(cut.why(), 1, Integer::sum));
      if (!reasons.isEmpty() && !watch.stopped()) {
        watch.told(
            reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", ", "slurm: cells were cut off and go on: ", "")));
      }
    }
  }
}
