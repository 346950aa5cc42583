package org.noisescape.cells.slurm;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellListener;
import org.noisescape.cells.CellState;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.Cells;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;

/**
 * Cells of a few lines of shell in the place of a JVM's, and what a runner tells of them.
 *
 * <p>A cell's script has {@code $run}, its folder, {@code $times}, how often it has begun with this
 * time, {@code done_}, which makes the folder that of a training that came to its end, {@code
 * checkpoint N}, and {@code meet NAME}, which waits until the test has met it under that name.
 */
final class StandInCells implements CellListener {
  private static final String PROGRAM =
      """
      #!/bin/sh
      # -cp CLASSES MAIN FOLDER SCRIPT
      run=$4
      mkdir -p "$run/checkpoints"
      echo '{}' >"$run/manifest.json"
      echo "begun $SLURM_ARRAY_JOB_ID" >>"$run.times"
      times=$(wc -l <"$run.times")
      checkpoint() {
        echo "{\\"step\\": $1}" >"$run/checkpoints/last.json"
        echo '{"outcome": "STOPPED"}' >"$run/result.json"
      }
      meet() {
        echo "$$ $PPID" >"$run.$1"
      }
      done_() {
        : >"$run/report.html"
        echo '{"outcome": "COMPLETED"}' >"$run/result.json"
      }
      eval "$5"
      """;

  /** How the line begins that says that Slurm has them. */
  static final String SUBMITTED = "slurm: job ";

  private final Path folder;
  private final Path program;
  private final Map<String, String> environment;
  private final List<CellTask> tasks = new ArrayList<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private boolean submittedIsTheEnd;

  /** Ends by title, as they were told of. */
  final Map<String, List<CellState>> ends = new TreeMap<>();

  /** Cells in a folder; the program is kept there too. */
  StandInCells(Path folder, Map<String, String> environment) throws IOException {
    this(folder, Files.createDirectories(folder).resolve("program"), environment);
  }

  /** Cells whose program is kept elsewhere. */
  StandInCells(Path folder, Path program, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.program = program;
    this.environment = environment;
    Files.createDirectories(folder.resolve("cells"));
    if (!Files.exists(program)) {
      Files.writeString(program, PROGRAM);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Adds a cell. */
  CellTask add(String name, String script) {
    CellFolder place = new CellFolder(folder.resolve("cells").resolve(name));
    CellTask task =
        new CellTask(name, name, place, (run, begun) -> List.of(run.toString(), script));
    tasks.add(task);
    return task;
  }

  /** Runs them. */
  void run(String options) throws IOException {
    run(options, new Pace(Duration.ofMillis(50)));
  }

  /** Runs them, the queue looked at in another pace. */
  void run(String options, Pace pace) throws IOException {
    run(options, pace, Optional.empty());
  }

  /** Runs them, or has what would be submitted. */
  void run(String options, Pace pace, Optional<Consumer<String>> script) throws IOException {
    JavaCommand java =
        new JavaCommand(program.toString(), List.of(), List.of(program.toString()), "Main");
    PlaceRequest request =
        new PlaceRequest(folder, "stand-ins", 1, OptionalInt.empty(), java, script);
    Cells.run(
        tasks,
        new SlurmRunner(SlurmOptions.parse(options), request, new SlurmCommands(environment), pace),
        this,
        stop::get);
  }

  /** Runs them on another thread. */
  CompletableFuture<Void> begin(String options) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                run(options);
                end.complete(null);
              } catch (IOException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
    return end;
  }

  /**
   * Runs them until Slurm has taken them; then the process is gone, as one that was killed is.
   *
   * @return what it told last
   */
  String runUntilSubmitted(String options) throws IOException {
    submittedIsTheEnd = true;
    try {
      run(options);
    } catch (Gone e) {
      return e.getMessage();
    }
    throw new IllegalStateException("nothing was submitted");
  }

  /** Has them stop, as Ctrl-C does. */
  void stop() {
    stop.set(true);
  }

  /** Makes a place where a cell is to be met. */
  void meetingPlace(CellTask task, String name) throws IOException, InterruptedException {
    new ProcessBuilder("mkfifo", place(task, name).toString()).start().waitFor();
  }

  /**
   * Waits for a cell to say that it has come so far.
   *
   * @return number of its process, and that of the process that started it
   */
  List<String> meet(CellTask task, String name) throws IOException {
    try (BufferedReader reader =
        Files.newBufferedReader(place(task, name), StandardCharsets.UTF_8)) {
      return List.of(reader.readLine().split(" "));
    }
  }

  private static Path place(CellTask task, String name) {
    return task.folder().path().resolveSibling(task.name() + "." + name);
  }

  /** How often a cell has begun. */
  static List<String> begun(CellTask task) throws IOException {
    Path times = place(task, "times");
    return Files.exists(times) ? Files.readAllLines(times) : List.of();
  }

  /** The next line that begins in a way; those before it are passed over. */
  String awaitLine(String beginning) throws InterruptedException {
    String line = told.take();
    while (!line.startsWith(beginning)) {
      line = told.take();
    }
    return line;
  }

  /** All lines that were not asked for. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    told.drainTo(lines);
    return lines;
  }

  @Override
  public void ended(CellTask task, CellState state, int left) {
    ends.computeIfAbsent(task.title(), key -> new ArrayList<>()).add(state);
  }

  @Override
  public void told(String line) {
    if (submittedIsTheEnd && line.startsWith(SUBMITTED)) {
      throw new Gone(line);
    }
    told.add(line);
  }

  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone(String line) {
      super(line);
    }
  }
}
