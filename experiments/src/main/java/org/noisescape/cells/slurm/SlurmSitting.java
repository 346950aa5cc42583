package org.noisescape.cells.slurm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.noisescape.cells.CellState;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.slurm.SlurmArray.Kept;
import org.noisescape.cells.slurm.SlurmCommands.Refused;
import org.noisescape.runs.RunFailure;

/** The cells of one call of {@link SlurmRunner}. */
final class SlurmSitting {
  private static final int KILLED = 137;

  private final ArrayPlan plan;
  private final SlurmCommands commands;
  private final CellWatch watch;
  private final Pace pace;
  private final Map<String, CellTask> open = new LinkedHashMap<>();
  private final Strikes strikes = new Strikes();
  private OptionalInt packed = OptionalInt.empty();

  SlurmSitting(
      List<CellTask> tasks, ArrayPlan plan, SlurmCommands commands, CellWatch watch, Pace pace) {
    this.plan = plan;
    this.commands = commands;
    this.watch = watch;
    this.pace = pace;
    tasks.forEach(task -> open.put(task.name(), task));
  }

  void run() throws IOException {
    for (SlurmArray array : SlurmArray.all(plan.folder())) {
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
    if (!kept.cluster().equals(plan.facts().cluster())) {
      throw new IllegalArgumentException(
          "slurm: array %d of %s is on the cluster %s, and this is %s: go on there"
              .formatted(array.number(), plan.folder(), kept.cluster(), plan.facts().cluster()));
    }
    Optional<String> job = kept.job();
    try {
      job = job.isPresent() ? job : commands.find(array.script());
    } catch (Refused e) {
      throw new RunFailure("Slurm does not answer: " + e.getMessage(), e);
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
      if (open.containsKey(name) && open.get(name).folder().state() == CellState.FAILED) {
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
    SlurmArray array = SlurmArray.next(plan.folder());
    List<CellTask> ready = new ArrayList<>();
    for (CellTask task : List.copyOf(open.values())) {
      if (watch.begins(task)) {
        ready.add(task);
        strikes.begins(task);
      } else {
        open.remove(task.name());
      }
    }
    if (ready.isEmpty() || watch.stopped()) {
      return Optional.empty();
    }
    int perTask = plan.perTask(ready.size(), packed.orElse(1));
    Kept kept =
        new Kept(
            Optional.empty(),
            plan.facts().cluster(),
            ready.stream().map(CellTask::name).toList(),
            perTask,
            false);
    array.write(
        plan.script(array, ready.size(), perTask).text(),
        ready.stream().map(ArrayScript::line).toList(),
        kept);
    String job;
    try {
      job = commands.submit(array.script(), plan.options().sbatch().keySet());
    } catch (Refused e) {
      // a Ctrl-C that reached sbatch too may have come too late
      Optional<String> nonetheless =
          watch.stopped() ? commands.find(array.script()) : Optional.empty();
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
    watch.told("slurm: job %s, %d cells in %d tasks".formatted(job, ready.size(), kept.tasks()));
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
            array, kept, mine, commands, plan.options(), watch, pace, open.size() - mine.size());
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
    if (plan.options().cellsPerTask().isPresent() || packed.isPresent() || watch.stopped()) {
      return false;
    }
    int perTask =
        follower
            .packing()
            .perTask(left - follower.atOnce(), follower.atOnce(), plan.options().seconds());
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
  private void give(CutCell cut, boolean fair) {
    if (strikes.mayGoOn(cut, fair)) {
      open.put(cut.task().name(), cut.task());
    } else if (cut.killed()) {
      watch.ended(cut.task(), KILLED);
    } else {
      watch.told(
          "%s came no further in %d arrays (%s): it stays open"
              .formatted(cut.task().title(), Strikes.MOST, cut.why()));
      watch.interrupted(cut.task());
    }
  }

  private void tell(List<CutCell> cuts) {
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
