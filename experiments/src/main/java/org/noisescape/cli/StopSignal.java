package org.noisescape.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the shutdown of the JVM, on Ctrl-C or SIGTERM, into a request to stop.
 *
 * <p>The JVM exits when its shutdown hooks are done; this one waits until the session has written
 * its checkpoint. The exit code is then the JVM's own, 128 + the number of the signal.
 */
final class StopSignal implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::requestAndWait, "stop-signal");
  private final long patience;
  private final Runnable last;
  private volatile boolean requested;

  /** Waits as long as it takes. */
  StopSignal() {
    this(Long.MAX_VALUE, () -> {});
  }

  /**
   * Waits for some time: what cannot be interrupted is then cut off.
   *
   * @param patience seconds
   * @param last what to do before the JVM goes
   */
  StopSignal(long patience, Runnable last) {
    this.patience = patience;
    this.last = last;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void requestAndWait() {
    requested = true;
    try {
      boolean ended = done.await(patience, TimeUnit.SECONDS);
      if (ended || patience < Long.MAX_VALUE) {
        last.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a signal has come. */
  boolean requested() {
    return requested;
  }

  /** The session is over: nothing needs to wait for it any more. */
  @Override
  public void close() {
    done.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the signal came just now; the hook finds the latch open
        return;
      }
    }
  }
}
