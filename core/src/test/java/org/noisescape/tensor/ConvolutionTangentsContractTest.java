package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions without bias, added results, and gradients of single samples. */
class ConvolutionTangentsContractTest extends EngineContract {
  /** A target that holds not-a-number, or with ADD the values; the values join the expected. */
  private static Tensor target(
      ConvolutionScene scene,
      Accumulation accumulation,
      double[] held,
      Tolerance.Expected expected,
      int... inner) {
    Tensor target = scene.output(inner);
    if (accumulation == Accumulation.ADD) {
      scene.subject.engine().memory().write(target, held);
      for (int i = 0; i < held.length; i++) {
        expected.add(i, held[i]);
      }
    }
    return target;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void linearIsTheCrossCorrelationWithoutBiasAndActivation(Subject subject) {
    for (Accumulation accumulation : Accumulation.values()) {
      ConvolutionScene.everyGeometry(
          subject,
          scene -> {
            double[] none = new double[scene.b.length];
            Tolerance.Expected expected = scene.oracle.forward(scene.x, scene.w, none);
            double[] held = Workbench.normals(7, scene.yBar.length);
            int[] shape = {scene.oracle.samples(), scene.oracle.outputSize()};
            Tensor y = target(scene, accumulation, held, expected, shape);
            scene.plan.linear(scene.x(), scene.w(), y, accumulation);
            scene.check("linear " + accumulation, y, expected);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void inputGradientIsAddedToWhatItsTargetHeld(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          Tolerance.Expected expected = scene.oracle.inputGradient(scene.w, scene.yBar);
          double[] held = Workbench.normals(8, scene.x.length);
          int[] shape = {scene.oracle.samples(), scene.oracle.inputSize()};
          Tensor xBar = target(scene, Accumulation.ADD, held, expected, shape);
          scene.plan.inputGradient(scene.w(), scene.yBar(), xBar, Accumulation.ADD);
          scene.check("inputGradient ADD", xBar, expected);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void weightGradientNeedsNoBiasGradient(Subject subject) {
    for (Accumulation accumulation : Accumulation.values()) {
      ConvolutionScene.everyGeometry(
          subject,
          scene -> {
            Tolerance.Expected expected = scene.oracle.weightGradient(scene.x, scene.yBar);
            int size = scene.w.length / scene.oracle.replicas();
            Tensor wBar = target(scene, accumulation, scene.w, expected, size);
            scene.plan.weightGradient(scene.x(), scene.yBar(), wBar, null, accumulation);
            scene.check("weights without bias " + accumulation, wBar, expected);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sampleGradientsAreThoseOfSamplesAlone(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          int parameters = (scene.w.length + scene.b.length) / scene.oracle.replicas();
          Tensor rows = scene.output(scene.oracle.samples(), parameters);
          scene.plan.sampleGradients(scene.x(), scene.yBar(), rows);
          scene.check("sampleGradients", rows, scene.oracle.sampleGradients(scene.x, scene.yBar));
        });
  }

  /** Products of one plan may follow each other in any order, though they share scratch memory. */
  @ParameterizedTest
  @MethodSource("subjects")
  void aProductDoesNotDependOnThoseBeforeIt(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (int index = 0; index < ConvolutionScene.GEOMETRIES.length; index++) {
        ConvolutionScene scene = new ConvolutionScene(subject, bench, 2, index, 3, Activation.RELU);
        double[] first = products(scene, Accumulation.OVERWRITE);
        products(scene, Accumulation.ADD);
        double[] again = products(scene, Accumulation.OVERWRITE);
        assertThat(Arrays.equals(again, first)).as("geometry %d", index).isTrue();
      }
    }
  }

  private static double[] products(ConvolutionScene scene, Accumulation accumulation) {
    int samples = scene.oracle.samples();
    int weights = scene.w.length / scene.oracle.replicas();
    int biases = scene.b.length / scene.oracle.replicas();
    Tensor y = scene.output(samples, scene.oracle.outputSize());
    Tensor xBar = scene.output(samples, scene.oracle.inputSize());
    Tensor wBar = scene.output(weights);
    Tensor rows = scene.output(samples, weights + biases);
    scene.plan.linear(scene.x(), scene.w(), y, accumulation);
    scene.plan.inputGradient(scene.w(), scene.yBar(), xBar, accumulation);
    scene.plan.weightGradient(scene.x(), scene.yBar(), wBar, null, accumulation);
    scene.plan.sampleGradients(scene.x(), scene.yBar(), rows);
    return Stream.of(y, xBar, wBar, rows)
        .map(scene.bench::read)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }
}
