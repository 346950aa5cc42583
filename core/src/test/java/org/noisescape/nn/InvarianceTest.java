package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.axpy;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.part;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.FixedStatistics;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.Rounding;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** What must not change the result of a pass: where it is written, and how it is cut. */
@Tag(TestedEngines.TAG)
@Tag(TestedEngines.ALGORITHMS)
class InvarianceTest {
  private static final int SAMPLES = 6;

  static Stream<NetworkCase> networks() {
    return NetworkCase.oneLoss();
  }

  static java.util.stream.Stream<NetworkCase> allModes() {
    return NetworkCase.oneLossAllModes();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void addingAccumulates(NetworkCase networkCase) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (LossPass pass = ready(networkCase, dtype, 2)) {
        double[] gradient = pass.gradient();
        double[] start = networkCase.theta(7, 2);
        double[] sum = pass.gradientAddedTo(start);
        close("sum", sum, axpy(1, gradient, start), bound(networkCase, dtype, gradient, start));
        assertThat(sum).isNotEqualTo(gradient);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theGradientMayBeAddedToTheParametersThemselves(NetworkCase networkCase) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      try (LossPass pass = ready(networkCase, dtype, 2)) {
        double[] theta = networkCase.theta(0, 2);
        double[] gradient = pass.scale(-0.3).gradient();
        double[] moved = pass.gradientAddedToParameters();
        close("θ", moved, axpy(1, gradient, theta), bound(networkCase, dtype, gradient, theta));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aBatchMayBeCutInTwo(NetworkCase networkCase) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      double[] whole;
      double[] losses;
      try (LossPass pass = ready(networkCase, dtype, 1)) {
        whole = pass.scale(1).gradient();
        losses = pass.losses();
      }
      double[] x = networkCase.x(0, 1, SAMPLES);
      double[] targets = networkCase.targets(0, 1, SAMPLES);
      int first = 4;
      double[] sum = new double[whole.length];
      double scale = 0;
      for (int[] piece : new int[][] {{0, first}, {first, SAMPLES - first}}) {
        int features = networkCase.network().inputSize();
        int outputs = networkCase.network().outputSize();
        try (LossPass pass = networkCase.pass(dtype, 1, piece[1])) {
          pass.samples(
                  part(x, piece[0] * features, piece[1] * features),
                  part(targets, piece[0] * outputs, piece[1] * outputs))
              .parameters(networkCase.theta(0, 1))
              .scale(1);
          double[] gradient = pass.gradient();
          sum = axpy(1, gradient, sum);
          scale += norm(gradient);
          double relative = Rounding.relative(networkCase.network(), dtype);
          double[] expected = part(losses, piece[0], piece[1]);
          close("losses", pass.losses(), expected, relative * (1 + norm(expected)));
        }
      }
      close("gradient", sum, whole, Rounding.relative(networkCase.network(), dtype) * scale);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aReplicaIsTheNetworkAlone(NetworkCase networkCase) {
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      int replicas = 3;
      try (LossPass together = ready(networkCase, dtype, replicas);
          LossPass alone = networkCase.pass(dtype, 1, SAMPLES)) {
        double[] losses = together.losses();
        double[] plain = together.gradient();
        LossPass.Gradient all = together.gradientAndNorms();
        int size = networkCase.network().parameterCount();
        double relative = Rounding.relative(networkCase.network(), dtype);
        for (int r = 0; r < replicas; r++) {
          alone
              .samples(networkCase.x(r, 1, SAMPLES), networkCase.targets(r, 1, SAMPLES))
              .parameters(networkCase.theta(r, 1));
          LossPass.Gradient one = alone.gradientAndNorms();
          double[] expected = alone.losses();
          double gradientBound = relative * norm(one.gradient());
          close("gradient", part(plain, r * size, size), one.gradient(), gradientBound);
          close("losses", part(losses, r * SAMPLES, SAMPLES), expected, relative * norm(expected));
          close(
              "gradient beside norms",
              part(all.gradient(), r * size, size),
              one.gradient(),
              gradientBound);
          close(
              "norms",
              part(all.norms(), r * SAMPLES, SAMPLES),
              one.norms(),
              relative * norm(one.norms()));
        }
      }
    }
  }

  /** The cotangent of the inputs, which training never asks for, from a wiring that does. */
  @ParameterizedTest
  @MethodSource("allModes")
  void theInputGradientIsTheSlopeInTheInputs(NetworkCase networkCase) {
    Network network = networkCase.network();
    try (Arena arena = networkCase.engine().arena()) {
      Tensor x = arena.reserve(DType.FLOAT64, 2, SAMPLES, network.inputSize());
      Tensor y = arena.reserve(DType.FLOAT64, 2, SAMPLES, network.outputSize());
      Tensor xBar = arena.reserve(DType.FLOAT64, x.shape());
      Tensor yBar = arena.reserve(DType.FLOAT64, y.shape());
      Tensor theta = arena.reserve(DType.FLOAT64, 2, network.parameterCount());
      Tensor thetaBar = arena.reserve(DType.FLOAT64, theta.shape());
      BatchStatistics statistics = FixedStatistics.of(networkCase.statistics(), network, arena, 2);
      Wiring wiring =
          new Wiring(
              arena,
              network.inputShape(),
              x,
              y,
              xBar,
              yBar,
              Wiring.Cotangents.REUSED,
              statistics,
              null);
      BoundLayer bound = network.layer().bind(wiring, Activation.IDENTITY);
      arena.commit();
      FixedStatistics.write(statistics);
      Tensor[] views = network.view(theta);
      Memory memory = networkCase.engine().memory();
      memory.write(theta, networkCase.theta(0, 2));
      double[] at = networkCase.x(0, 2, SAMPLES);
      double[] weights = Vectors.normals(31, (int) y.size());
      memory.write(x, at);
      bound.forward(views);
      memory.write(yBar, weights);
      bound.backward(views, network.view(thetaBar), Accumulation.OVERWRITE, null);
      double[] direction = Vectors.normals(32, at.length);
      double slope = Vectors.dot(memory.readDoubles(xBar), direction);

      double step = 1e-5 / norm(direction);
      double[] values = new double[4];
      for (int i = 0; i < 4; i++) {
        double distance = (i < 2 ? step : 2 * step) * (i % 2 == 0 ? 1 : -1);
        memory.write(x, axpy(distance, direction, at));
        bound.forward(views);
        values[i] = Vectors.dot(memory.readDoubles(y), weights);
      }
      double near = (values[0] - values[1]) / (2 * step);
      double far = (values[2] - values[3]) / (4 * step);
      // rounding of the outputs over h; (4 D(h) − D(2h))/3 is truncated at h⁴ = 10⁻²⁰
      double size = norm(memory.readDoubles(y)) * norm(weights);
      close(
          "slope",
          slope,
          (4 * near - far) / 3,
          Rounding.relative(network, DType.FLOAT64) * size / step);
    }
  }

  private static LossPass ready(NetworkCase networkCase, DType dtype, int replicas) {
    return networkCase
        .pass(dtype, replicas, SAMPLES)
        .samples(networkCase.x(0, replicas, SAMPLES), networkCase.targets(0, replicas, SAMPLES))
        .parameters(networkCase.theta(0, replicas));
  }

  private static double bound(
      NetworkCase networkCase, DType dtype, double[] gradient, double[] start) {
    return Rounding.relative(networkCase.network(), dtype) * norm(gradient)
        + Vectors.epsilon(dtype) * norm(start);
  }
}
