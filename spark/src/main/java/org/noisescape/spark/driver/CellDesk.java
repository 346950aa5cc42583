package org.noisescape.spark.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.CellWatch;
import org.noisescape.files.Printable;
import org.noisescape.spark.executor.CellPlugin;
import org.noisescape.spark.executor.DriverLink;

/**
 * Answers the executors. Spark asks on one thread, so that what takes time is done on others, and
 * the executor asks again.
 */
final class CellDesk implements DriverPlugin, AutoCloseable {
  /** Executors that a cell may lose before it is taken for the reason. */
  static final int MOST_LOSSES = 4;

  private static final int WRITERS = 4;

  private final List<Seat> seats = new ArrayList<>();
  private final CellWatch watch;
  private final CellEnds ends;
  private final ProgramFiles program;
  private final double keepSeconds;
  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
  private final ExecutorService beginnings = Executors.newVirtualThreadPerTaskExecutor();
  private final Seat.Tally tally = new Seat.Tally();
  private final Semaphore news = new Semaphore(0);
  private int cores;
  private String fatal = "";

  /**
   * For cells.
   *
   * @param incoming folder of this sitting for what comes back
   */
  CellDesk(
      List<CellTask> tasks,
      CellWatch watch,
      ProgramFiles program,
      Path incoming,
      double keepSeconds) {
    tasks.forEach(task -> seats.add(new Seat(task, incoming, tally)));
    this.watch = watch;
    this.ends = new CellEnds(watch, this::stopping, this::stop);
    this.program = program;
    this.keepSeconds = keepSeconds;
  }

  @Override
  public Map<String, String> init(SparkContext context, PluginContext plugin) {
    return Map.of(CellPlugin.KEEP_SECONDS, Double.toString(keepSeconds));
  }

  @Override
  public Object receive(Object message) throws IOException {
    Object[] asked = (Object[]) message;
    return switch ((String) asked[0]) {
      case DriverLink.PROGRAM -> program.answer(beginnings);
      case DriverLink.LIBRARY ->
          program.part((Integer) asked[1], (Integer) asked[2], (Long) asked[3]);
      case DriverLink.UNFIT -> {
        stop((String) asked[2]);
        yield DriverLink.STOP;
      }
      default -> ofCell(asked, seats.get((Integer) asked[1]), (Long) asked[2]);
    };
  }

  private Object ofCell(Object[] asked, Seat seat, long attempt) throws IOException {
    return switch ((String) asked[0]) {
      case DriverLink.BEGIN ->
          seat.begin(
              attempt,
              (String) asked[3],
              (String) asked[4],
              beginnings,
              () -> begins(seat, attempt, Path.of((String) asked[5])));
      case DriverLink.FETCH ->
          seat.has(attempt)
              ? seat.files(attempt).part((String) asked[3], (Long) asked[4], DriverLink.PART)
              : null;
      case DriverLink.STORE -> {
        boolean wanted = seat.has(attempt);
        if (wanted) {
          seat.files(attempt).store((String) asked[3], (Long) asked[4], (byte[]) asked[5]);
        }
        yield wanted;
      }
      case DriverLink.KEEP -> seat.work(attempt, writers, () -> keep(seat, attempt, asked));
      case DriverLink.END ->
          seat.work(attempt, writers, () -> end(seat, attempt, asked, (Integer) asked[6]));
      case DriverLink.LOOK ->
          !seat.has(attempt) ? DriverLink.NOTHING : stopping() ? DriverLink.STOP : DriverLink.GO;
      default -> throw new IOException("no such question: " + Printable.text((String) asked[0]));
    };
  }

  private Object[] begins(Seat seat, long attempt, Path place) throws IOException {
    CellTask task = seat.task();
    synchronized (seat.task()) {
      if (!seat.has(attempt) || stopping() || !watch.begins(task)) {
        if (stopping()) {
          seat.rests();
        } else if (seat.has(attempt)) {
          seat.ends();
        }
        changed();
        return new Object[] {DriverLink.NOTHING};
      }
      seat.begins();
      boolean begun = task.folder().begun();
      Map<String, Long> held = begun ? seat.files(attempt).held() : Map.of();
      changed();
      return new Object[] {
        DriverLink.GO,
        task.name(),
        task.command().words(place.resolve(task.name()), begun).toArray(String[]::new),
        held.keySet().toArray(String[]::new),
        held.values().stream().mapToLong(Long::longValue).toArray()
      };
    }
  }

  private Object[] keep(Seat seat, long attempt, Object[] asked) throws IOException {
    synchronized (seat.task()) {
      if (!seat.has(attempt)) {
        return new Object[] {DriverLink.NOTHING};
      }
      seat.files(attempt).keep(Seat.files(asked[3], asked[4]), Seat.names(asked[5]));
      return new Object[] {DriverLink.GO};
    }
  }

  private Object[] end(Seat seat, long attempt, Object[] asked, int exit) throws IOException {
    Object[] kept = keep(seat, attempt, asked);
    if (kept[0].equals(DriverLink.GO)) {
      String host = seat.host();
      seat.ends();
      writers.execute(() -> ends.tell(seat.task(), exit, host));
      changed();
    }
    return kept;
  }

  /**
   * An attempt of a cell came to no end.
   *
   * @param blamed whether the cell may be the reason, as it is not where a whole machine is gone
   */
  void lost(int cell, long attempt, String host, String reason, boolean blamed) {
    Seat seat = seats.get(cell);
    int losses = seat.lost(attempt, blamed);
    if (losses < 0 || stopping()) {
      changed();
      return;
    }
    if (losses < MOST_LOSSES) {
      watch.told(
          "%s: cut off on %s (%s), goes on elsewhere".formatted(seat.task().title(), host, reason));
    } else {
      seat.ends();
      watch.failed(
          seat.task(),
          -1,
          List.of("error: cut off %d times, the last on %s: %s".formatted(losses, host, reason)));
    }
    changed();
  }

  /** An executor has come. */
  synchronized void came(int itsCores) {
    cores = Math.max(cores, itsCores);
  }

  /** Cores of the largest executor so far; 0 where none has come. */
  synchronized int cores() {
    return cores;
  }

  /** An executor is gone. */
  void gone(String executor) {
    seats.forEach(seat -> seat.gone(executor));
    changed();
  }

  /** Ends everything, with a line that says why. */
  synchronized void stop(String line) {
    fatal = fatal.isEmpty() ? Printable.text(line) : fatal;
    changed();
  }

  /** Why nothing can run, where something has said so. */
  synchronized Optional<String> fatal() {
    return Optional.of(fatal).filter(line -> !line.isEmpty());
  }

  boolean stopping() {
    return watch.stopped() || fatal().isPresent();
  }

  private void changed() {
    news.release();
  }

  /** Waits for news of any cell, for some time at most, and passes on how many there are. */
  void await(long millis) throws InterruptedException {
    if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
    int now = tally.running();
    watch.counted(Math.max(0, seats.size() - tally.over() - now), now);
  }

  /** Cells that run now. */
  int running() {
    return tally.running();
  }

  /** Whether any cell has begun yet, or is over. */
  boolean begun() {
    return tally.begun() + tally.over() > 0;
  }

  /** Waits for what is still to be written, and says which cells were cut off. */
  @Override
  public void close() {
    beginnings.close();
    writers.close();
    for (Seat seat : seats) {
      if (seat.interrupted()) {
        watch.interrupted(seat.task());
      }
    }
    watch.counted(0, 0);
  }
}
