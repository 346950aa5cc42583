package org.noisescape.cells.slurm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.slurm.SlurmArray.Kept;
import org.noisescape.cells.slurm.SlurmCommands.Refused;

/** Follows one array until nothing of it waits nor runs, and tells what became of its cells. */
final class ArrayFollower {
  /** Exit codes of a cell that was asked to stop, or that somebody else has begun. */
  private static final Set<Integer> CUT = Set.of(130, 143, ArrayScript.NOT_MINE);

  private static final int KILLED = 137;

  /** Where a process left no exit code of its own. */
  private static final int NO_EXIT = -1;

  /** How long the file of a task may come later than its end, over a network. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** Time without an answer after which nobody waits for the end of what was cancelled. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final SlurmArray array;
  private final Kept kept;
  private final String job;
  private final Map<String, CellTask> open;
  private final SlurmCommands commands;
  private final CellWatch watch;
  private final Pace pace;
  private final int elsewhere;
  private final Packing packing = new Packing();
  private final Verdicts verdicts;
  private final List<CutCell> cut = new ArrayList<>();
  private final Map<Integer, Long> late = new HashMap<>();
  private QueueLook last = new QueueLook(Set.of(), Set.of(), "");
  private int atOnce;
  private boolean ended;
  private long answered = System.nanoTime();
  private boolean silent;
  private long asked;
  private boolean stopping;

  /**
   * One that has not looked yet.
   *
   * @param open cells of the array by name; those that come to an end are taken out
   * @param elsewhere cells that wait and are none of these
   */
  ArrayFollower(
      SlurmArray array,
      Kept kept,
      Map<String, CellTask> open,
      SlurmCommands commands,
      SlurmOptions options,
      CellWatch watch,
      Pace pace,
      int elsewhere) {
    this.array = array;
    this.kept = kept;
    this.job = kept.job().orElseThrow();
    this.open = open;
    this.commands = commands;
    this.verdicts = new Verdicts(array, options);
    this.watch = watch;
    this.pace = pace;
    this.elsewhere = elsewhere;
  }

  /** Those that were cut off; what is still open when Slurm does not answer is not among them. */
  List<CutCell> cut() {
    return cut;
  }

  /** Whether a cell came to its end. */
  boolean ended() {
    return ended;
  }

  /** How long cells take. */
  Packing packing() {
    return packing;
  }

  /** Looks once; false where there is nothing left to look for. */
  boolean look() throws IOException {
    try {
      gather(commands.look(job));
      answered = System.nanoTime();
      silent = false;
    } catch (Refused e) {
      if (!silent) {
        watch.told("Slurm does not answer (" + e.getMessage() + "): it is asked again");
      }
      silent = true;
    }
    return !open.isEmpty() && !stop();
  }

  /** Waits for the time of the next look. */
  void await() {
    pace.await(() -> watch.stopped() && !stopping);
  }

  /** Tasks that were seen to run at once, at most. */
  int atOnce() {
    return atOnce;
  }

  /** Takes what waits out of the queue, to be submitted in another way. */
  void cancelPending() throws IOException {
    commands.cancelPending(job);
  }

  /** Has all end where that is wanted; true where Slurm does not even answer to that. */
  private boolean stop() throws IOException {
    if (!watch.stopped()) {
      return false;
    }
    long now = System.nanoTime();
    if (!stopping || now - asked > SILENCE.toNanos()) {
      commands.cancelPending(job);
      commands.terminate(job);
      asked = now;
      stopping = true;
      pace.changed();
    }
    if (!silent || now - answered < SILENCE.toNanos()) {
      return false;
    }
    watch.told("Slurm does not answer: job %s may go on; 'scancel %s' ends it".formatted(job, job));
    return true;
  }

  private void gather(QueueLook look) throws IOException, Refused {
    int running = 0;
    Map<Integer, TaskRecord> gone = new HashMap<>();
    for (int task = 1; task <= kept.tasks(); task++) {
      if (look.pending().contains(task) || kept.of(task).stream().noneMatch(open::containsKey)) {
        continue;
      }
      boolean runs = look.running().contains(task);
      running += runs ? 1 : 0;
      if (!runs || kept.perTask() > 1) {
        TaskRecord record = array.done(task);
        settle(task, record);
        if (!runs && kept.of(task).stream().anyMatch(open::containsKey)) {
          gone.put(task, record);
        }
      }
    }
    if (!gone.isEmpty()) {
      judge(gone, commands.states(job));
    }
    if (!look.equals(last)) {
      pace.changed();
      if (look.running().isEmpty() && !look.why().equals(last.why())) {
        tellWhy(look.why());
      }
    }
    last = look;
    atOnce = Math.max(atOnce, look.running().size());
    watch.counted(Math.max(0, open.size() - running) + elsewhere, running);
  }

  /** Waiting for one's turn is not worth a line. */
  private void tellWhy(String why) {
    if (!Set.of("", "None", "Priority", "Resources", "JobArrayTaskLimit").contains(why)) {
      watch.told("job %s waits: %s".formatted(job, why));
    }
  }

  /** Tells of the cells of a task whose process is gone. */
  private void settle(int task, TaskRecord record) throws IOException {
    for (String name : kept.of(task)) {
      TaskRecord.End end = record.ended().get(name);
      CellTask cell = open.get(name);
      // what killed a process is known when the task is over
      if (end == null || cell == null || end.exit() == KILLED) {
        continue;
      }
      SlurmArray.refresh(cell.folder().path());
      if (CUT.contains(end.exit()) && !cell.folder().state().finished()) {
        cut(cell, true, false, "asked to stop");
      } else {
        record.seconds(name).ifPresent(packing::ran);
        end(cell, end.exit());
      }
    }
  }

  private void end(CellTask cell, int exit) {
    open.remove(cell.name());
    ended = true;
    watch.ended(cell, exit);
  }

  private void cut(CellTask cell, boolean begun, boolean killed, String why) {
    open.remove(cell.name());
    cut.add(new CutCell(cell, begun, killed, why));
  }

  /** Tells of the cells of tasks that are over without having said what became of them. */
  private void judge(Map<Integer, TaskRecord> gone, Map<Integer, TaskState> states)
      throws IOException {
    for (Map.Entry<Integer, TaskRecord> one : gone.entrySet()) {
      TaskState state = states.getOrDefault(one.getKey(), TaskState.UNKNOWN);
      TaskRecord record = one.getValue();
      if (state.scriptEnded() && !record.over() && awaited(one.getKey())) {
        continue;
      }
      for (String name : kept.of(one.getKey())) {
        CellTask cell = open.get(name);
        if (cell == null) {
          continue;
        }
        SlurmArray.refresh(cell.folder().path());
        Optional<List<String>> failure = verdicts.failure(one.getKey(), name, record, state);
        if (cell.folder().state().finished()) {
          end(cell, 0);
        } else if (failure.isPresent()) {
          open.remove(name);
          watch.failed(cell, NO_EXIT, failure.get());
        } else {
          boolean killed = record.ended().containsKey(name);
          cut(cell, record.begun().containsKey(name), killed, killed ? "killed" : state.words());
        }
      }
    }
  }

  /** Whether what a task wrote may yet come. */
  private boolean awaited(int task) throws IOException {
    SlurmArray.refresh(array.records());
    long now = System.nanoTime();
    return now - late.computeIfAbsent(task, key -> now) < LATE.toNanos();
  }
}
