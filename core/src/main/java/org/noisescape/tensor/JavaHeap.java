package org.noisescape.tensor;

import java.util.Locale;

/** The Java heap, which vectors pass through on their way into and out of an engine. */
public final class JavaHeap {
  private static final double GIBIBYTE = 0x1p30;

  private JavaHeap() {}

  /** Bytes that can still be taken, garbage counted as taken. */
  public static long available() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** Bytes by which the process grows when so many are taken: what the heap has taken is there. */
  public static long growth(long bytes) {
    return Math.max(0, bytes - Runtime.getRuntime().freeMemory());
  }

  /**
   * Checks that so many bytes can be taken.
   *
   * @param bytes needed at once
   * @param what needs them, for the message
   * @param remedy what to take instead
   * @throws IllegalArgumentException in one line where they do not fit
   */
  public static void require(long bytes, String what, String remedy) {
    if (bytes > available()) {
      System.gc();
    }
    if (bytes > available()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %.2f GiB of Java heap are needed, %.2f GiB of %.2f GiB are left: %s, or a larger"
                  + " heap (Java option -Xmx)",
              what,
              bytes / GIBIBYTE,
              available() / GIBIBYTE,
              Runtime.getRuntime().maxMemory() / GIBIBYTE,
              remedy));
    }
  }
}
