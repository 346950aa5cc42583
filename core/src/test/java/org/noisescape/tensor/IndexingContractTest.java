package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selections, transpositions and columns: exact. */
class IndexingContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void gatherCopiesTheIndexedRows(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int width : LENGTHS) {
            int rows = 11;
            int batch = 7;
            double[] source = Workbench.normals(1, rows * width);
            int[] indices = new int[replicas * batch];
            double[] expected = new double[indices.length * width];
            for (int i = 0; i < indices.length; i++) {
              indices[i] = i == 0 ? rows - 1 : i * i % rows;
              System.arraycopy(source, indices[i] * width, expected, i * width, width);
            }
            Tensor out = bench.output(subject.dtype(), replicas, batch, width);
            subject
                .engine()
                .indexing()
                .gather(
                    bench.input(subject.dtype(), source, rows, width),
                    bench.input(indices, replicas, batch),
                    out);
            assertThat(bench.read(out)).as("D = %d", width).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void transposeSwapsTheInnerAxes(Subject subject) {
    int[][] sizes = {{1, 1, 1}, {1, 7, 13}, {3, 1, 17}, {2, 16, 1}, {5, 15, 33}, {1, 64, 65}};
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : sizes) {
            int rows = size[1];
            int columns = size[2];
            double[] x = Workbench.normals(2, replicas * size[0] * rows * columns);
            double[] expected = new double[x.length];
            for (int i = 0; i < x.length; i++) {
              int sample = i / (rows * columns);
              int row = i / columns % rows;
              expected[(sample * columns + i % columns) * rows + row] = x[i];
            }
            Tensor out = bench.output(subject.dtype(), replicas, size[0], columns, rows);
            Tensor source = bench.input(subject.dtype(), x, replicas, size[0], rows, columns);
            subject.engine().indexing().transposeInner(source, out);
            assertThat(bench.read(out)).as("%d x %d", rows, columns).isEqualTo(expected);
          }
        });
  }

  /** Rows M, columns of source and target, from, to and count. */
  private static final int[][] COLUMNS = {
    {1, 1, 1, 0, 0, 1},
    {7, 12, 24, 0, 12, 12},
    {13, 24, 12, 12, 0, 12},
    {127, 3, 16, 1, 13, 2},
    {5, 64, 96, 0, 32, 64},
    {9, 33, 40, 5, 4, 17},
    {1031, 5, 9, 0, 4, 5},
    {3, 8, 8, 4, 0, 4},
    {3, 8, 8, 2, 3, 0},
    {2, 200, 130, 70, 0, 130},
  };

  private static double[] columns(double[] source, double[] held, int[] size, boolean add) {
    double[] expected = held.clone();
    for (int i = 0; i < expected.length; i++) {
      int column = i % size[2] - size[4];
      if (column >= 0 && column < size[5]) {
        double copied = source[i / size[2] * size[1] + size[3] + column];
        expected[i] = add ? held[i] + copied : copied;
      }
    }
    return expected;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void copyColumnsReplacesSomeColumnsOfEveryRowAndNoOthers(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : COLUMNS) {
            for (Accumulation accumulation : Accumulation.values()) {
              boolean add = accumulation == Accumulation.ADD;
              double[] source = Workbench.normals(3, replicas * size[0] * size[1]);
              double[] held = Workbench.normals(4, replicas * size[0] * size[2]);
              double[] expected = columns(source, held, size, add);
              if (add && subject.dtype() == DType.FLOAT32) {
                for (int i = 0; i < expected.length; i++) {
                  expected[i] = (float) expected[i];
                }
              }
              Tensor from = bench.input(subject.dtype(), source, replicas, size[0], size[1]);
              Tensor target = bench.inOut(subject.dtype(), held, replicas, size[0], size[2]);
              subject
                  .engine()
                  .indexing()
                  .copyColumns(from, size[3], target, size[4], size[5], accumulation);
              assertThat(bench.read(target))
                  .as("%s %s", Arrays.toString(size), accumulation)
                  .isEqualTo(expected);
            }
          }
        });
  }
}
