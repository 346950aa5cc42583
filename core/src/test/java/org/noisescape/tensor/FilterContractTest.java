package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recursions of first and second moments, and the directions they give. */
class FilterContractTest extends EngineContract {
  /** Weights of each replica: a, b, c, d, e, p, q, s, ε. */
  private static final double[][] WEIGHTS = {
    {0.875, 0.125, 0.5, 0.75, -0.25, 0.9375, 0.0625, 1.5, 0.125},
    {0.5, 1, 0, 1, 0, 1, 1, 0.25, 0.5},
    {-0.25, 0.5, 1, -0.5, 2, 0.5, 0.25, 2, 0.0625}
  };

  @ParameterizedTest
  @MethodSource("subjects")
  void momentsAndDirectionAreThoseOfTheRecursion(Subject subject) {
    everywhere(
        subject,
        (bench, replicas) -> {
          for (int length : LENGTHS) {
            for (FilterMap map : FilterMap.values()) {
              for (boolean moment : new boolean[] {true, false}) {
                check(subject, bench, map, moment, replicas, length);
              }
            }
          }
        });
  }

  private static void check(
      Subject subject, Workbench bench, FilterMap map, boolean moment, int replicas, int length) {
    double[] u = Workbench.normals(1, replicas * length);
    double[] m = Workbench.normals(2, u.length);
    double[] v = Arrays.stream(Workbench.normals(3, u.length)).map(Math::abs).toArray();
    Tensor direction = bench.inOut(subject.dtype(), u, replicas, length);
    Tensor first = moment ? bench.inOut(subject.dtype(), m, replicas, length) : null;
    Tensor second =
        map == FilterMap.ROOT ? bench.inOut(subject.dtype(), v, replicas, length) : null;
    double[] weights = new double[replicas * FilterWeight.COUNT];
    for (int r = 0; r < replicas; r++) {
      System.arraycopy(WEIGHTS[r], 0, weights, r * FilterWeight.COUNT, FilterWeight.COUNT);
    }
    subject
        .engine()
        .pointwise()
        .filter(
            map,
            bench.input(DType.FLOAT64, weights, replicas, FilterWeight.COUNT),
            direction,
            first,
            second);
    double epsilon = Tolerance.epsilon(subject.dtype());
    double[] bounds = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      double[] w = WEIGHTS[i / length];
      double before = moment ? m[i] : 0;
      m[i] = moment ? w[0] * before + w[1] * u[i] : 0;
      v[i] = w[5] * v[i] + w[6] * u[i] * u[i];
      double n = w[2] * u[i] + w[3] * m[i] + w[4] * before;
      u[i] =
          switch (map) {
            case IDENTITY -> n;
            case SIGN -> Math.signum(n);
            case CLAMP -> Math.max(-w[8], Math.min(w[8], n));
            case ROOT -> n / (w[7] * Math.sqrt(v[i]) + w[8]);
          };
      bounds[i] = 64 * epsilon * (1 + Math.abs(before) + Math.abs(u[i]));
    }
    String what = map + " of " + length;
    Tolerance.check(what, bench.read(direction), u, bounds);
    if (moment) {
      Tolerance.check(what + ", first moment", bench.read(first), m, bounds);
    }
    if (second != null) {
      Tolerance.check(what + ", second moment", bench.read(second), v, bounds);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void notANumberStaysSoAndZeroHasNoSign(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Tensor weights = bench.input(DType.FLOAT64, new double[] {0, 0, 1, 0, 0, 0, 0, 0, 2}, 1, 9);
      for (FilterMap map : new FilterMap[] {FilterMap.SIGN, FilterMap.CLAMP}) {
        Tensor u =
            bench.inOut(
                subject.dtype(), new double[] {Double.NaN, 0, Double.NEGATIVE_INFINITY}, 1, 3);
        subject.engine().pointwise().filter(map, weights, u, null, null);
        assertThat(bench.read(u))
            .as(map.toString())
            .containsExactly(Double.NaN, 0, map == FilterMap.SIGN ? -1 : -2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void wrongVectorsAreRefused(Subject subject) {
    try (Workbench bench = new Workbench(subject.engine(), Workbench.Layout.CONTIGUOUS)) {
      Pointwise pointwise = subject.engine().pointwise();
      Tensor u = bench.inOut(subject.dtype(), new double[6], 2, 3);
      Tensor other = bench.inOut(subject.dtype(), new double[6], 3, 2);
      Tensor weights = bench.input(DType.FLOAT64, new double[18], 2, 9);
      Tensor few = bench.input(DType.FLOAT64, new double[16], 2, 8);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.filter(FilterMap.IDENTITY, few, u, null, null))
          .withMessageContaining("filter: the weights must be (2, 9), got (2, 8)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.filter(FilterMap.IDENTITY, weights, u, other, null))
          .withMessageContaining("filter: m must be");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.filter(FilterMap.ROOT, weights, u, null, null))
          .withMessageContaining("ROOT needs a second moment");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pointwise.filter(FilterMap.SIGN, weights, u, null, u))
          .withMessageContaining("SIGN takes none");
    }
  }
}
