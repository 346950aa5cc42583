package org.noisescape.linop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A call into a native library that cannot be interrupted, but need not be waited for.
 *
 * <p>It runs on a thread of its own. Where a stop is requested its caller goes on without it; what
 * memory it works in is given back when it comes to its end, and the end of the process ends it.
 */
final class Abandoned {
  /** Time between two looks whether a stop is requested. */
  private static final long MILLIS = 100;

  /** As the first thread of a process has it: what libraries put on the stack they expect there. */
  private static final long STACK = 8L << 20;

  private Abandoned() {}

  /**
   * What a call gives, unless a stop is requested before.
   *
   * @param memory it works in, kept for it however this ends
   * @throws StoppedException where a stop is requested
   */
  static <T> T unless(StopCheck stop, Supplier<T> call, List<NativeMemory.Block> memory) {
    stop.goOn();
    CompletableFuture<T> result = new CompletableFuture<>();
    memory.forEach(NativeMemory.Block::hold);
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(call.get());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              } finally {
                memory.forEach(NativeMemory.Block::release);
              }
            },
            "native call",
            STACK);
    thread.setDaemon(true);
    thread.start();
    while (true) {
      try {
        return result.get(MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        stop.goOn();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failed) {
          throw failed;
        }
        if (e.getCause() instanceof Error failed) {
          throw failed;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
