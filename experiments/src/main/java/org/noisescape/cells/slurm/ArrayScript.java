package org.noisescape.cells.slurm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.noisescape.cells.CellProcess;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.JavaCommand;

/**
 * The script of a job array, and the lines its tasks run.
 *
 * @param array where it is kept
 * @param name of the job
 * @param options what sbatch is told
 * @param threads CPU threads of a cell
 * @param tasks of the array
 * @param perTask cells a task runs, one after another
 * @param java starts the program
 * @param environment of this process
 */
record ArrayScript(
    SlurmArray array,
    String name,
    SlurmOptions options,
    int threads,
    int tasks,
    int perTask,
    JavaCommand java,
    Map<String, String> environment) {
  /** Exit code of a task whose node does not see the folder. */
  static final int BLIND = 66;

  /** Exit code of what another process has begun or will go on with. */
  static final int NOT_MINE = 75;

  /** Seconds between the request to stop and the time limit; at most a quarter of the limit. */
  private static final long LEAD_SECONDS = 120;

  /** What this program tells itself, and nobody else. */
  private static final List<String> OURS =
      List.of(
          CellProcess.ENVIRONMENT, "NOISESCAPE_OUTPUT", "NOISESCAPE_STDERR_FD", "NOISESCAPE_TTY");

  private static final List<String> LANGUAGE = List.of("LANG", "LC_ALL", "LC_CTYPE");

  /** The script. */
  String text() {
    return """
        #!/bin/sh
        # Written by noisescape. Task k runs %s of %s, one after another. What a
        # cell writes goes to its log; what this script writes tells noisescape what became of each.
        %s

        lines=%s
        per_task=%d
        java=%s
        classes=%s
        %s
        term=
        child=
        worst=0
        # Slurm sends SIGTERM before the time limit, at preemption and on scancel: the cell keeps a
        # checkpoint.
        trap 'term=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM

        # A cell's standard input is a pipe that only this script holds open: should this script be killed,
        # the cell sees its end, keeps a checkpoint and ends.
        if place=$(mktemp -d) && mkfifo "$place/pipe"; then
          exec 9<>"$place/pipe" 8<"$place/pipe"
          rm -r "$place"
          export NOISESCAPE_CELL=1
        else
          exec 9</dev/null 8</dev/null
          unset NOISESCAPE_CELL
        fi

        program() {
          for file in "$java" "${classes%%%%:*}"; do
            [ -e "$file" ] || {
              echo "error: no $file on $node: every node needs Java and noisescape under the same path"
              exit 127
            }
          done
          exec "$java" %s -cp "$classes" %s "$@"
        }

        # cell NAME FOLDER new|begun WORDS: runs a cell, unless somebody else has begun it meanwhile
        cell() {
          [ -z "$term" ] || return 0
          name=$1
          run=$2
          state=$3
          shift 3
          echo "begin $name $(date +%%s)"
          code=%d
          if [ -e "$run/outcome.json" ] ||
            grep -Eqs '"outcome" *: *"(COMPLETED|DIVERGED)"' "$run/result.json"; then
            code=0
          elif [ "$state" = begun ] || [ ! -e "$run/manifest.json" ]; then
            rm -f "$run.log"
            program "$@" >"$run.log" 2>&1 <&8 8<&- 9>&- &
            child=$!
            [ -z "$term" ] || kill -TERM "$child" 2>/dev/null
            wait "$child"
            code=$?
            # a signal ends the waiting and not the cell
            while kill -0 "$child" 2>/dev/null; do
              wait "$child"
              code=$?
            done
            child=
          fi
          echo "end $name $code $(date +%%s)"
          [ "$code" -eq 0 ] || worst=$code
        }

        node=${SLURMD_NODENAME:-$(uname -n)}
        echo "task $SLURM_ARRAY_TASK_ID job $SLURM_ARRAY_JOB_ID node $node"
        [ "${SLURM_RESTART_COUNT:-0}" -eq 0 ] || {
          echo "requeued: noisescape runs the cells in another array"
          exit %d
        }
        [ -r "$lines" ] || {
          echo "error: $node does not see $lines"
          exit %d
        }
        first=$(((SLURM_ARRAY_TASK_ID - 1) * per_task + 1))
        eval "$(sed -n "$first,$((first + per_task - 1))p" "$lines")"
        [ -z "$term" ] || [ "$worst" -ne 0 ] || worst=143
        echo over
        exit "$worst"
        """
        .formatted(
            perTask == 1 ? "line k" : "lines %1$d(k - 1) + 1 to %1$dk".formatted(perTask),
            array.lines().getFileName(),
            directives(),
            Shell.word(array.lines().toString()),
            perTask,
            Shell.word(java.java()),
            Shell.word(String.join(":", java.classPath())),
            environmentLines(),
            Shell.words(java.flags()),
            java.main(),
            NOT_MINE,
            NOT_MINE,
            BLIND);
  }

  /** The line of a cell. */
  static String line(CellTask task) {
    boolean begun = task.folder().begun();
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of("cell", task.name(), task.folder().path().toString(), begun ? "begun" : "new"));
    words.addAll(task.command().words(task.folder().path(), begun));
    words.forEach(ArrayScript::requireLine);
    return Shell.words(words);
  }

  private static void requireLine(String word) {
    if (word.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException(
          "slurm: a line has no line break in it: '%s'"
              .formatted(word.replace('\n', ' ').replace('\r', ' ')));
    }
  }

  private String directives() {
    requireLine(array.records().toString());
    Map<String, String> all = new LinkedHashMap<>();
    all.put("job-name", name);
    all.put(
        "array",
        "1-" + tasks + (options.atOnce().isEmpty() ? "" : "%" + options.atOnce().getAsInt()));
    all.put("no-requeue", "");
    long lead = options.seconds().orElse(Long.MAX_VALUE) / 4;
    all.put("signal", "B:TERM@" + Math.clamp(lead, 1, LEAD_SECONDS));
    all.put("ntasks", "1");
    all.put("cpus-per-task", Integer.toString(threads));
    all.put("open-mode", "append");
    // %a is the number of the task
    all.put("output", array.records().toString().replace("%", "%%") + "/%a.out");
    all.putAll(options.sbatch());
    StringBuilder lines = new StringBuilder();
    all.forEach(
        (key, value) ->
            lines
                .append("#SBATCH --")
                .append(key)
                .append(value.isEmpty() ? "" : "=" + quoted(value))
                .append('\n'));
    return lines.toString().stripTrailing();
  }

  /** A value as sbatch reads it from a script. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:=@%+,&|*\\[\\]-]+")
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Sbatch hands on the rest of the environment, as the site has it. */
  private String environmentLines() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(environment)
        .forEach(
            (key, value) -> {
              boolean passed =
                  key.matches("NOISESCAPE_[A-Z_]+") && !OURS.contains(key)
                      || LANGUAGE.contains(key);
              if (passed) {
                lines.append("export ").append(key).append('=').append(Shell.word(value));
                lines.append('\n');
              }
            });
    return lines + "export NOISESCAPE_TTY=0\nunset NOISESCAPE_OUTPUT NOISESCAPE_STDERR_FD\n";
  }
}
