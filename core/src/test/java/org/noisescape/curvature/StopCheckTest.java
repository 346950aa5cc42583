package org.noisescape.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.krylov.SpectralDensityOptions;
import org.noisescape.krylov.TraceEstimator;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.StoppedException;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;

/** A stop that is requested in the middle of a pass ends all long work there. */
class StopCheckTest {
  private static final int[] IMAGE = {2, 3, 1};
  private static final Network NETWORK = ModelZoo.build("mlp:5", IMAGE, 3);
  private static final double[] THETA = NETWORK.initialParameters(Initialization.HE, 1, 0);

  /** 13 samples in chunks of 4: a pass asks four times. */
  private static Curvature curvature() {
    return Curvature.over(
            EngineUnderTest.HOST.engine(),
            NETWORK,
            Losses.parse("ce"),
            ArraySamples.normal(3, 13, IMAGE, 3),
            new CurvatureOptions(DType.FLOAT64, 2, 4, 1 << 20))
        .at(THETA);
  }

  static Stream<Arguments> work() {
    return Stream.of(
        work("noise", Curvature::noise),
        work("losses", Curvature::losses),
        work("gradient", Curvature::repeatGradient),
        work("move", c -> c.at(THETA)),
        work("gram", c -> c.gram(GradientRows.GAUSS_NEWTON).close()),
        work("dense", c -> DenseMaterialization.of(c.hessian()).close()),
        work("trace", c -> TraceEstimator.hutchPlusPlus(c.covariance(), 12, 1)),
        work("pairs", c -> top(c.gaussNewton())),
        work(
            "density",
            c -> SpectralDensity.estimate(c.hessian(), SpectralDensityOptions.defaults(1))));
  }

  private static Arguments work(String name, Consumer<Curvature> work) {
    return Arguments.of(name, work);
  }

  private static void top(LinearOperator operator) {
    Lanczos.solve(operator, LanczosOptions.of(operator, 2, End.LARGEST, 1)).close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("work")
  void aStopIsSeenWithinAPassAndTheWorkMayBeDoneAgain(String name, Consumer<Curvature> work) {
    try (Curvature curvature = curvature()) {
      AtomicInteger asked = new AtomicInteger();
      curvature.stop().when(() -> asked.incrementAndGet() >= 3);
      assertThatThrownBy(() -> work.accept(curvature)).isInstanceOf(StoppedException.class);
      assertThat(asked).as("nothing goes on after the stop").hasValue(3);
      curvature.stop().when(() -> false);
      work.accept(curvature.at(THETA));
    }
  }

  @Test
  void aMoveThatWasStoppedLeavesNoTheta() {
    try (Curvature curvature = curvature()) {
      curvature.stop().when(() -> true);
      assertThatThrownBy(() -> curvature.at(THETA)).isInstanceOf(StoppedException.class);
      curvature.stop().when(() -> false);
      assertThatThrownBy(curvature::gradient).hasMessageContaining("move to a θ first");
    }
  }
}
