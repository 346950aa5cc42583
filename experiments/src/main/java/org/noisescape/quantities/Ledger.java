package org.noisescape.quantities;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps what quantities share, and the cost of each as if it had been asked for alone.
 *
 * <p>A shared piece of work is done once; whoever uses it again is charged what it cost then. So
 * the cost of a quantity does not depend on what else is measured, nor in which order.
 */
final class Ledger {
  private record Entry(Object value, Cost cost) {}

  private final Map<String, Entry> shared = new HashMap<>();
  private Cost charged = Cost.NONE;
  private final LongSupplier products;

  /**
   * An empty ledger.
   *
   * @param products products with vectors so far
   */
  Ledger(LongSupplier products) {
    this.products = products;
  }

  /** What everything so far would have cost without sharing. */
  Cost total() {
    return charged.plus(new Cost(System.nanoTime() * 1e-9, products.getAsLong()));
  }

  /** Puts in what was computed elsewhere. */
  void put(String name, Object value, Cost cost) {
    shared.put(name, new Entry(value, cost));
  }

  /** Does something that no quantity is charged for. */
  void free(Runnable work) {
    Cost before = total();
    work.run();
    charged = charged.minus(total().minus(before));
  }

  /** Does a piece of work, unless it was done before. */
  @SuppressWarnings("unchecked") // a name stands for work of one type
  <T> T shared(String name, Supplier<T> work) {
    Entry known = shared.get(name);
    if (known != null) {
      charged = charged.plus(known.cost());
      return (T) known.value();
    }
    Cost before = total();
    T value = work.get();
    put(name, value, total().minus(before));
    return value;
  }
}
