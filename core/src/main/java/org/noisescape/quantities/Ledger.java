package org.noisescape.quantities;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps what quantities share, and charges each of them all the work it rests on.
 *
 * <p>A shared piece of work is done once; whoever uses it again is charged what it cost then. So
 * the cost of a quantity does not depend on the order, and costs do not add up to the time of all.
 * Within one account a piece is charged once.
 */
final class Ledger {
  private record Entry(Object value, Cost cost, Set<String> includes) {}

  private final Map<String, Entry> shared = new HashMap<>();
  private final Set<String> paid = new HashSet<>();
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

  /** Starts a new account, and returns the total so far. */
  Cost begin() {
    paid.clear();
    return total();
  }

  /** What has been charged so far. */
  Cost total() {
    return charged.plus(new Cost(System.nanoTime() * 1e-9, products.getAsLong()));
  }

  /** Puts in what was computed elsewhere. */
  void put(String name, Object value, Cost cost) {
    shared.put(name, new Entry(value, cost, Set.of(name)));
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
      if (paid.addAll(known.includes())) {
        charged = charged.plus(known.cost());
      }
      return (T) known.value();
    }
    Set<String> before = new HashSet<>(paid);
    Cost start = total();
    T value = work.get();
    paid.add(name);
    Set<String> includes = new HashSet<>(paid);
    includes.removeAll(before);
    shared.put(name, new Entry(value, total().minus(start), includes));
    return value;
  }
}
