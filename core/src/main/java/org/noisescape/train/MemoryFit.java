package org.noisescape.train;

import java.util.function.IntToLongFunction;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.JavaHeap;

/** Compares the memory of a run with what its engine has, before any is taken. */
final class MemoryFit {
  private final Engine engine;
  private final TrainingSetup setup;
  private final TrainingPlan plan;

  MemoryFit(Engine engine, TrainingSetup setup) {
    this.engine = engine;
    this.setup = setup;
    this.plan = setup.plan();
  }

  /**
   * Checks what a run needs.
   *
   * @param needed bytes of engine memory
   * @param heapBytes bytes of Java heap, which an engine of this machine shares its memory with
   * @throws IllegalArgumentException that says what is needed, what there is and which batch or
   *     number of replicas would fit
   */
  void require(long needed, long heapBytes) {
    long available = engine.availableMemory(JavaHeap.growth(heapBytes));
    if (needed > available) {
      // probes and their buffers stay as they are
      long besides = needed - bytes(plan);
      throw new IllegalArgumentException(
          "%.2f GiB of memory are needed, engine %s has %.2f GiB left: %s"
              .formatted(
                  needed * 0x1p-30,
                  engine.name(),
                  available * 0x1p-30,
                  whatFits(available - besides)));
    }
  }

  private String whatFits(long available) {
    int batch =
        largest(
            plan.batch(), candidate -> bytes(plan.toBuilder().batch(candidate).build()), available);
    if (batch > 0) {
      return "a batch of %d instead of %d would fit".formatted(batch, plan.batch());
    }
    int replicas =
        largest(
            plan.replicas(),
            candidate -> bytes(plan.toBuilder().replicas(candidate).build()),
            available);
    if (replicas > 0) {
      return "%d replicas instead of %d would fit".formatted(replicas, plan.replicas());
    }
    return "no batch is small enough: take fewer samples (a subset), fewer probes or a smaller model";
  }

  /** The largest size below one that fits, by bisection; 0 where none does. */
  private static int largest(int tooLarge, IntToLongFunction bytes, long available) {
    int fits = 0;
    int fails = tooLarge;
    while (fails - fits > 1) {
      int middle = fits + (fails - fits) / 2;
      if (bytes.applyAsLong(middle) <= available) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }

  private long bytes(TrainingPlan candidate) {
    return setup.withPlan(candidate).bytes(engine);
  }
}
