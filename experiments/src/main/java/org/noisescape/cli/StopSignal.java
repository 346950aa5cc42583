package org.noisescape.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.noisescape.files.WholeFile;

/**
 * Turns the shutdown of the JVM, on Ctrl-C, SIGTERM or SIGHUP, into a request to stop.
 *
 * <p>The JVM exits when its shutdown hooks are done; this one says at once that it has heard, and
 * waits until the command has written what it keeps and said so. What does not even look whether to
 * stop, such as a call into a library or the reading of a file, is cut off after {@value
 * #UNNOTICED} seconds: what is on disk is whole at any time. The exit code is the JVM's own, 128 +
 * the number of the signal. A second Ctrl-C ends the process at once.
 */
final class StopSignal implements AutoCloseable {
  private static final String ACKNOWLEDGED = "stopping (a second Ctrl-C ends at once)";

  /** Seconds until work that has not looked whether to stop is cut off. */
  private static final long UNNOTICED = 4;

  /** Looks a second whether the work has ended, or come to where nothing has to be kept. */
  private static final long LOOKS = 20;

  private final Console console;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "stop-signal");
  private long patience = Long.MAX_VALUE;
  private Runnable cut = () -> {};
  private Runnable last = () -> {};
  private boolean watched;
  private volatile boolean heeded;
  private volatile boolean requested;
  private volatile boolean noticed;
  private volatile boolean idle;

  /** A signal that nothing is known of yet. */
  StopSignal(Console console) {
    this.console = console;
  }

  /** Until a command heeds it, a signal ends the process, which leaves no half of a file. */
  StopSignal watch() {
    watched = true;
    Runtime.getRuntime().addShutdownHook(hook);
    return this;
  }

  /**
   * From now on a signal is a request; once it is noticed, what is kept may take as long as it
   * takes.
   *
   * @param ifCut done where the work is cut off
   */
  void heed(Runnable ifCut) {
    cut = ifCut;
    heeded = true;
    if (!watched) {
      watch();
    }
  }

  /**
   * From now on a signal is a request; the end is cut off after some time.
   *
   * @param seconds how long the end may take
   * @param words what to do before the JVM goes, however it ended
   */
  void heed(long seconds, Runnable words) {
    patience = seconds;
    last = words;
    heed(() -> {});
  }

  private void requestAndWait() {
    requested = true;
    if (heeded) {
      stopCommand();
    } else {
      endLine();
      PlainStream.clear(console.err());
    }
    WholeFile.discardUnfinished();
  }

  private void stopCommand() {
    Posix.letEnd(Posix.SIGINT);
    endLine();
    console.err().println(ACKNOWLEDGED);
    try {
      boolean ended = false;
      for (long look = 0; look < UNNOTICED * LOOKS && !ended && !idle; look++) {
        ended = done.await(1000 / LOOKS, TimeUnit.MILLISECONDS);
      }
      if (!ended && noticed && !idle) {
        ended = done.await(patience - UNNOTICED, TimeUnit.SECONDS);
      }
      PlainStream.clear(console.err());
      if (!ended) {
        cut.run();
      }
      last.run();
      console.out().flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Behind the ^C that a terminal shows in the line of the progress bar. */
  private void endLine() {
    if (console.terminal()) {
      console.err().println();
    }
  }

  /**
   * Says whether what is done now leaves nothing that would have to be kept, so that a signal cuts
   * it off at once.
   */
  void idle(boolean nothingToKeep) {
    idle = nothingToKeep;
  }

  /** Whether a signal has come; who asks is trusted to end then. */
  boolean requested() {
    noticed |= requested;
    return requested;
  }

  /** The command is over: nothing needs to wait for it any more. */
  @Override
  public void close() {
    done.countDown();
    if (watched && !requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the signal came just now; the hook finds the latch open
        return;
      }
    }
  }
}
