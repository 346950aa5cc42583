package org.noisescape.spark.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** What an executor has for all of its cells: the program, and a folder to run them in. */
final class CellHost implements ExecutorPlugin {

  private static volatile CellHost current;

  private final Set<Process> processes = ConcurrentHashMap.newKeySet();
  private PluginContext context;
  private DriverLink link;
  private double keepSeconds;
  private Path scratch;
  private List<String> program;
  private boolean unfit;

  @Override
  public void init(PluginContext pluginContext, Map<String, String> told) {
    context = pluginContext;
    link = new DriverLink(pluginContext);
    keepSeconds = Double.parseDouble(told.get(CellPlugin.KEEP_SECONDS));
    current = this;
  }

  /** That of this executor. */
  static CellHost current() {
    return current;
  }

  /** Runs a cell, on the thread of its task. */
  void run(int cell, TaskContext task) throws IOException, InterruptedException {
    List<String> words = words();
    if (words.isEmpty()) {
      return;
    }
    new HostedCell(this, cell, task.taskAttemptId()).run(words, Visible.devices(task));
  }

  /** The words that start the program here; none where it cannot run. */
  private synchronized List<String> words() throws IOException, InterruptedException {
    if (program == null && !unfit) {
      DriverLink.Program asked = link.program();
      int java = Runtime.version().feature();
      if (java < asked.java()) {
        unfit = true;
        link.unfit(
            host(),
            "Spark's executor on "
                + host()
                + " runs Java "
                + java
                + ", cells need "
                + asked.java()
                + ": start its workers with a newer JDK, or name one there with"
                + " spark.executorEnv.JAVA_HOME=DIR");
      } else {
        program = new HostedProgram(link, asked, scratch().resolve("program")).words();
      }
    }
    return unfit ? List.of() : program;
  }

  DriverLink link() {
    return link;
  }

  String host() {
    // PluginContext.hostname() fails in executors, whose RPC environment has no address
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  double keepSeconds() {
    return keepSeconds;
  }

  Set<Process> processes() {
    return processes;
  }

  /** A folder of this executor, where Spark keeps what it removes with the executor. */
  synchronized Path scratch() throws IOException {
    if (scratch == null) {
      List<String> places = new ArrayList<>();
      for (String variable : List.of("SPARK_EXECUTOR_DIRS", "LOCAL_DIRS", "SPARK_LOCAL_DIRS")) {
        String value = System.getenv(variable);
        if (value != null && !value.isBlank()) {
          places.add(value.split("[" + java.io.File.pathSeparator + ",]", 2)[0]);
        }
      }
      places.add(
          context
              .conf()
              .get("spark.local.dir", System.getProperty("java.io.tmpdir"))
              .split(",", 2)[0]);
      scratch =
          Files.createTempDirectory(
              Files.createDirectories(Path.of(places.get(0)).toAbsolutePath()), "noisescape-");
    }
    return scratch;
  }

  @Override
  public synchronized void shutdown() {
    processes.forEach(Process::destroy);
    try {
      if (scratch != null) {
        FolderFiles.remove(scratch);
      }
    } catch (IOException e) {
      // Spark removes the folder it lies in
      return;
    }
  }

  /** Which devices a task may use. */
  private static final class Visible {
    private Visible() {}

    static Map<String, String> devices(TaskContext task) {
      var gpus = task.resourcesJMap().get("gpu");
      return gpus == null
          ? Map.of()
          : Map.of("CUDA_VISIBLE_DEVICES", String.join(",", gpus.addresses()));
    }
  }
}
