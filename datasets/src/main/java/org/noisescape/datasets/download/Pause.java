package org.noisescape.datasets.download;

import java.time.Duration;

/** How to wait before another attempt; tests record instead of sleeping. */
@FunctionalInterface
public interface Pause {
  /** Waits. */
  void pause(Duration duration) throws InterruptedException;

  /** Really waits. */
  static Pause sleeping() {
    return Thread::sleep;
  }
}
