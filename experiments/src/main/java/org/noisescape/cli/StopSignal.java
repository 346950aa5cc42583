package org.noisescape.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the shutdown of the JVM, on Ctrl-C, SIGTERM or SIGHUP, into a request to stop.
 *
 * <p>The JVM exits when its shutdown hooks are done; this one says at once that it has heard, and
 * waits until the command has written what it keeps and said so. The exit code is then the JVM's
 * own, 128 + the number of the signal. A second Ctrl-C ends the process at once.
 */
final class StopSignal implements AutoCloseable {
  private static final String ACKNOWLEDGED = "stopping (a second Ctrl-C ends at once)";

  private final Console console;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "stop-signal");
  private long patience = Long.MAX_VALUE;
  private Runnable last = () -> {};
  private boolean heeded;
  private volatile boolean requested;

  /** Until a command heeds it, a signal ends the process. */
  StopSignal(Console console) {
    this.console = console;
  }

  /** From now on a signal is a request, which may take as long as it takes. */
  void heed() {
    heeded = true;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * From now on a signal is a request; what cannot be interrupted is cut off after some time.
   *
   * @param seconds how long the end may take
   * @param words what to do before the JVM goes
   */
  void heed(long seconds, Runnable words) {
    patience = seconds;
    last = words;
    heed();
  }

  private void requestAndWait() {
    requested = true;
    Posix.letEnd(Posix.SIGINT);
    // behind the ^C that a terminal shows in the line of the progress bar
    console.err().println((console.terminal() ? System.lineSeparator() : "") + ACKNOWLEDGED);
    try {
      boolean ended = done.await(patience, TimeUnit.SECONDS);
      if (ended || patience < Long.MAX_VALUE) {
        last.run();
      }
      console.out().flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a signal has come. */
  boolean requested() {
    return requested;
  }

  /** The command is over: nothing needs to wait for it any more. */
  @Override
  public void close() {
    done.countDown();
    if (heeded && !requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the signal came just now; the hook finds the latch open
        return;
      }
    }
  }
}
