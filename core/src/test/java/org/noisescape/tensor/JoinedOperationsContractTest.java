package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that do at once what others do one by one: the same bits. */
class JoinedOperationsContractTest extends EngineContract {
  private static final long SEED = 5;
  private static final int SAMPLES = 29;
  private static final int OUTPUTS = 3;

  /** The last carries into the upper word when it is counted on. */
  private static final long[] STEPS = {0, 3, 1000, 0xffff_ffffL};

  @ParameterizedTest
  @MethodSource("subjects")
  void aMiniBatchDrawnAndGatheredAtOnceIsThatOfTheSingleOperations(Subject subject) {
    RandomFill random = subject.engine().random();
    Indexing indexing = subject.engine().indexing();
    everywhere(
        subject,
        (bench, replicas) -> {
          Tensor keys = bench.keys(SEED, 0, replicas);
          double[] labels = Workbench.normals(2, SAMPLES * OUTPUTS);
          Tensor targets = bench.input(subject.dtype(), labels, SAMPLES, OUTPUTS);
          for (int width : new int[] {1, 7, 16, 129}) {
            double[] numbers = Workbench.normals(1, SAMPLES * width);
            Tensor features = bench.input(subject.dtype(), numbers, SAMPLES, width);
            for (Sampling sampling : Sampling.values()) {
              for (int batch : new int[] {1, 6, 29}) {
                long at = STEPS[(width + batch) % STEPS.length];
                Tensor step = bench.inOut(DType.INT32, words(at), 2);
                Tensor indices = bench.output(DType.INT32, replicas, batch);
                if (sampling == Sampling.WITH_REPLACEMENT) {
                  random.drawIndices(indices, SAMPLES, keys, step);
                } else {
                  random.permuteIndices(indices, SAMPLES, keys, step);
                }
                Tensor x = bench.output(subject.dtype(), replicas, batch, width);
                Tensor y = bench.output(subject.dtype(), replicas, batch, OUTPUTS);
                indexing.gather(features, indices, x);
                indexing.gather(targets, indices, y);
                Tensor now = bench.output(DType.INT32, 2);
                Tensor drawn = bench.output(DType.INT32, replicas, batch);
                Tensor ownX = bench.output(subject.dtype(), replicas, batch, width);
                Tensor ownY = bench.output(subject.dtype(), replicas, batch, OUTPUTS);
                indexing.drawBatch(sampling, keys, step, now, drawn, features, ownX, targets, ownY);
                String what = "%s, D = %d, B = %d, step %d".formatted(sampling, width, batch, at);
                assertThat(bench.read(drawn)).as(what).isEqualTo(bench.read(indices));
                assertThat(bench.read(ownX)).as(what).isEqualTo(bench.read(x));
                assertThat(bench.read(ownY)).as(what).isEqualTo(bench.read(y));
                assertThat(bench.read(now)).as(what).isEqualTo(words(at));
                assertThat(bench.read(step)).as(what).isEqualTo(words(at));
                Tensor alone = bench.output(subject.dtype(), replicas, batch, OUTPUTS);
                indexing.drawBatch(sampling, keys, step, null, drawn, null, null, targets, alone);
                assertThat(bench.read(alone)).as(what + ", targets").isEqualTo(bench.read(y));
              }
            }
          }
        });
  }

  private static double[] words(long value) {
    return new double[] {(int) value, (int) (value >>> 32)};
  }

  /** N, K and valid; the larger ones are beyond what one block of a device takes. */
  private static final int[][] LOSSES = {
    {1, 1, 1}, {10, 1, 10}, {33, 10, 31}, {100, 10, 100}, {130, 1, 130}, {7, 513, 7}, {411, 17, 400}
  };

  @ParameterizedTest
  @MethodSource("subjects")
  void lossesThatAreCountedAreThoseThatAreNotAndSumsThoseOfASum(Subject subject) {
    Engine engine = subject.engine();
    Pointwise pointwise = engine.pointwise();
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : LOSSES) {
            int[] shape = {replicas, size[0], size[1]};
            double[] numbers = Workbench.normals(3, replicas * size[0] * size[1]);
            Tensor f = bench.input(subject.dtype(), numbers, shape);
            double[] share = new double[numbers.length];
            Arrays.fill(share, (float) (1.0 / size[1]));
            Tensor t = bench.input(subject.dtype(), share, shape);
            Tensor scale = bench.input(DType.FLOAT64, Workbench.normals(4, replicas), replicas);
            for (boolean squared : new boolean[] {true, false}) {
              Tensor losses = bench.output(DType.FLOAT64, replicas, size[0]);
              Tensor bar = bench.output(subject.dtype(), shape);
              double[] held = Workbench.normals(5, replicas);
              Tensor sums = bench.inOut(DType.FLOAT64, held, replicas);
              Tensor ownLosses = bench.output(DType.FLOAT64, replicas, size[0]);
              Tensor ownBar = bench.output(subject.dtype(), shape);
              Tensor ownSums = bench.inOut(DType.FLOAT64, held, replicas);
              long at = STEPS[size[0] % STEPS.length];
              Tensor step = bench.inOut(DType.INT32, words(at), 2);
              Tensor next = bench.output(DType.INT32, 2);
              LossTally tally = new LossTally(ownSums, step, next);
              int valid = size[2];
              if (squared) {
                pointwise.squaredError(f, t, valid, scale, losses, bar);
                pointwise.squaredError(f, t, valid, scale, ownLosses, ownBar, tally);
              } else {
                pointwise.softmaxCrossEntropy(f, t, valid, scale, losses, bar);
                pointwise.softmaxCrossEntropy(f, t, valid, scale, ownLosses, ownBar, tally);
              }
              engine.reduction().sum(losses, sums, Accumulation.ADD);
              String what = Arrays.toString(size) + (squared ? " squared" : " cross-entropy");
              assertThat(bench.read(ownLosses)).as(what).isEqualTo(bench.read(losses));
              assertThat(bench.read(ownBar)).as(what).isEqualTo(bench.read(bar));
              assertThat(bench.read(ownSums)).as(what).isEqualTo(bench.read(sums));
              assertThat(bench.read(next)).as(what).isEqualTo(words(at + 1));
              assertThat(bench.read(step)).as(what).isEqualTo(words(at));
            }
          }
        });
  }
}
