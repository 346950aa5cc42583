package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes of prepared operations that do at once what others do one by one: the same bits. */
class JoinedPassesContractTest extends EngineContract {
  private static final int SAMPLES = 3;

  private static final Activation[] ACTIVATIONS = {
    Activation.IDENTITY, Activation.RELU, Activation.TANH
  };

  @ParameterizedTest
  @MethodSource("subjects")
  void theBackwardPassOfAConvolutionIsThatOfItsParts(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int index = 0; index < ConvolutionScene.GEOMETRIES.length; index++) {
            for (int way = 0; way < ACTIVATIONS.length; way++) {
              backward(subject, bench, replicas, index, way);
            }
          }
        });
  }

  /** With and without x̄, with and without b̄, added to what was there or not. */
  private static void backward(Subject subject, Workbench bench, int replicas, int index, int way) {
    ConvolutionScene scene =
        new ConvolutionScene(subject, bench, replicas, index, SAMPLES, ACTIVATIONS[way]);
    ConvolutionPlan plan = scene.plan;
    int inputs = scene.oracle.inputSize();
    int outputs = scene.oracle.outputSize();
    int channels = plan.geometry().outputChannels();
    boolean hasX = (index + way) % 3 > 0;
    boolean hasBias = (index + way) % 2 == 0;
    Accumulation accumulation = hasX ? Accumulation.ADD : Accumulation.OVERWRITE;
    Tensor x = scene.images(scene.x, inputs);
    Tensor y = scene.images(Workbench.normals(7, replicas * SAMPLES * outputs), outputs);
    Tensor[][] both = new Tensor[2][];
    for (int i = 0; i < both.length; i++) {
      // w̄ on top of w, as plain descent has it
      Tensor w = bench.inOut(subject.dtype(), scene.w, replicas, scene.w.length / replicas);
      Tensor b = bench.inOut(subject.dtype(), scene.b, replicas, channels);
      Tensor yBar = bench.inOut(subject.dtype(), scene.yBar, replicas, SAMPLES, outputs);
      Tensor xBar = bench.output(subject.dtype(), replicas, SAMPLES, inputs);
      both[i] = new Tensor[] {yBar, w, b, xBar};
    }
    Tensor[] parts = both[0];
    plan.activationBackward(y, parts[0]);
    if (hasX) {
      plan.inputGradient(parts[1], parts[0], parts[3], Accumulation.OVERWRITE);
    }
    plan.weightGradient(x, parts[0], parts[1], hasBias ? parts[2] : null, accumulation);
    Tensor[] own = both[1];
    plan.backward(
        x, own[1], y, own[0], hasX ? own[3] : null, own[1], hasBias ? own[2] : null, accumulation);
    for (int i = 0; i < own.length; i++) {
      assertThat(bench.read(own[i]))
          .as("%s %s, tensor %d", plan.geometry(), ACTIVATIONS[way], i)
          .isEqualTo(bench.read(parts[i]));
    }
  }

  /** M and C. */
  private static final int[][] MATRICES = {{2, 1}, {7, 3}, {130, 33}};

  @ParameterizedTest
  @MethodSource("subjects")
  void momentsThatAreFollowedAreThoseThatAreNotAndRunningOnesThoseOfSums(Subject subject) {
    Engine engine = subject.engine();
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int[] size : MATRICES) {
            for (double momentum : new double[] {0.1, 1}) {
              Arena arena = engine.arena();
              NormalizationPlan plan =
                  engine
                      .normalization()
                      .plan(
                          subject.dtype(),
                          replicas,
                          size[0],
                          size[1],
                          Sharing.ofBatch(size[1]),
                          1e-5,
                          arena);
              bench.own(arena.commit());
              double[] numbers = Workbench.normals(1, replicas * size[0] * size[1]);
              Tensor x = bench.input(subject.dtype(), numbers, replicas, size[0], size[1]);
              Tensor mean = bench.output(DType.FLOAT64, replicas, size[1]);
              Tensor variance = bench.output(DType.FLOAT64, replicas, size[1]);
              plan.moments(x, mean, variance);
              double unbiased = size[0] / (size[0] - 1.0);
              double[] held = Workbench.normals(2, replicas * size[1]);
              Tensor runningMean = bench.inOut(DType.FLOAT64, held, replicas, size[1]);
              Tensor runningVariance = bench.inOut(DType.FLOAT64, held, replicas, size[1]);
              LinearAlgebra algebra = engine.linearAlgebra();
              algebra.axpby(momentum, mean, 1 - momentum, runningMean);
              algebra.axpby(momentum * unbiased, variance, 1 - momentum, runningVariance);
              Tensor ownMean = bench.output(DType.FLOAT64, replicas, size[1]);
              Tensor ownVariance = bench.output(DType.FLOAT64, replicas, size[1]);
              Tensor movedMean = bench.inOut(DType.FLOAT64, held, replicas, size[1]);
              Tensor movedVariance = bench.inOut(DType.FLOAT64, held, replicas, size[1]);
              plan.trackedMoments(x, ownMean, ownVariance, movedMean, movedVariance, momentum);
              String what = "M = %d, C = %d, a = %s".formatted(size[0], size[1], momentum);
              assertThat(bench.read(ownMean)).as(what).isEqualTo(bench.read(mean));
              assertThat(bench.read(ownVariance)).as(what).isEqualTo(bench.read(variance));
              assertThat(bench.read(movedMean)).as(what).isEqualTo(bench.read(runningMean));
              assertThat(bench.read(movedVariance)).as(what).isEqualTo(bench.read(runningVariance));
            }
          }
        });
  }
}
