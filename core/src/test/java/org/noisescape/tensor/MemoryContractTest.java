package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transfers, fills, copies, views and recording. */
class MemoryContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void doublesComeBackAsWritten(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            double[] values = Workbench.normals(1, replicas * length);
            Tensor tensor = bench.output(subject.dtype(), replicas, length);
            subject.engine().memory().write(tensor, values);
            assertThat(bench.read(tensor)).isEqualTo(values);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void floatsComeBackAsWrittenFromAnyOffset(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            float[] values = new float[replicas * length + 5];
            double[] normals = Workbench.normals(2, values.length);
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) normals[i];
            }
            Tensor tensor = bench.output(subject.dtype(), replicas, length);
            subject.engine().memory().write(tensor, values, 3);
            float[] back = values.clone();
            Arrays.fill(back, 3, 3 + replicas * length, 0);
            subject.engine().memory().read(tensor, back, 3);
            assertThat(back).isEqualTo(values);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void integersComeBackAsWritten(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            int[] values = IntStream.range(0, replicas * length).map(i -> i * 0x9E3779B9).toArray();
            Tensor tensor = bench.output(DType.INT32, replicas, length);
            subject.engine().memory().write(tensor, values);
            assertThat(subject.engine().memory().readInts(tensor)).isEqualTo(values);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void specialValuesSurviveTransfer(Subject subject) {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0};
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      assertThat(bench.read(bench.inOut(subject.dtype(), values, 4))).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void emptyTensorsAreLegal(Subject subject) {
    Memory memory = subject.engine().memory();
    Tensor empty = subject.engine().tensor(subject.dtype(), 2, 0);
    memory.fill(empty, 1);
    memory.copy(empty, subject.engine().tensor(subject.dtype(), 2, 0));
    memory.write(empty, new double[0]);
    assertThat(memory.readDoubles(empty)).isEmpty();
    assertThat(memory.readInts(subject.engine().tensor(DType.INT32, 0, 3))).isEmpty();
    empty.arena().close();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void fillSetsEveryElement(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            Tensor tensor = bench.output(subject.dtype(), replicas, length);
            subject.engine().memory().fill(tensor, 0.375);
            assertThat(bench.read(tensor)).containsOnly(0.375);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void copyTakesAnyMixOfLayouts(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          Engine engine = subject.engine();
          double[] values = Workbench.normals(3, replicas * 34);
          Tensor source = bench.input(subject.dtype(), values, replicas, 17, 2);
          Tensor target = bench.output(subject.dtype(), replicas, 17, 2);
          Tensor dense = engine.tensor(subject.dtype(), replicas, 17, 2);
          engine.memory().copy(source, dense);
          engine.memory().copy(dense, target);
          assertThat(bench.read(target)).isEqualTo(values);
          dense.arena().close();
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void integersAreCopied(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          int[] values = IntStream.range(0, replicas * 7).toArray();
          Tensor target = bench.output(DType.INT32, replicas, 7);
          subject.engine().memory().copy(bench.input(values, replicas, 7), target);
          assertThat(subject.engine().memory().readInts(target)).isEqualTo(values);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void arenasStartAsZerosOnSeparateLines(Subject subject) {
    try (Arena arena = subject.engine().arena()) {
      Tensor first = arena.reserve(subject.dtype(), 3, 7);
      Tensor second = arena.reserve(subject.dtype(), 17);
      Tensor indices = arena.reserve(DType.INT32, 5);
      arena.commit();
      assertThat(second.offset() * subject.dtype().bytes() % 64).isZero();
      subject.engine().memory().fill(first, 1);
      assertThat(subject.engine().memory().readDoubles(second)).containsOnly(0);
      assertThat(subject.engine().memory().readInts(indices)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void viewsShareTheirMemory(Subject subject) {
    Memory memory = subject.engine().memory();
    Tensor whole = subject.engine().tensor(subject.dtype(), 3, 4);
    memory.write(whole, IntStream.range(0, 12).asDoubleStream().toArray());
    assertThat(memory.readDoubles(whole.slice(1, 2))).containsExactly(1, 2, 5, 6, 9, 10);
    assertThat(memory.readDoubles(whole.slice(3))).containsExactly(3, 7, 11);
    assertThat(memory.readDoubles(whole.replica(1))).containsExactly(4, 5, 6, 7);
    assertThat(memory.readDoubles(whole.reshape(2, 6).rows(1, 1))).startsWith(6, 7).hasSize(6);
    memory.fill(whole.rows(1, 2).slice(2, 1), -1);
    assertThat(memory.readDoubles(whole)).containsExactly(0, 1, 2, 3, 4, 5, -1, 7, 8, 9, -1, 11);
    whole.arena().close();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aRecordedProgramRunsOnWhatItsTensorsHoldNow(Subject subject) {
    Engine engine = subject.engine();
    try (Workbench bench = new Workbench(engine, Workbench.Layout.CONTIGUOUS)) {
      Tensor x = bench.inOut(subject.dtype(), new double[] {1, 2}, 1, 2);
      Tensor y = bench.inOut(subject.dtype(), new double[] {0, 0}, 1, 2);
      Program program = engine.record(x.arena(), () -> engine.linearAlgebra().axpby(1, x, 1, y));
      engine.memory().write(x, 10.0, 20.0);
      engine.memory().write(y, 1.0, 2.0);
      program.replay();
      program.replay();
      assertThat(bench.read(y)).containsExactly(21, 42);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void wrongLengthsNameBothSizes(Subject subject) {
    Memory memory = subject.engine().memory();
    Tensor tensor = subject.engine().tensor(subject.dtype(), 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.write(tensor, new double[5]))
        .withMessageContainingAll("write", "5", "(2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.read(tensor, new float[8], 3))
        .withMessageContainingAll("read", "8", "3", "(2, 3)");
    tensor.arena().close();
  }
}
