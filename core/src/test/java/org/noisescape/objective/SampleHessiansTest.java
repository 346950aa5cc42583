package org.noisescape.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.noisescape.testing.Vectors.close;
import static org.noisescape.testing.Vectors.norm;
import static org.noisescape.testing.Vectors.normals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.TestedEngines;

/** Single samples against differences of their gradients, and their means against the data set. */
@Tag(TestedEngines.TAG)
class SampleHessiansTest {
  private static final int[] IMAGE = {1, 16, 16};
  private static final int SAMPLES = 5;
  private static final double STEP = 1e-6;

  static Stream<EngineUnderTest> engines() {
    return EngineUnderTest.all();
  }

  private record Seen(double[] gradient, double[] products) {}

  private static List<Seen> each(SampleHessians samples, double[] theta, double[] along) {
    List<Seen> seen = new ArrayList<>();
    samples.each(
        theta,
        along,
        (sample, gradient, products) -> {
          assertThat(sample).isEqualTo(seen.size());
          seen.add(new Seen(gradient.clone(), products.clone()));
        });
    assertThat(seen).hasSize(SAMPLES);
    return seen;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void productsAreDifferencesOfGradientsAndMeansThoseOfTheDataSet(EngineUnderTest on) {
    ArraySamples data = ArraySamples.normal(3, SAMPLES, IMAGE, 3);
    Network network = ModelZoo.build("mlp:6,4", IMAGE, 3);
    int size = network.parameterCount();
    double[] theta = normals(5, size);
    double[] along = normals(6, 2 * size);
    try (Arena arena = on.engine().arena()) {
      ResidentData resident =
          new ResidentData(data, network, Losses.parse("ce"), DType.FLOAT64, arena);
      SampleHessians samples = new SampleHessians(resident, arena, 2, BatchStatistics.none());
      LinearizedRisk risk = new LinearizedRisk(resident, arena, LinearizedOptions.of(2));
      Tensor x = arena.reserve(DType.FLOAT64, 2, size);
      Tensor y = arena.reserve(DType.FLOAT64, 2, size);
      arena.commit();
      List<Seen> here = each(samples, theta, along);
      risk.moveTo(theta);
      on.engine().memory().write(x, along);
      risk.hessianProducts(x, y);
      double[] whole = on.engine().memory().readDoubles(y);
      double[] gradient = on.engine().memory().readDoubles(risk.gradient());
      close("∇L", mean(here, true, 0, size), gradient, 1e-12 * norm(gradient));
      for (int k = 0; k < 2; k++) {
        double[] v = java.util.Arrays.copyOfRange(along, k * size, (k + 1) * size);
        double[] expected = java.util.Arrays.copyOfRange(whole, k * size, (k + 1) * size);
        close("H v", mean(here, false, k, size), expected, 1e-12 * norm(expected));
        List<Seen> ahead = each(samples, moved(theta, v, STEP), along);
        List<Seen> behind = each(samples, moved(theta, v, -STEP), along);
        for (int n = 0; n < SAMPLES; n++) {
          double[] difference = new double[size];
          double[] product = new double[size];
          for (int i = 0; i < size; i++) {
            difference[i] = (ahead.get(n).gradient[i] - behind.get(n).gradient[i]) / (2 * STEP);
            product[i] = here.get(n).products[k * size + i];
          }
          close("H_μ v", product, difference, 1e-5 * (1e-3 + norm(difference)));
        }
      }
    }
  }

  private static double[] moved(double[] theta, double[] v, double step) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * v[i];
    }
    return moved;
  }

  private static double[] mean(List<Seen> seen, boolean gradient, int k, int size) {
    double[] mean = new double[size];
    for (Seen one : seen) {
      for (int i = 0; i < size; i++) {
        mean[i] += (gradient ? one.gradient[i] : one.products[k * size + i]) / seen.size();
      }
    }
    return mean;
  }
}
