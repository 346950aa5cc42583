package org.noisescape.engine.host;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts oneDNN's native objects, so that tests can see that none is left behind. */
final class DnnlHandles {
  private static final AtomicInteger LIVE = new AtomicInteger();

  private DnnlHandles() {}

  /** Notes that a call made an object. */
  static void made(int status, String what) {
    OneDnn.check(status, what);
    LIVE.incrementAndGet();
  }

  /** Notes that a call destroyed an object. */
  static void destroyed(int status, String what) {
    OneDnn.check(status, what);
    LIVE.decrementAndGet();
  }

  /** Primitives, memories, descriptors and attributes made and not destroyed. */
  static int live() {
    return LIVE.get();
  }
}
