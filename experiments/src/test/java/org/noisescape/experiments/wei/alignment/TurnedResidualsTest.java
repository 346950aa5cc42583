package org.noisescape.experiments.wei.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** Residuals turned at random, of a linear and of a deeper network. */
class TurnedResidualsTest {
  private static final int[] IMAGE = {1, 2, 1};
  private static final int OUTPUTS = 4;
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();

  @Test
  void everySampleKeepsItsLoss() {
    Network network = ModelZoo.build("mlp:5", IMAGE, OUTPUTS);
    SampleSource samples = ArraySamples.normal(3, 37, IMAGE, OUTPUTS);
    double[] theta = network.initialParameters(Initialization.HE, 1, 0);
    SampleSource turned = TurnedResiduals.of(ENGINE, network, samples, theta, 1);
    try (Curvature before = curvature(network, samples, theta);
        Curvature after = curvature(network, turned, theta)) {
      double[] losses = before.losses();
      double[] kept = after.losses();
      for (int i = 0; i < losses.length; i++) {
        assertThat(kept[i]).isCloseTo(losses[i], within(1e-5 * (1 + losses[i])));
      }
    }
    float[] x = new float[2];
    float[] same = new float[2];
    samples.copyFeatures(30, 1, x);
    turned.copyFeatures(30, 1, same);
    assertThat(same).isEqualTo(x);
  }

  /**
   * f = 0 and residuals along one of four outputs: M = e eᵀ ⊗ X against H = 1 ⊗ X, whose cosine is
   * ½; isotropic residuals have M = H/4.
   */
  @Test
  void alignedResidualsBecomeIsotropic() {
    Network network = ModelZoo.build("linear", IMAGE, OUTPUTS);
    float[] features = ArraySamples.normal(3, 4000, IMAGE, OUTPUTS).features();
    float[] targets = new float[4000 * OUTPUTS];
    for (int i = 0; i < targets.length; i += OUTPUTS) {
      targets[i] = 1;
    }
    SampleSource samples = new ArraySamples(IMAGE, OUTPUTS, features, targets);
    double[] theta = new double[network.parameterCount()];
    SampleSource turned = TurnedResiduals.of(ENGINE, network, samples, theta, 1);
    assertThat(similarity(network, samples, theta)).isCloseTo(0.5, within(1e-6));
    // elements of M scatter by 1/sqrt(4000)
    assertThat(similarity(network, turned, theta)).isCloseTo(1, within(0.01));
  }

  private static double similarity(Network network, SampleSource samples, double[] theta) {
    try (Curvature curvature = curvature(network, samples, theta)) {
      return AlignmentSums.of(curvature, Optional.empty(), 1).uncentred();
    }
  }

  private static Curvature curvature(Network network, SampleSource samples, double[] theta) {
    return Curvature.over(
            ENGINE, network, new MeanSquare(), samples, CurvatureOptions.of(DType.FLOAT64))
        .at(theta);
  }
}
