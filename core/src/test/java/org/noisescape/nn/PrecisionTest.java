package org.noisescape.nn;

import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.DType;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;

/** float32 against float64. */
@Tag(TestedEngines.TAG)
class PrecisionTest {
  private static final int SAMPLES = 6;

  static Stream<NetworkCase> all() {
    return NetworkCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void float32IsFloat64UpToRounding(NetworkCase networkCase) {
    try (LossPass narrow = networkCase.pass(DType.FLOAT32, 2, SAMPLES);
        LossPass wide = networkCase.pass(DType.FLOAT64, 2, SAMPLES)) {
      for (LossPass pass : new LossPass[] {narrow, wide}) {
        pass.samples(networkCase.x(0, 2, SAMPLES), networkCase.targets(0, 2, SAMPLES))
            .parameters(networkCase.theta(0, 2));
      }
      double relative = Rounding.relative(networkCase.network(), DType.FLOAT32);
      close("outputs", narrow.outputs(), wide.outputs(), relative * norm(wide.outputs()));
      close("losses", narrow.losses(), wide.losses(), relative * (1 + norm(wide.losses())));
      LossPass.Gradient expected = wide.gradientAndNorms();
      LossPass.Gradient actual = narrow.gradientAndNorms();
      double meanNorm = Arrays.stream(expected.norms()).map(Math::sqrt).sum() / SAMPLES;
      close("gradient", actual.gradient(), expected.gradient(), relative * meanNorm);
      close("norms", actual.norms(), expected.norms(), 2 * relative * norm(expected.norms()));
    }
  }
}
