package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions and their adjoints. */
class ConvolutionContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void forwardIsTheActivatedCrossCorrelation(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          Tensor y = scene.output(scene.oracle.samples(), scene.oracle.outputSize());
          scene.plan.forward(scene.x(), scene.w(), scene.b(), y);
          Tolerance.Expected expected = scene.oracle.forward(scene.x, scene.w, scene.b);
          for (int i = 0; i < expected.values().length; i++) {
            double before = expected.values()[i];
            expected.values()[i] = ActivationOracle.value(scene.plan.activation(), before);
            expected.magnitudes()[i] += 1;
          }
          scene.check("forward " + scene.plan.activation(), y, expected);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void activationBackwardScalesByTheDerivative(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          Activation activation = scene.plan.activation();
          double[] y = Workbench.normals(5, scene.yBar.length);
          Tolerance.Expected expected = new Tolerance.Expected(y.length, 4);
          for (int i = 0; i < y.length; i++) {
            y[i] = (float) ActivationOracle.value(activation, y[i]);
            double derivative = ActivationOracle.derivative(activation, y[i]);
            expected.values()[i] = scene.yBar[i] * derivative;
            expected.magnitudes()[i] = Math.abs(scene.yBar[i]);
          }
          int size = scene.oracle.outputSize();
          Tensor yBar = scene.output(scene.oracle.samples(), size);
          scene.subject.engine().memory().write(yBar, scene.yBar);
          scene.plan.activationBackward(scene.images(y, size), yBar);
          scene.check("activationBackward " + activation, yBar, expected);
        });
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void inputGradientIsTheAdjointInTheInput(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          Tensor xBar = scene.output(scene.oracle.samples(), scene.oracle.inputSize());
          scene.plan.inputGradient(scene.w(), scene.yBar(), xBar, Accumulation.OVERWRITE);
          scene.check("inputGradient", xBar, scene.oracle.inputGradient(scene.w, scene.yBar));
        });
  }

  private static void checkWeights(
      ConvolutionScene scene, Accumulation accumulation, boolean withNorms) {
    DType dtype = scene.subject.dtype();
    ConvolutionOracle oracle = scene.oracle;
    Tolerance.Expected weights = oracle.weightGradient(scene.x, scene.yBar);
    Tolerance.Expected biases = oracle.biasGradient(scene.yBar);
    Tensor wBar = scene.output(scene.w.length / oracle.replicas());
    Tensor bBar = scene.output(scene.b.length / oracle.replicas());
    if (accumulation == Accumulation.ADD) {
      scene.subject.engine().memory().write(wBar, scene.w);
      scene.subject.engine().memory().write(bBar, scene.b);
      for (int i = 0; i < scene.w.length; i++) {
        weights.add(i, scene.w[i]);
      }
      for (int i = 0; i < scene.b.length; i++) {
        biases.add(i, scene.b[i]);
      }
    }
    if (withNorms) {
      Tolerance.Expected norms = oracle.norms(scene.x, scene.yBar, true);
      double[] held = Workbench.normals(6, norms.values().length);
      for (int n = 0; n < held.length; n++) {
        norms.add(n, held[n]);
      }
      Tensor target = scene.bench.inOut(DType.FLOAT64, held, oracle.replicas(), oracle.samples());
      scene.plan.weightGradientAndNorms(scene.x(), scene.yBar(), wBar, bBar, accumulation, target);
      scene.check("norms " + accumulation, target, norms);
    } else {
      scene.plan.weightGradient(scene.x(), scene.yBar(), wBar, bBar, accumulation);
    }
    scene.check("weights " + dtype + " " + accumulation, wBar, weights);
    scene.check("biases " + accumulation, bBar, biases);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void weightGradientIsTheAdjointInTheParameters(Subject subject) {
    for (Accumulation accumulation : Accumulation.values()) {
      ConvolutionScene.everyGeometry(subject, scene -> checkWeights(scene, accumulation, false));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void normsAreThoseOfTheSamplesOwnGradients(Subject subject) {
    for (Accumulation accumulation : Accumulation.values()) {
      ConvolutionScene.everyGeometry(subject, scene -> checkWeights(scene, accumulation, true));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void theThreeProductsAreAdjointToEachOther(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      for (int index = 0; index < ConvolutionScene.GEOMETRIES.length; index++) {
        ConvolutionScene scene =
            new ConvolutionScene(subject, bench, 1, index, 3, Activation.IDENTITY);
        ConvolutionOracle oracle = scene.oracle;
        Tensor y = scene.output(3, oracle.outputSize());
        Tensor xBar = scene.output(3, oracle.inputSize());
        Tensor wBar = scene.output(scene.w.length);
        Tensor bBar = scene.output(scene.b.length);
        double[] none = new double[scene.b.length];
        Tensor noBias = bench.input(subject.dtype(), none, 1, none.length);
        scene.plan.forward(scene.x(), scene.w(), noBias, y);
        scene.plan.inputGradient(scene.w(), scene.yBar(), xBar, Accumulation.OVERWRITE);
        scene.plan.weightGradient(scene.x(), scene.yBar(), wBar, bBar, Accumulation.OVERWRITE);
        double[] size = {0};
        oracle.forEachTerm(
            (xi, wi, yi) -> size[0] += Math.abs(scene.x[xi] * scene.w[wi] * scene.yBar[yi]));
        double bound = Tolerance.sum(subject.dtype(), oracle.outputSize(), size[0]);
        double product = inner(scene.yBar, bench.read(y));
        assertThat(inner(scene.x, bench.read(xBar))).isCloseTo(product, within(bound));
        assertThat(inner(scene.w, bench.read(wBar))).isCloseTo(product, within(bound));
      }
    }
  }

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
