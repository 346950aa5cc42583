package org.noisescape.engine.host;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a range of items on the calling thread and the engine's own threads.
 *
 * <p>The split depends on the number of threads, the result of a task must not. Threads spin
 * briefly between tasks and then park. One caller at a time.
 */
final class Workers implements AutoCloseable {
  /** Work on items from, …, to − 1. */
  interface Task {
    void run(long from, long to);
  }

  private static final int SPINS = 500;

  /** Elements of work from which a second thread pays, a few tenths of a millisecond. */
  private static final long PARALLEL_FROM = 1 << 20;

  private final Thread[] threads;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile int generation;
  private volatile boolean closed;
  private volatile Throwable failure;
  private Task task;
  private long items;
  private long unit;
  private int parts;

  Workers(int count) {
    threads = new Thread[count - 1];
    for (int i = 0; i < threads.length; i++) {
      int part = i + 1;
      threads[i] = new Thread(() -> serve(part), "noisescape-host-" + part);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  int count() {
    return threads.length + 1;
  }

  /**
   * Runs a task.
   *
   * @param job the task
   * @param size number of items
   * @param multiple parts start at multiples of this
   * @param cost work of the whole range in elements; small ranges stay on the calling thread
   */
  void run(Task job, long size, long multiple, long cost) {
    if (threads.length == 0 || cost < PARALLEL_FROM || size <= multiple) {
      job.run(0, size);
      return;
    }
    task = job;
    items = size;
    unit = multiple;
    parts = count();
    pending.set(threads.length);
    generation++;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    try {
      part(0);
    } finally {
      while (pending.get() > 0) {
        Thread.onSpinWait();
      }
      task = null;
    }
    Throwable failed = failure;
    if (failed != null) {
      failure = null;
      throw new IllegalStateException("a worker thread failed: " + failed, failed);
    }
  }

  private void part(int index) {
    long units = (items + unit - 1) / unit;
    long from = units * index / parts * unit;
    long to = Math.min(items, units * (index + 1) / parts * unit);
    if (from < to) {
      task.run(from, to);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void serve(int index) {
    int seen = 0;
    while (!closed) {
      for (int spin = 0; spin < SPINS && generation == seen; spin++) {
        Thread.onSpinWait();
      }
      while (generation == seen && !closed) {
        LockSupport.park(this);
      }
      if (closed) {
        return;
      }
      seen = generation;
      try {
        part(index);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        pending.decrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
