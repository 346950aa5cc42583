package org.noisescape.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchStatistics.Kind;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.LossPass;
import org.noisescape.testing.TestedEngines;
import org.noisescape.testing.Vectors;

/** Dropout in training and in evaluation. */
@Tag(TestedEngines.TAG)
class DropoutTest {
  private static final int SAMPLES = 5;
  private static final int[] FLAT = {6};

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private static Network network(double p, boolean with) {
    List<Layer> layers = new ArrayList<>();
    for (int hidden : new int[] {7, 4}) {
      layers.add(new Dense(hidden));
      layers.add(new Activate(Activation.TANH));
      if (with) {
        layers.add(new Dropout(p));
      }
    }
    layers.add(new Dense(3));
    if (with) {
      layers.add(new Dropout(p));
    }
    return new Network("dropout", Sequential.of(layers), FLAT);
  }

  /** Within and as the last layer. */
  @ParameterizedTest
  @MethodSource("engines")
  void evaluationIsTheNetworkWithoutIt(EngineUnderTest on) {
    double[][] gradients = new double[2][];
    for (int i = 0; i < 2; i++) {
      Network network = network(0.5, i == 1);
      try (LossPass pass =
          new LossPass(
              on.engine(), network, Losses.parse("ce"), DType.FLOAT32, 1, SAMPLES, Kind.NONE)) {
        double[] targets = new double[SAMPLES * 3];
        Arrays.fill(targets, 1.0 / 3);
        pass.samples(Vectors.normals(1, SAMPLES * 6), targets);
        pass.parameters(network.initialParameters(Initialization.HE, 5, 0));
        gradients[i] = pass.gradient();
      }
    }
    assertThat(gradients[1]).isEqualTo(gradients[0]);
  }

  /** A network in training mode, keys n and step as they are. */
  private static final class Training implements AutoCloseable {
    final Arena arena;
    final Memory memory;
    final Network network;
    final BoundNetwork bound;
    final Tensor step;
    final Tensor theta;
    final Tensor gradient;
    final Tensor norms;

    Training(Engine engine, Network network, int samples) {
      this.network = network;
      arena = engine.arena();
      memory = engine.memory();
      step = arena.reserve(DType.INT32, 2);
      LayerDraws draws = new LayerDraws(step, this::keys);
      bound =
          network.bind(
              arena,
              DType.FLOAT64,
              1,
              samples,
              Network.Backward.KEPT,
              BatchStatistics.none(),
              draws);
      theta = arena.reserve(DType.FLOAT64, 1, network.parameterCount());
      gradient = arena.reserve(DType.FLOAT64, theta.shape());
      norms = arena.reserve(DType.FLOAT64, 1, samples);
    }

    private Tensor keys(int layer) {
      Tensor keys = arena.reserve(DType.INT32, 1, 2);
      arena.onCommit(() -> memory.write(keys, 11 + layer, 3));
      return keys;
    }

    Training ready() {
      arena.commit();
      memory.write(theta, network.initialParameters(Initialization.HE, 5, 0));
      memory.write(bound.input(), Vectors.normals(1, (int) bound.input().size()));
      return this;
    }

    double[] outputs(int now) {
      memory.write(step, now, 0);
      bound.layer().forward(network.view(theta));
      return memory.readDoubles(bound.output());
    }

    double[] gradient(double... outputBar) {
      memory.write(bound.outputBar(), outputBar);
      memory.fill(norms, 0);
      bound
          .layer()
          .backward(network.view(theta), network.view(gradient), Accumulation.OVERWRITE, norms);
      return memory.readDoubles(gradient);
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aStepHasOneMaskWhoseUnitsAreLeftOutOrScaled(EngineUnderTest on) {
    Network alone = new Network("dropout", Sequential.of(new Dropout(0.5)), new int[] {1000});
    try (Training training = new Training(on.engine(), alone, SAMPLES).ready()) {
      double[] x = training.memory.readDoubles(training.bound.input());
      double[] y = training.outputs(3);
      int kept = 0;
      for (int i = 0; i < x.length; i++) {
        assertThat(y[i] == 0 || y[i] == 2 * x[i]).as("unit %d", i).isTrue();
        kept += y[i] == 0 ? 0 : 1;
      }
      // four standard errors of a fair coin
      assertThat(kept / 5000.0).isCloseTo(0.5, within(2 / Math.sqrt(5000)));
      assertThat(Arrays.copyOf(y, 1000)).isNotEqualTo(Arrays.copyOfRange(y, 1000, 2000));
      assertThat(training.outputs(4)).isNotEqualTo(y);
      assertThat(training.outputs(3)).isEqualTo(y);
      // a place's mask does not depend on how many places there are
      try (Training fewer = new Training(on.engine(), alone, 2).ready()) {
        fewer.memory.write(fewer.bound.input(), Arrays.copyOf(x, 2000));
        assertThat(fewer.outputs(3)).isEqualTo(Arrays.copyOf(y, 2000));
      }
    }
  }

  /** The gradients of the samples by themselves, the others' cotangents being 0. */
  @ParameterizedTest
  @MethodSource("engines")
  void perSampleNormsAndGradientsSeeTheMask(EngineUnderTest on) {
    double[] bars = Vectors.normals(2, SAMPLES * 3);
    try (Training training = new Training(on.engine(), network(0.4, true), SAMPLES).ready()) {
      training.outputs(9);
      double[] gradient = training.gradient(bars);
      double[] norms = training.memory.readDoubles(training.norms);
      double[] sum = new double[gradient.length];
      for (int n = 0; n < SAMPLES; n++) {
        double[] own = new double[bars.length];
        System.arraycopy(bars, 3 * n, own, 3 * n, 3);
        training.outputs(9);
        double[] single = training.gradient(own);
        assertThat(norms[n]).isCloseTo(square(single), within(1e-12 * (1 + norms[n])));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += single[i];
        }
      }
      for (int i = 0; i < sum.length; i++) {
        assertThat(gradient[i]).isCloseTo(sum[i], within(1e-12));
      }
    }
  }

  private static double square(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }

  /** Backward, tangent and pullback of a layer apply the mask of its forward pass. */
  @ParameterizedTest
  @MethodSource("engines")
  void everyRuleHasTheMaskOfTheForwardPass(EngineUnderTest on) {
    try (Arena arena = on.engine().arena()) {
      Memory memory = on.engine().memory();
      Tensor step = arena.reserve(DType.INT32, 2);
      Tensor keys = arena.reserve(DType.INT32, 2, 2);
      Tensor[] io = new Tensor[4];
      Tensor[] dots = new Tensor[4];
      for (int i = 0; i < 4; i++) {
        io[i] = arena.reserve(DType.FLOAT64, 2, SAMPLES, 6);
        dots[i] = arena.reserve(DType.FLOAT64, 6, SAMPLES, 6);
      }
      Wiring wiring =
          new Wiring(
              arena,
              FLAT,
              io[0],
              io[1],
              io[2],
              io[3],
              Wiring.Cotangents.KEPT,
              BatchStatistics.none(),
              new LayerDraws(step, layer -> keys));
      BoundLayer bound = new Dropout(0.3).bind(wiring, Activation.IDENTITY);
      LinearizedLayer linearized =
          bound.linearize(
              new TangentWiring(new SharedBuffers(arena), 3, dots[0], dots[1], dots[2], dots[3]));
      arena.commit();
      memory.write(keys, 1, 2, 3, 4);
      memory.fill(io[0], 1);
      bound.forward(new Tensor[0]);
      double[] mask = memory.readDoubles(io[1]);
      double[] bars = Vectors.normals(3, mask.length);
      memory.write(io[3], bars);
      bound.backward(new Tensor[0], new Tensor[0], Accumulation.OVERWRITE, null);
      double[] moves = Vectors.normals(4, 3 * mask.length);
      memory.write(dots[0], moves);
      memory.write(dots[3], moves);
      linearized.tangent(new Tensor[0], new Tensor[3][0]);
      linearized.pullback(new Tensor[0], new Tensor[3][0], Accumulation.OVERWRITE);
      assertThat(mask).contains(0, 1 / 0.7);
      int row = mask.length / 2;
      double[] back = memory.readDoubles(io[2]);
      for (int i = 0; i < mask.length; i++) {
        assertThat(back[i]).isEqualTo(mask[i] * bars[i]);
      }
      for (int i = 0; i < moves.length; i++) {
        // tangent k of replica r has index 3 r + k
        double expected = mask[i / row / 3 * row + i % row] * moves[i];
        assertThat(memory.readDoubles(dots[1])[i]).isEqualTo(expected);
        assertThat(memory.readDoubles(dots[2])[i]).isEqualTo(expected);
      }
    }
  }

  @Test
  void probabilitiesOutsideTheirRangeAreRefused() {
    for (double p : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Dropout(p))
          .withMessage("Dropout: the probability must lie in [0, 1), got " + p);
    }
  }
}
