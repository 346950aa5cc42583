package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is registered with an arena is done when it is committed, once, or not at all. */
class ArenaContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void fillsRunOnceInTheOrderTheyWereRegisteredIn(Subject subject) {
    Memory memory = subject.engine().memory();
    List<String> order = new ArrayList<>();
    try (Arena arena = subject.engine().arena()) {
      Tensor x = arena.reserve(subject.dtype(), 2);
      Tensor y = arena.reserve(subject.dtype(), 2);
      arena.onCommit(
          () -> {
            order.add("x");
            memory.write(x, 3.0, 5.0);
          });
      arena.onCommit(
          () -> {
            order.add("y");
            memory.copy(x, y);
          });
      assertThat(order).isEmpty();
      arena.commit();
      arena.commit();
      assertThat(order).containsExactly("x", "y");
      assertThat(memory.readDoubles(y)).containsExactly(3, 5);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void memoryThatIsNotCommittedIsNeitherReadNorWritten(Subject subject) {
    Memory memory = subject.engine().memory();
    try (Arena arena = subject.engine().arena()) {
      Tensor x = arena.reserve(subject.dtype(), 2);
      arena.onCommit(() -> memory.fill(x, 1));
      assertThatIllegalStateException()
          .isThrownBy(() -> memory.readDoubles(x))
          .withMessageContaining("call commit()");
      assertThatIllegalStateException()
          .isThrownBy(() -> memory.fill(x, 2))
          .withMessageContaining("call commit()");
      arena.commit();
      assertThat(memory.readDoubles(x)).containsExactly(1, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aFillThatFailsClosesTheArena(Subject subject) {
    Memory memory = subject.engine().memory();
    List<String> order = new ArrayList<>();
    Arena arena = subject.engine().arena();
    Tensor x = arena.reserve(subject.dtype(), 2);
    RuntimeException failure = new IllegalArgumentException("no such sample");
    arena.onCommit(() -> order.add("before"));
    arena.onCommit(
        () -> {
          throw failure;
        });
    arena.onCommit(() -> order.add("after"));
    assertThatThrownBy(arena::commit).isSameAs(failure);
    assertThat(order).containsExactly("before");
    assertThatIllegalStateException()
        .isThrownBy(() -> memory.readDoubles(x))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(arena::commit).withMessageContaining("closed");
    arena.close();
    assertThat(order).containsExactly("before");
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void anArenaThatIsClosedBeforeItIsCommittedNeverFills(Subject subject) {
    List<String> order = new ArrayList<>();
    Arena arena = subject.engine().arena();
    arena.reserve(subject.dtype(), 2);
    arena.onCommit(() -> order.add("filled"));
    arena.close();
    assertThatIllegalStateException().isThrownBy(arena::commit).withMessageContaining("closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> arena.reserve(subject.dtype(), 2))
        .withMessageContaining("closed");
    assertThat(order).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void nothingIsReservedOrRegisteredFromTheCommitOn(Subject subject) {
    List<Runnable> late = new ArrayList<>();
    try (Arena arena = subject.engine().arena()) {
      late.add(() -> arena.reserve(subject.dtype(), 2));
      late.add(() -> arena.onCommit(() -> {}));
      arena.onCommit(
          () ->
              late.forEach(
                  action ->
                      assertThatIllegalStateException()
                          .isThrownBy(action::run)
                          .withMessageContaining("before commit()")));
      arena.commit();
      late.forEach(
          action ->
              assertThatIllegalStateException()
                  .isThrownBy(action::run)
                  .withMessageContaining("before commit()"));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aProgramRecordedByAFillRepeatsTheProgramOnly(Subject subject) {
    Engine engine = subject.engine();
    List<Program> programs = new ArrayList<>();
    try (Arena arena = engine.arena()) {
      Tensor x = arena.reserve(subject.dtype(), 1, 2);
      Tensor y = arena.reserve(subject.dtype(), 1, 2);
      arena.onCommit(
          () -> programs.add(engine.record(arena, () -> engine.linearAlgebra().axpby(1, x, 1, y))));
      arena.onCommit(() -> engine.memory().write(x, 2.0, 3.0));
      arena.onCommit(() -> engine.memory().write(y, 10.0, 20.0));
      arena.commit();
      assertThat(engine.memory().readDoubles(y)).containsExactly(10, 20);
      engine.memory().write(x, 1.0, 2.0);
      programs.getFirst().replay();
      programs.getFirst().replay();
      assertThat(engine.memory().readDoubles(x)).containsExactly(1, 2);
      assertThat(engine.memory().readDoubles(y)).containsExactly(12, 24);
    }
  }
}
