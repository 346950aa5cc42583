package org.noisescape.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellProcess;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;

/**
 * Measures what Spark costs, for docs/scaling.md: {@code CELLS SECONDS [OPTION…]} on two workers of
 * one core. With 0 seconds nothing is begun, so that the cost of the tasks alone is left.
 */
final class SparkCost {
  private static final int STARTS = 20;

  private SparkCost() {}

  /** A cell that sleeps for some milliseconds. */
  static final class Sleeper {
    private Sleeper() {}

    /** Milliseconds, run folder. */
    public static void main(String[] arguments) throws Exception {
      Thread.sleep(Long.parseLong(arguments[0]));
      Path run = Files.createDirectories(Path.of(arguments[1]));
      Files.writeString(run.resolve("manifest.json"), "{}");
      Files.writeString(run.resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
    }
  }

  /** Prints one line. */
  public static void main(String[] arguments) throws IOException {
    int cells = Integer.parseInt(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    Path sweep = Files.createTempDirectory("noisescape-cost-");
    List<CellTask> tasks =
        IntStream.range(0, cells).mapToObj(i -> task(sweep, i, seconds)).toList();
    String classes = SparkCost.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    PlaceRequest request =
        new PlaceRequest(
            sweep,
            "cost",
            1,
            OptionalInt.empty(),
            new JavaCommand(
                SparkBed.java(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                List.of(classes),
                Sleeper.class.getName()),
            Optional.empty());
    List<String> words = new ArrayList<>(List.of(SparkBed.shared().master()));
    words.addAll(SparkStart.OPTIONS);
    words.addAll(List.of(arguments).subList(2, arguments.length));
    Path home = SparkBed.shared().home();
    System.out.printf("a process of a cell starts and ends in %.2f s%n", start(request, home));
    Times times = new Times(seconds > 0);
    long cpu = cpu();
    long began = System.nanoTime();
    new SparkPlace(java.util.Map.of()).runner(String.join(",", words), request).run(tasks, times);
    double all = (System.nanoTime() - began) / 1e9;
    double used = (cpu() - cpu) / 1e9;
    System.gc();
    System.out.printf(
        "%d cells of %.1f s: %.1f s, the first began after %.1f s, the last ended %.1f s after that; driver %.1f s of CPU, heap %d MB at most, %d MB afterwards%n",
        cells,
        seconds,
        all,
        (times.first.get() - began) / 1e9,
        (times.last.get() - times.first.get()) / 1e9,
        used,
        times.heap.get() >> 20,
        heap() >> 20);
    System.exit(0);
  }

  private static CellTask task(Path sweep, int number, double seconds) {
    String name = "c" + number;
    return new CellTask(
        name,
        name,
        new CellFolder(sweep.resolve("cells").resolve(name)),
        (run, begun) -> List.of(Long.toString(Math.round(1000 * seconds)), run.toString()));
  }

  /** Seconds that a process of a cell of no length takes, without Spark. */
  private static double start(PlaceRequest request, Path folder) throws IOException {
    long began = System.nanoTime();
    for (int i = 0; i < STARTS; i++) {
      List<String> words = new ArrayList<>(request.java().words());
      words.addAll(List.of("0", folder.resolveSibling("start-" + i).toString()));
      CellProcess.run(words, java.util.Map.of(), folder.resolveSibling("start.log"), () -> false);
    }
    return (System.nanoTime() - began) / 1e9 / STARTS;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static final class Times implements CellWatch {
    private final boolean begin;
    private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong heap = new AtomicLong();

    Times(boolean begin) {
      this.begin = begin;
    }

    @Override
    public boolean begins(CellTask task) {
      first.accumulateAndGet(System.nanoTime(), Math::min);
      last.set(System.nanoTime());
      return begin;
    }

    @Override
    public void ended(CellTask task, int exit) {
      last.set(System.nanoTime());
    }

    @Override
    public void failed(CellTask task, int exit, List<String> lines) {
      System.out.println(task.name() + " failed: " + lines);
    }

    @Override
    public void interrupted(CellTask task) {}

    @Override
    public void counted(int pending, int running) {
      heap.accumulateAndGet(heap(), Math::max);
    }

    @Override
    public void told(String line) {
      System.out.println(line);
    }

    @Override
    public boolean stopped() {
      return false;
    }
  }
}
