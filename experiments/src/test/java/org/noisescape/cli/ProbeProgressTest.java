package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.runs.ProgressListener;

/** What is shown while a probe measures, by a clock that stands. */
class ProbeProgressTest {
  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private double now;
  private final ProbeProgress probe =
      new ProbeProgress(
          new ProgressListener() {
            @Override
            public void progressed(long step, long steps, String note) {
              notes.add(note);
            }

            @Override
            public void told(String line) {
              lines.add(line);
            }

            @Override
            public void started(String task) {
              notes.add(task);
            }
          },
          4000,
          () -> now);

  @BeforeEach
  void begin() {
    probe.measuring(QuantityRequest.parseAll(List.of("hessian-top:3")).getFirst(), 1, 4);
    probe.worked(100);
  }

  @Test
  void theQuantityItsPlaceAndItsOwnProductsAreShown() {
    probe.worked(117);
    assertThat(notes).containsExactly("hessian-top:3 (2 of 4)", "", "17 products");
  }

  @Test
  void whatMayTakeLongIsSaidOnceAProductIsTimed() {
    now = 1.8;
    probe.worked(104);
    assertThat(lines).as("code is compiled yet").isEmpty();
    now = 2.6;
    probe.worked(108);
    now = 20;
    probe.worked(200);
    assertThat(lines)
        .containsExactly("hessian-top:3: 0.20 s a product, at most 13 min (--max-products 4000)");
  }

  @Test
  void whatIsQuickEvenThenIsNotTalkedAbout() {
    now = 1;
    probe.worked(101);
    now = 2;
    probe.worked(2100);
    now = 6;
    probe.worked(2108);
    assertThat(lines).isEmpty();
  }

  @Test
  void lapackIsAnnouncedAndShownAsLongAsNoProductIsMade() {
    probe.factorizing(5000, 90);
    probe.worked(100);
    assertThat(lines).containsExactly("hessian-top:3: LAPACK, dimension 5000, about 90 s");
    assertThat(notes).last().isEqualTo("LAPACK, dimension 5000, about 90 s");
    probe.worked(101);
    assertThat(notes).last().isEqualTo("1 product");
  }
}
