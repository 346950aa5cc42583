package org.noisescape.quantities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.noisescape.curvature.Curvature;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/** Every quantity of operators that are zero, or zero but for rounding, or of low rank. */
class DegenerateOperatorsTest {
  private static final int WIDTH = 16;

  /** Samples of 16 features; sample n is the first one times 1 + jitter·n, or one of its own. */
  private record Alike(int size, int outputs, double jitter) implements SampleSource {
    private static final double OWN = 1;

    @Override
    public int[] imageShape() {
      return new int[] {1, 4, 4};
    }

    @Override
    public void copyFeatures(int first, int count, float[] destination) {
      for (int i = 0; i < count * WIDTH; i++) {
        int n = first + i / WIDTH;
        int at = i % WIDTH;
        destination[i] =
            (float)
                (jitter == OWN
                    ? Math.sin(1 + (3.7 + 1.3 * n) * at + n)
                    : Math.sin(1 + 3.7 * at) * (1 + jitter * n * Math.cos(at)));
      }
    }

    @Override
    public void copyTargets(int first, int count, float[] destination) {
      for (int n = 0; n < count; n++) {
        for (int k = 0; k < outputs; k++) {
          destination[n * outputs + k] = k == 0 ? 1 : 0;
        }
      }
    }
  }

  private enum Case {
    ONE_SAMPLE("mlp:6", "ce", new Alike(1, 3, 0)),
    EQUAL_SAMPLES("mlp:6", "ce", new Alike(5, 3, 0)),
    NEARLY_EQUAL_SAMPLES("mlp:6", "ce", new Alike(3, 3, 1e-7)),
    ONE_SAMPLE_OF_A_LINEAR_NETWORK("linear", "mse", new Alike(1, 1, 0)),
    FIVE_SAMPLES_OF_A_LINEAR_NETWORK("linear", "mse", new Alike(5, 1, Alike.OWN)),
    TWO_SAMPLES("mlp:6", "ce", new Alike(2, 3, Alike.OWN));

    private final String model;
    private final String loss;
    private final Alike data;

    Case(String model, String loss, Alike data) {
      this.model = model;
      this.loss = loss;
      this.data = data;
    }

    boolean hasSpread() {
      return data.jitter == Alike.OWN && data.size > 1;
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void everyQuantityIsMeasuredOrSaysWhyNot(Case of) {
    Map<String, Finding> exact = measure(of, DType.FLOAT64);
    Map<String, Finding> found = measure(of, DType.FLOAT32);
    assertThat(found.keySet()).isEqualTo(exact.keySet());
    for (Map.Entry<String, Finding> entry : found.entrySet()) {
      String name = entry.getKey();
      boolean undefined = name.equals("alignment") && !of.hasSpread();
      assertThat(entry.getValue().isUndefined()).as(name).isEqualTo(undefined);
      if (undefined) {
        assertThat(entry.getValue().extras()).containsEntry("undefined", "S is zero, to rounding");
      }
    }
    assertThat(found.get("noise-strength").value()).isNotNegative();
    for (String name : List.of("covariance-trace", "noise-strength", "hessian-trace")) {
      within(name, found.get(name), exact.get(name));
    }
    for (String name : List.of("covariance-top", "ggn-top", "hessian-top", "hessian-smallest")) {
      within(name, found.get(name), exact.get(name));
      assertThat(found.get(name).converged()).as(name).isTrue();
    }
    assertThat(found.get("outliers").value()).isEqualTo(exact.get("outliers").value());
    assertThat((Double) found.get("outliers").extras().get("floor")).isPositive();
    if (of == Case.FIVE_SAMPLES_OF_A_LINEAR_NETWORK) {
      assertThat(found.get("outliers").value()).as("rank").isEqualTo(5);
      assertThat(found.get("negative-sum").value()).isZero();
    }
    if (of == Case.ONE_SAMPLE_OF_A_LINEAR_NETWORK) {
      assertThat(found.get("outliers").value()).as("rank").isEqualTo(1);
      assertThat(found.get("hessian-density").converged()).isTrue();
    }
  }

  /** Within three of its own errors, where it states any, and the rounding of the exact one. */
  private static void within(String name, Finding found, Finding exact) {
    for (int i = 0; i < found.values().size(); i++) {
      double error =
          found.errorKind() == Finding.ErrorKind.NONE || found.errors().get(i).isNaN()
              ? 0
              : found.errors().get(i);
      double size = Math.abs(exact.values().get(i));
      assertThat(Math.abs(found.values().get(i) - exact.values().get(i)))
          .as("%s %d: %s, exact %s", name, i, found.values().get(i), exact.values().get(i))
          .isLessThanOrEqualTo(3 * error + 2e-6 * size + 1e-12);
    }
  }

  private static Map<String, Finding> measure(Case of, DType dtype) {
    Network network = ModelZoo.build(of.model, of.data.imageShape(), of.data.outputs);
    Loss loss = Losses.parse(of.loss);
    ProbeOptions options = new ProbeOptions(4, 1, 1e-4, 0.01, 400, 1L << 28, 1);
    Map<String, Finding> findings = new LinkedHashMap<>();
    try (Engine engine = Engines.open("host", 1);
        Curvature curvature =
            Curvature.over(engine, network, loss, of.data, options.curvature(dtype))
                .at(network.initialParameters(Initialization.HE, 1, 0))) {
      List<QuantityRequest> requests =
          Quantities.all().stream()
              .filter(DegenerateOperatorsTest::restsOnOperators)
              .map(quantity -> request(quantity, of, network))
              .toList();
      Demand demand = new Demand(network, loss, of.data.size(), dtype, options);
      requests.forEach(demand::announce);
      try (Point point = new Point(curvature, options, demand)) {
        requests.forEach(
            each -> findings.put(each.quantity().name(), point.measure(each).estimate()));
      }
    }
    return findings;
  }

  /** Not those of other samples, of classes, of a preconditioner. */
  private static boolean restsOnOperators(Quantity quantity) {
    Measure measure = quantity.measure();
    return measure.need() != Measure.Need.TEST
        && measure.need() != Measure.Need.VALIDATION
        && !measure.isPreconditioned()
        && !(measure instanceof Measure.OfClasses);
  }

  private static QuantityRequest request(Quantity quantity, Case of, Network network) {
    int most =
        quantity.name().equals("gram-spectrum")
            ? of.data.size() * of.data.outputs
            : network.parameterCount();
    return new QuantityRequest(quantity, Math.min(quantity.preset(), most));
  }
}
