package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Selections and transpositions: exact. */
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
}
