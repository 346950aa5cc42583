package org.noisescape.quantities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final AtomicLong products = new AtomicLong();
  private final Ledger ledger = new Ledger(products::get);

  @Test
  void sharedWorkIsDoneOnceAndChargedToEveryUser() {
    assertThat(cost(this::inner)).isEqualTo(5);
    assertThat(cost(this::inner)).isEqualTo(5);
    assertThat(products).hasValue(5);
  }

  @Test
  void nestedSharedWorkIsChargedOnceToEachUserWhateverTheOrder() {
    assertThat(cost(this::outer)).isEqualTo(7);
    assertThat(cost(this::inner)).isEqualTo(5);
    assertThat(cost(this::outer)).isEqualTo(7);
    assertThat(products).hasValue(7);

    Ledger other = new Ledger(products::get);
    assertThat(cost(other, () -> inner(other))).isEqualTo(5);
    assertThat(cost(other, () -> outer(other))).isEqualTo(7);
  }

  @Test
  void withinOneAccountAPieceIsChargedOnce() {
    assertThat(
            cost(
                () -> {
                  inner();
                  inner();
                }))
        .isEqualTo(5);
    assertThat(
            cost(
                () -> {
                  outer();
                  inner();
                }))
        .isEqualTo(7);
    assertThat(
            cost(
                () -> {
                  outer();
                  inner();
                }))
        .isEqualTo(7);
  }

  @Test
  void freeWorkIsChargedToNobody() {
    assertThat(cost(() -> ledger.free(() -> products.addAndGet(3)))).isZero();
    assertThat(products).hasValue(3);
  }

  @Test
  void whatWasPutInIsChargedAsSaid() {
    ledger.put("pass", "value", new Cost(1000, 11));
    Cost before = ledger.begin();
    assertThat(ledger.<String>shared("pass", () -> "computed")).isEqualTo("value");
    Cost cost = ledger.total().minus(before);
    assertThat(cost.products()).isEqualTo(11);
    assertThat(cost.seconds()).isGreaterThan(1000 * (1 - 1e-9)).isLessThan(2000);
  }

  private void inner() {
    inner(ledger);
  }

  private void outer() {
    outer(ledger);
  }

  private long inner(Ledger in) {
    return in.shared("inner", () -> products.addAndGet(5));
  }

  private long outer(Ledger in) {
    return in.shared("outer", () -> inner(in) + products.addAndGet(2));
  }

  private long cost(Runnable work) {
    return cost(ledger, work);
  }

  private static long cost(Ledger in, Runnable work) {
    Cost before = in.begin();
    work.run();
    return in.total().minus(before).products();
  }
}
