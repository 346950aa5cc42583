package org.noisescape.experiments.wei.valley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.noisescape.experiments.wei.valley.Bisection.Piece;

/** The recursion on whole numbers, with a link that crosses a barrier called not connected. */
class BisectionTest {
  /** What was looked at and what was inserted, in order. */
  private final List<String> done = new ArrayList<>();

  @Test
  void connectedEndsAreLeftAsTheyAre() {
    assertThat(path(0, 100, step -> false)).containsExactly("0-100");
    assertThat(done).containsExactly("look 0-100");
  }

  @Test
  void theHalfThatIsNotConnectedIsHalvedAgainFirstLeftThenRight() {
    // a barrier between 5 and 6
    assertThat(path(0, 8, step -> step == 5)).containsExactly("0-4", "4-5", "5-6", "6-8");
    assertThat(done)
        .containsExactly(
            "look 0-8",
            "insert 4",
            "look 0-4",
            "look 4-8",
            "insert 6",
            "look 4-6",
            "insert 5",
            "look 4-5",
            "look 5-6",
            "look 6-8");
  }

  @Test
  void withoutAnIterationBetweenItEndsUnconnected() {
    assertThat(path(3, 4, step -> true)).containsExactly("3-4");
    assertThat(path(0, 7, step -> true))
        .containsExactly("0-1", "1-2", "2-3", "3-4", "4-5", "5-6", "6-7");
  }

  @Test
  void depthIsTheLogarithmOfTheIterations() {
    path(0, 1024, step -> step == 700);
    assertThat(done.stream().filter(word -> word.startsWith("insert"))).hasSize(10);
  }

  /** A link is connected if no step in it is a barrier. */
  private List<String> path(int left, int right, IntPredicate barrier) {
    done.clear();
    return Bisection.path(
            left,
            right,
            new Bisection.Ground<Integer, Boolean>() {
              @Override
              public Boolean link(Integer a, Integer b) {
                done.add("look " + a + "-" + b);
                for (int step = a; step < b; step++) {
                  if (barrier.test(step)) {
                    return false;
                  }
                }
                return true;
              }

              @Override
              public boolean connected(Boolean link) {
                return link;
              }

              @Override
              public Optional<Integer> between(Integer a, Integer b) {
                if (b - a < 2) {
                  return Optional.empty();
                }
                done.add("insert " + (a + (b - a) / 2));
                return Optional.of(a + (b - a) / 2);
              }
            })
        .stream()
        .map(BisectionTest::text)
        .toList();
  }

  private static String text(Piece<Integer, Boolean> piece) {
    return piece.left() + "-" + piece.right();
  }
}
