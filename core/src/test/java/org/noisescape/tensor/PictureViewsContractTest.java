package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.random.Philox;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;

/** Views of pictures and their draws: exact, against pictures drawn on a canvas in plain Java. */
class PictureViewsContractTest extends EngineContract {
  private static final long SEED = 7;

  /** Planes, height, width, channels, padding, mirrored, hole. */
  private static final List<ViewGeometry> GEOMETRIES =
      List.of(
          new ViewGeometry(1, 1, 1, 1, 0, false, 0),
          new ViewGeometry(1, 5, 7, 1, 2, true, 3),
          new ViewGeometry(1, 6, 5, 3, 4, true, 2),
          new ViewGeometry(3, 6, 5, 1, 1, false, 4),
          new ViewGeometry(2, 4, 9, 2, 0, true, 0),
          new ViewGeometry(1, 3, 3, 1, 5, true, 0),
          new ViewGeometry(1, 28, 28, 1, 4, true, 8),
          new ViewGeometry(1, 32, 32, 3, 4, true, 16),
          new ViewGeometry(1, 2, 3, 4, 0, false, 9));

  private static final int SOURCES = 5;
  private static final int BATCH = 6;

  /** The extremes of every number first, then others. */
  private static int[] views(ViewGeometry geometry, int count) {
    int[] views = new int[count * ViewGeometry.NUMBERS];
    for (int i = 0; i < views.length; i++) {
      int picture = i / ViewGeometry.NUMBERS;
      int bound = geometry.bound(i % ViewGeometry.NUMBERS);
      views[i] = picture == 0 ? 0 : picture == 1 ? bound - 1 : i * 31 % bound;
    }
    return views;
  }

  /**
   * A picture is put on a canvas of the border, cut out, turned round, and holed, in this order.
   */
  private static double[] view(ViewGeometry g, double[] picture, double[] border, int[] view) {
    int p = g.padding();
    double[] shown = new double[picture.length];
    for (int plane = 0; plane < g.planes(); plane++) {
      double[][][] canvas = new double[g.height() + 2 * p][g.width() + 2 * p][g.channels()];
      for (double[][] line : canvas) {
        for (double[] pixel : line) {
          System.arraycopy(border, plane * g.channels(), pixel, 0, g.channels());
        }
      }
      int next = plane * g.height() * g.width() * g.channels();
      for (int y = 0; y < g.height(); y++) {
        for (int x = 0; x < g.width(); x++) {
          System.arraycopy(picture, next, canvas[y + p][x + p], 0, g.channels());
          next += g.channels();
        }
      }
      int to = plane * g.height() * g.width() * g.channels();
      for (int y = 0; y < g.height(); y++) {
        double[][] line =
            Arrays.copyOfRange(canvas[y + view[0]], view[1], view[1] + g.width()).clone();
        List<double[]> pixels = new ArrayList<>(List.of(line));
        if (view[2] == 1) {
          pixels = new ArrayList<>(pixels.reversed());
        }
        for (int x = 0; x < g.width(); x++) {
          boolean hole =
              g.hole() > 0
                  && y >= view[3] - g.hole() / 2
                  && y < view[3] - g.hole() / 2 + g.hole()
                  && x >= view[4] - g.hole() / 2
                  && x < view[4] - g.hole() / 2 + g.hole();
          for (int c = 0; c < g.channels(); c++) {
            shown[to++] = hole ? 0 : pixels.get(x)[c];
          }
        }
      }
    }
    return shown;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void viewsAreCutTurnedAndHoled(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (ViewGeometry geometry : GEOMETRIES) {
            int size = geometry.size();
            double[] source = Workbench.normals(1, SOURCES * size);
            double[] border = Workbench.normals(2, geometry.borderSize());
            int[] views = views(geometry, replicas * BATCH);
            int[] indices = new int[replicas * BATCH];
            double[] expected = new double[indices.length * size];
            for (int i = 0; i < indices.length; i++) {
              indices[i] = i == 0 ? SOURCES - 1 : i * i % SOURCES;
              double[] picture =
                  Arrays.copyOfRange(source, indices[i] * size, (indices[i] + 1) * size);
              int first = i * ViewGeometry.NUMBERS;
              int[] own = Arrays.copyOfRange(views, first, first + ViewGeometry.NUMBERS);
              System.arraycopy(view(geometry, picture, border, own), 0, expected, i * size, size);
            }
            Tensor out = bench.output(subject.dtype(), replicas, BATCH, size);
            subject
                .engine()
                .indexing()
                .gatherViews(
                    bench.input(subject.dtype(), source, SOURCES, size),
                    bench.input(indices, replicas, BATCH),
                    bench.input(views, replicas, BATCH, ViewGeometry.NUMBERS),
                    geometry,
                    bench.input(subject.dtype(), border, 1, geometry.borderSize()),
                    out);
            assertThat(bench.read(out)).as("%s", geometry).isEqualTo(expected);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void drawsAreFunctionsOfKeyEpochAndSample(Subject subject) {
    long[] steps = {0, 1, 9, 10, 1000, 0x7_0000_0002L};
    everywhere(
        subject,
        (bench, replicas) -> {
          Tensor keys = bench.keys(SEED, 0, replicas);
          for (ViewGeometry geometry : GEOMETRIES) {
            for (long step : steps) {
              int[] samples = new int[replicas * BATCH];
              Arrays.setAll(samples, i -> i == 0 ? Integer.MAX_VALUE : i * 7 % 11);
              int[] expected = new int[samples.length * ViewGeometry.NUMBERS];
              int[] words = new int[4];
              for (int i = 0; i < expected.length; i++) {
                int number = i % ViewGeometry.NUMBERS;
                int at = i / ViewGeometry.NUMBERS;
                RandomKey key = RandomKey.of(SEED, Purpose.ADDITIVE_NOISE, at / BATCH);
                long block = samples[at] + (number < 4 ? 0 : 0x1_0000_0000L);
                Philox.words(key.value(), block, step / 10, words);
                long word = Integer.toUnsignedLong(words[number % 4]);
                expected[i] = (int) (geometry.bound(number) * word >>> 32);
              }
              Tensor views = bench.output(DType.INT32, replicas, BATCH, ViewGeometry.NUMBERS);
              subject
                  .engine()
                  .random()
                  .drawViews(
                      views,
                      geometry,
                      bench.input(samples, replicas, BATCH),
                      10,
                      keys,
                      bench.step(step));
              assertThat(subject.engine().memory().readInts(views))
                  .as("%s, step %d", geometry, step)
                  .isEqualTo(expected);
            }
          }
        });
  }
}
