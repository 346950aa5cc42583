package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.datasets.DataLocation;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.EigenDecomposition;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/**
 * Every quantity of a small network in float64 (P = 55, N = 20, one output) beside the dense
 * matrices. Random estimates: fixed seed, within 3 standard errors.
 */
class CurvatureQuantitiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL =
      "hessian-top:5,ggn-top:5,covariance-top:5,hessian-smallest:3,hessian-trace,ggn-trace,"
          + "covariance-trace,hessian-frobenius,hessian-density,ggn-density,negative-sum,"
          + "log-determinant,effective-dimension,outliers,alignment,gram-spectrum:5";

  private static final String ESTIMATED =
      "hessian-trace,ggn-trace,covariance-trace,hessian-frobenius,negative-sum,log-determinant";

  @TempDir static Path folder;
  private static Path checkpoint;
  private static SymmetricMatrix hessian;
  private static SymmetricMatrix ggn;
  private static SymmetricMatrix covariance;
  private static double[] losses;
  private static JsonNode dense;
  private static JsonNode estimated;

  @BeforeAll
  static void trainAndMeasure() throws IOException {
    IdxFolder data = IdxFolder.good(folder.resolve("data"));
    Path run = folder.resolve("run");
    CapturedRun trained =
        CapturedRun.of(
            ("train --quiet --target parity --model mlp:3 --batch 5 --epochs 20 --lr 0.1"
                    + " --precision float64 --dataset %s --out %s")
                .formatted(data.spec(), run)
                .split(" "));
    assertThat(trained.err()).isEmpty();
    checkpoint = run.resolve("checkpoints/last.safetensors");
    oracle();
    dense = probe("--quantities", ALL);
    // P = 55 is more than the products allowed, so that nothing is formed
    estimated = probe("--quantities", ESTIMATED, "--max-products=54", "--memory=0", "--block=2");
  }

  private static void oracle() {
    TrainedModel model =
        TrainedModel.open(checkpoint, Map.of(), f -> DataLocation.of(Optional.empty(), Map.of()));
    try (Engine engine = Engines.open("auto", 1);
        Curvature curvature =
            Curvature.over(
                engine,
                model.network(),
                model.loss(),
                model.train(),
                CurvatureOptions.of(model.dtype()))) {
      curvature.at(model.theta());
      hessian = matrix(curvature.hessian());
      ggn = matrix(curvature.gaussNewton());
      covariance = matrix(curvature.covariance());
      losses = curvature.losses();
    }
  }

  private static SymmetricMatrix matrix(LinearOperator operator) {
    return DenseMaterialization.of(operator).matrix();
  }

  @AfterAll
  static void close() {
    hessian.close();
    ggn.close();
    covariance.close();
  }

  @Test
  void everyKeyIsThereWithItsShape() {
    assertThat(dense.fieldNames())
        .toIterable()
        .containsExactly(
            Arrays.stream(ALL.split(","))
                .map(name -> name.replaceFirst(":.*", "").replace('-', '_'))
                .toArray(String[]::new));
    for (JsonNode node : dense) {
      assertThat(node.path("exact").isBoolean()).isTrue();
      assertThat(node.path("converged").asBoolean()).isTrue();
      assertThat(node.path("products").isIntegralNumber()).isTrue();
      assertThat(node.path("seconds").asDouble()).isPositive();
      assertThat(node.path("cost_in_gradients").asDouble()).isPositive();
      JsonNode error = node.has("residual") ? node.path("residual") : node.path("standard_error");
      if (!error.isMissingNode()) {
        assertThat(error.size()).isEqualTo(node.path("value").size());
      }
    }
  }

  @Test
  void extremeEigenvaluesAreThoseOfTheDenseMatrixWithinTheirResiduals() {
    extreme("hessian_top", descending(hessian), 5);
    extreme("ggn_top", descending(ggn), 5);
    extreme("covariance_top", descending(covariance), 5);
    extreme("hessian_smallest", ascending(hessian), 3);
  }

  private static void extreme(String key, double[] expected, int k) {
    JsonNode node = dense.path(key);
    assertThat(node.path("value")).hasSize(k);
    assertThat(node.path("exact").asBoolean()).isFalse();
    assertThat(node.path("products").asInt()).isPositive();
    for (int i = 0; i < k; i++) {
      assertThat(node.path("value").get(i).asDouble())
          .as(key + " " + i)
          .isCloseTo(expected[i], within(node.path("residual").get(i).asDouble() + 1e-12));
    }
  }

  @Test
  void tracesAndNormsAreWithinThreeStandardErrors() {
    for (JsonNode measured : List.of(dense, estimated)) {
      within3(measured.path("covariance_trace"), covariance.trace());
      within3(measured.path("hessian_frobenius"), hessian.frobeniusNorm());
      assertThat(measured.path("covariance_trace").path("exact").asBoolean()).isFalse();
    }
  }

  @Test
  void tracesOfAPiecewiseLinearNetworkAreExactWhateverItsSize() {
    for (JsonNode measured : List.of(dense, estimated)) {
      for (String trace : List.of("hessian_trace", "ggn_trace")) {
        JsonNode node = measured.path(trace);
        assertThat(node.path("value").asDouble())
            .isCloseTo(ggn.trace(), within(1e-11 * ggn.trace()))
            .isCloseTo(hessian.trace(), within(1e-11 * ggn.trace()));
        assertThat(node.path("exact").asBoolean()).isTrue();
        assertThat(node.path("products").asInt()).isZero();
        assertThat(node.has("standard_error")).isFalse();
      }
    }
  }

  @Test
  void theAlignmentIsThatOfTheDenseMatrices() {
    double product = hessian.inner(covariance);
    double cosine = product / (hessian.frobeniusNorm() * covariance.frobeniusNorm());
    within3(dense.path("alignment"), cosine);
    assertThat(dense.path("alignment").path("trace_of_product").asDouble())
        .isCloseTo(
            product,
            within(3 * dense.path("alignment").path("trace_of_product_standard_error").asDouble()));
    assertThat(dense.path("alignment").path("hessian_norm").asDouble())
        .isCloseTo(hessian.frobeniusNorm(), within(0.05 * hessian.frobeniusNorm()));
    assertThat(dense.path("alignment").path("overlap").asDouble())
        .isCloseTo(overlapOfTheTop(5), within(1e-3));
    assertThat(dense.path("alignment").path("covariance").asText()).contains("S = B C");
  }

  /** Σ (u_i·v_j)²/k over the eigenvectors of the k largest eigenvalues of both. */
  private static double overlapOfTheTop(int k) {
    SymmetricEigen eigen = SymmetricEigen.onAllProcessors();
    double sum = 0;
    double[] u = new double[hessian.dimension()];
    double[] v = new double[hessian.dimension()];
    try (EigenDecomposition ofHessian = eigen.largest(hessian, k);
        EigenDecomposition ofCovariance = eigen.largest(covariance, k)) {
      for (int i = 0; i < k; i++) {
        ofHessian.vector(i, u);
        for (int j = 0; j < k; j++) {
          ofCovariance.vector(j, v);
          double cosine = 0;
          for (int p = 0; p < u.length; p++) {
            cosine += u[p] * v[p];
          }
          sum += cosine * cosine;
        }
      }
    }
    return sum / k;
  }

  @Test
  void negativeSumAndDeterminantAreExactWhereTheMatrixIsSmall() {
    double[] all = ascending(hessian);
    double sum = Arrays.stream(all).filter(v -> v < 0).sum();
    JsonNode node = dense.path("negative_sum");
    assertThat(sum).isNegative();
    assertThat(node.path("value").asDouble()).isCloseTo(sum, within(1e-10));
    assertThat(node.path("exact").asBoolean()).isTrue();
    assertThat(node.path("products").asInt()).isEqualTo(55);
    double cutoff = dense.path("log_determinant").path("cutoff").asDouble();
    double[] above = Arrays.stream(all).filter(v -> v > cutoff).toArray();
    assertThat(dense.path("log_determinant").path("count").asInt()).isEqualTo(above.length);
    assertThat(dense.path("log_determinant").path("value").asDouble())
        .isCloseTo(Arrays.stream(above).map(Math::log).sum(), within(1e-8));
  }

  @Test
  void aboveThatTheyAreEstimatesWithBounds() {
    double sum = Arrays.stream(ascending(hessian)).filter(v -> v < 0).sum();
    JsonNode node = estimated.path("negative_sum");
    assertThat(node.path("exact").asBoolean()).isFalse();
    assertThat(node.path("upper_bound").asDouble()).isGreaterThanOrEqualTo(sum - 1e-10);
    assertThat(node.path("lower_bound").isNull() || node.path("lower_bound").asDouble() <= sum)
        .isTrue();
    // 54 products are five steps of ten vectors: a rough number with an honest flag
    assertThat(node.path("value").asDouble())
        .isCloseTo(
            sum,
            within(
                3 * node.path("standard_error").asDouble()
                    + 3 * node.path("discretization").asDouble()));
  }

  @Test
  void effectiveDimensionIsThatOfTheSpectrumOfG() {
    double n = Math.pow(ggn.trace() / ggn.frobeniusNorm(), 2);
    assertThat(dense.path("effective_dimension").path("value").asDouble())
        .isCloseTo(n, within(1e-9 * n));
    assertThat(dense.path("effective_dimension").path("exact").asBoolean()).isTrue();
    assertThat(dense.path("gram_spectrum").path("effective_dimension").asDouble())
        .isCloseTo(n, within(1e-9 * n));
  }

  @Test
  void theGramMatrixHasTheSpectrumOfGAndBothSidesOfTheDecoupling() {
    JsonNode node = dense.path("gram_spectrum");
    double[] expected = descending(ggn);
    double loss = Arrays.stream(losses).average().orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(node.path("value").get(i).asDouble())
          .isCloseTo(expected[i], within(1e-10 * expected[0]));
      assertThat(node.path("loss_times_top").get(i).asDouble())
          .isCloseTo(loss * expected[i], within(1e-10 * expected[0]));
    }
    assertThat(node.path("loss").asDouble()).isCloseTo(loss, within(1e-12));
    assertThat(count(node.path("histogram"))).isEqualTo(20);
    assertThat(count(node.path("loss_weighted_histogram"))).isEqualTo(20);
    long rank = Arrays.stream(expected).filter(value -> value > 1e-12 * expected[0]).count();
    assertThat(node.path("count").asLong()).isEqualTo(rank);
  }

  /** l_mu |grad f|^2 = |g_mu|^2 / 2, as g_mu = (f - y) grad f: the traces must agree. */
  @Test
  void theLossWeightedGramMatrixHasHalfTheTraceOfTheSecondMoment() throws IOException {
    JsonNode found = probe("--quantities", "gram-spectrum:20,noise-strength,gradient-norm-squared");
    double trace = 0;
    for (JsonNode value : found.path("gram_spectrum").path("loss_weighted_top")) {
      trace += value.asDouble();
    }
    double moment =
        found.path("noise_strength").path("value").asDouble()
            + found.path("gradient_norm_squared").path("value").asDouble();
    assertThat(trace).isCloseTo(moment / 2, within(1e-10 * moment));
  }

  private static int count(JsonNode histogram) {
    int total = histogram.path("zeros").asInt();
    for (JsonNode bin : histogram.path("counts")) {
      total += bin.asInt();
    }
    assertThat(histogram.path("edges").size()).isEqualTo(histogram.path("counts").size() + 1);
    return total;
  }

  @Test
  void densitiesIntegrateToOne() {
    for (String key : List.of("hessian_density", "ggn_density")) {
      JsonNode node = dense.path(key);
      assertThat(node.path("integral").asDouble()).isCloseTo(1, within(1e-6));
      assertThat(node.path("grid").size()).isEqualTo(node.path("value").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "8"})
  void theBlockChangesResultsByRoundingOnly(String block) throws IOException {
    String quantities = "hessian-trace,hessian-top:2,alignment:2";
    JsonNode one = probe("--quantities", quantities, "--block=" + block);
    for (String key : List.of("hessian_trace", "alignment")) {
      assertThat(one.path(key).path("standard_error").asDouble()).isNotNaN();
    }
    assertThat(one.path("hessian_top").path("value").get(0).asDouble())
        .isCloseTo(descending(hessian)[0], within(1e-6));
    assertThat(one.path("hessian_trace").path("value").asDouble())
        .isCloseTo(
            dense.path("hessian_trace").path("value").asDouble(),
            within(1e-9 * hessian.frobeniusNorm()));
  }

  @Test
  void theTableSaysWhatTheJsonSays() {
    CapturedRun table =
        CapturedRun.of(
            "probe", checkpoint.toString(), "--quantities", "hessian-top:2,negative-sum,outliers");
    assertThat(table.code()).isZero();
    assertThat(table.out().lines().toList().get(1))
        .matches(
            "hessian-top:2 +[0-9.]+ \\+- [0-9.e-]+ +[0-9]+ products, [0-9.e-]+ s, cost [0-9.e+]+ x"
                + " gradient");
    assertThat(table.out()).contains("outliers:50").contains("  rule");
  }

  private static void within3(JsonNode node, double exact) {
    double error = node.path("standard_error").asDouble();
    assertThat(node.path("value").asDouble())
        .isCloseTo(exact, within(3 * error + 1e-9 * Math.abs(exact)));
  }

  private static double[] ascending(SymmetricMatrix matrix) {
    return SymmetricEigen.onAllProcessors().values(matrix).values();
  }

  private static double[] descending(SymmetricMatrix matrix) {
    double[] values = ascending(matrix);
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  private static JsonNode probe(String... options) throws IOException {
    String[] start = {"probe", checkpoint.toString(), "--json", "--quiet"};
    String[] line = Arrays.copyOf(start, start.length + options.length);
    System.arraycopy(options, 0, line, start.length, options.length);
    CapturedRun run = CapturedRun.of(line);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return JSON.readTree(run.out());
  }
}
