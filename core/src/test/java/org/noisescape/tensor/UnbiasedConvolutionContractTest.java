package org.noisescape.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions that have no bias at all. */
class UnbiasedConvolutionContractTest extends EngineContract {
  @ParameterizedTest
  @MethodSource("subjects")
  void forwardWithoutBiasIsTheActivatedCrossCorrelation(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          Tensor y = scene.output(scene.oracle.samples(), scene.oracle.outputSize());
          scene.plan.forward(scene.x(), scene.w(), null, y);
          double[] none = new double[scene.b.length];
          Tolerance.Expected expected = scene.oracle.forward(scene.x, scene.w, none);
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
  void normsAreThoseOfTheWeightsAlone(Subject subject) {
    for (Accumulation accumulation : Accumulation.values()) {
      ConvolutionScene.everyGeometry(
          subject,
          scene -> {
            ConvolutionOracle oracle = scene.oracle;
            Tolerance.Expected weights = oracle.weightGradient(scene.x, scene.yBar);
            Tensor wBar = scene.output(scene.w.length / oracle.replicas());
            if (accumulation == Accumulation.ADD) {
              scene.subject.engine().memory().write(wBar, scene.w);
              for (int i = 0; i < scene.w.length; i++) {
                weights.add(i, scene.w[i]);
              }
            }
            Tolerance.Expected norms = oracle.norms(scene.x, scene.yBar, false);
            double[] held = Workbench.normals(6, norms.values().length);
            for (int n = 0; n < held.length; n++) {
              norms.add(n, held[n]);
            }
            Tensor target =
                scene.bench.inOut(DType.FLOAT64, held, oracle.replicas(), oracle.samples());
            scene.plan.weightGradientAndNorms(
                scene.x(), scene.yBar(), wBar, null, accumulation, target);
            scene.check("norms without bias " + accumulation, target, norms);
            scene.check("weights without bias " + accumulation, wBar, weights);
          });
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void sampleGradientsHaveNoColumnsForTheBias(Subject subject) {
    ConvolutionScene.everyGeometry(
        subject,
        scene -> {
          int weights = scene.w.length / scene.oracle.replicas();
          Tensor rows = scene.output(scene.oracle.samples(), weights);
          scene.plan.sampleGradients(scene.x(), scene.yBar(), rows);
          scene.check(
              "sampleGradients", rows, scene.oracle.sampleGradients(scene.x, scene.yBar, false));
        });
  }
}
