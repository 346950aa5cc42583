package org.noisescape.cells.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.noisescape.files.Printable;
import org.noisescape.runs.RunFailure;

/** Slurm's commands, as processes. */
final class SlurmCommands {
  private static final long PATIENCE_SECONDS = 300;

  /** What a job has of Slurm in its environment and hands on to jobs, but for where Slurm is. */
  private static final Set<String> KEPT =
      Set.of("SLURM_CONF", "SLURM_JWT", "SLURM_TIME_FORMAT", "SLURM_DEBUG");

  private final Map<String, String> environment;

  /**
   * What a cluster allows.
   *
   * @param cluster its name
   * @param tasks most tasks of an array
   */
  record Facts(String cluster, int tasks) {
    /** Slurm's own defaults. */
    static final Facts DEFAULT = new Facts("", 1000);
  }

  /** What a command that Slurm refused said. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private record Ran(int exit, String out, String err) {}

  /** Uses the commands on the path of an environment. */
  SlurmCommands(Map<String, String> environment) {
    this.environment = new HashMap<>(environment);
    this.environment
        .keySet()
        .removeIf(
            key -> (key.startsWith("SLURM_") && !KEPT.contains(key)) || key.startsWith("SQUEUE_"));
    this.environment.put("SLURM_BITSTR_LEN", "0");
  }

  Map<String, String> environment() {
    return environment;
  }

  /**
   * What the cluster allows.
   *
   * @throws IllegalArgumentException in one line where Slurm is not installed here
   * @throws RunFailure in one line where it does not answer
   */
  Facts facts() {
    Ran ran;
    try {
      ran = run(List.of("scontrol", "show", "config"), key -> true);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no sbatch here: run this where Slurm's commands are installed, as on a cluster's login"
              + " node, or print the script with --dry-run",
          e);
    }
    if (ran.exit != 0) {
      throw new RunFailure("Slurm does not answer: " + complaint(ran), null);
    }
    Map<String, String> all = new HashMap<>();
    for (String line : ran.out.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        all.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    // one more than the greatest number of a task, which begin at 1 here
    int size = Integer.parseInt(all.getOrDefault("MaxArraySize", "1001"));
    if (size < 2) {
      throw new RunFailure("this Slurm takes no job arrays: its MaxArraySize is " + size, null);
    }
    return new Facts(all.getOrDefault("ClusterName", ""), size - 1);
  }

  /**
   * Submits a script.
   *
   * @param options whose counterparts in the environment are not to replace them
   * @return the number of the job
   * @throws Refused with what Slurm said
   */
  String submit(Path script, Set<String> options) throws Refused, IOException {
    Set<String> replaced =
        options.stream()
            .map(option -> "SBATCH_" + option.toUpperCase(Locale.ROOT).replace('-', '_'))
            .collect(Collectors.toSet());
    Ran ran =
        run(
            List.of("sbatch", "--parsable", script.toString()),
            key ->
                !replaced.contains(key)
                    && !Set.of("SBATCH_ARRAY_INX", "SBATCH_REQUEUE", "SBATCH_WAIT").contains(key));
    String job = ran.out.strip().lines().reduce("", (first, last) -> last).replaceAll(";.*", "");
    if (ran.exit != 0 || !job.matches("\\d+")) {
      throw new Refused(complaint(ran));
    }
    return job;
  }

  /** The array that a script of ours was submitted as, where it still waits or runs. */
  Optional<String> find(Path script) throws IOException, Refused {
    Ran ran = run(List.of("squeue", "-h", "--me", "-o", "%F|%o"), key -> true);
    if (ran.exit != 0) {
      throw new Refused(complaint(ran));
    }
    return ran.out
        .lines()
        .map(line -> line.split("\\|", 2))
        .filter(fields -> fields.length == 2 && fields[1].strip().equals(script.toString()))
        .map(fields -> fields[0].strip())
        .findFirst();
  }

  /**
   * How an array is coming on; nothing of it waits nor runs where Slurm has forgotten it.
   *
   * @throws Refused where Slurm does not answer
   */
  QueueLook look(String job) throws IOException, Refused {
    Ran ran = run(List.of("squeue", "-h", "-j", job, "-o", QueueLook.FORMAT), key -> true);
    if (ran.exit == 0) {
      return QueueLook.parse(ran.out);
    }
    if (ran.err.contains("Invalid job id")) {
      return QueueLook.parse("");
    }
    throw new Refused(complaint(ran));
  }

  /** What Slurm remembers of an array's tasks; empty where it remembers none. */
  Map<Integer, TaskState> states(String job) throws IOException, Refused {
    Ran ran = run(List.of("scontrol", "--oneliner", "show", "job", job), key -> true);
    if (ran.exit != 0 && !(ran.out + ran.err).contains("Invalid job id")) {
      throw new Refused(complaint(ran));
    }
    return TaskState.parse(ran.out);
  }

  /** Takes the tasks that wait out of the queue. */
  void cancelPending(String job) throws IOException {
    run(List.of("scancel", "--quiet", "--state=PENDING", job), key -> true);
  }

  /** Asks the tasks that run to keep what they have and end. */
  void terminate(String job) throws IOException {
    run(
        List.of("scancel", "--quiet", "--state=RUNNING", "--signal=TERM", "--batch", job),
        k -> true);
  }

  private Ran run(List<String> words, Predicate<String> passed) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.set(0, program(words.getFirst()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    environment.forEach(
        (key, value) -> {
          if (passed.test(key)) {
            builder.environment().put(key, value);
          }
        });
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      CompletableFuture<String> err =
          text(process.errorReader(StandardCharsets.UTF_8)::readAllAsString);
      CompletableFuture<String> out =
          text(process.inputReader(StandardCharsets.UTF_8)::readAllAsString);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return new Ran(1, "", words.getFirst() + " did not end within " + PATIENCE_SECONDS + " s");
      }
      return new Ran(process.exitValue(), out.get(), err.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where a program is, by the environment it is to run in. */
  private String program(String name) throws IOException {
    for (String place : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
      Path file = Path.of(place.isEmpty() ? "." : place, name);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file.toString();
      }
    }
    throw new NoSuchFileException(name);
  }

  private interface Text {
    String read() throws IOException;
  }

  private static CompletableFuture<String> text(Text source) {
    CompletableFuture<String> text = new CompletableFuture<>();
    // no virtual one: it would keep its carrier while it waits
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                text.complete(source.read());
              } catch (IOException | RuntimeException e) {
                text.completeExceptionally(e);
              }
            });
    return text;
  }

  /** What a command complains of, in one line. */
  private static String complaint(Ran ran) {
    String lines =
        (ran.err + ran.out)
            .lines()
            .map(line -> line.replaceFirst("^[a-z]+: (error: |fatal: )?", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("Try \""))
            .distinct()
            .collect(Collectors.joining("; "));
    return Printable.text(lines.isEmpty() ? "ended with exit code " + ran.exit : lines);
  }
}
