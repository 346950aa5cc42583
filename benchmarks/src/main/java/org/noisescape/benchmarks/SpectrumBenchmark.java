package org.noisescape.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Estimate;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.krylov.SpectralDensityOptions;
import org.noisescape.krylov.StoppingRule;
import org.noisescape.krylov.TraceEstimator;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;

/**
 * Top eigenvalues, trace and density of H of a trained 784-100-100-10 on 10⁴ digits, beside what
 * PyHessian (deflated power iteration; Hutchinson; Lanczos with full orthogonalisation) and
 * hessian-eigenthings (scipy's eigsh) do, written in plain PyTorch, on the same data and θ; then
 * the top of H of 784-10-1 and all eigenvalues of G of 784-100-100-1.
 */
final class SpectrumBenchmark {
  private static final int PAIRS = 5;
  private static final double RESIDUAL = 1e-5;

  /** Of the curve's grid, as the quantity has them. */
  private static final int POINTS = 201;

  private static final int MOST_SIGNS = 10_000;
  private static final String TABLE = "Spectra";

  private final BenchSession session;
  private final BenchSettings settings;
  private final boolean tiny;

  /** Standard error of the trace relative to it. */
  private final double error;

  private SpectrumBenchmark(BenchSession session) {
    this.session = session;
    this.settings = session.settings();
    this.tiny = settings.size() == BenchSettings.Size.TINY;
    this.error = tiny ? 0.2 : 0.01;
  }

  static void run(BenchSession session) {
    SpectrumBenchmark benchmark = new SpectrumBenchmark(session);
    benchmark.trained();
    benchmark.small();
    benchmark.gram();
  }

  private void trained() {
    TrainedDigits digits =
        TrainedDigits.of(session.engine(), "mlp:100,100", tiny ? 20 : 10_000, tiny ? 4 : 28);
    try (SharedArrays shared =
            new SharedArrays().data(digits.data()).vector("theta", digits.theta());
        Curvature curvature = curvature(digits, CurvatureOptions.of(DType.FLOAT32))) {
      LinearOperator hessian = curvature.hessian();
      String traced = "tr H to %.0f %%".formatted(100 * error);
      rounds(digits, shared, "top 5 of H", () -> top(hessian, 1), "top/pyhessian", "top/eigsh");
      rounds(digits, shared, "top 5 of H, blocks of 8", () -> top(hessian, 8));
      rounds(digits, shared, "tr H, exact where it can be", () -> trace(curvature));
      rounds(digits, shared, traced, () -> sampledTrace(hessian), "trace");
      rounds(
          digits, shared, "density of H, 10 vectors, settled", () -> settled(hessian), "density");
      rounds(digits, shared, "density of H, 10 vectors of 80 steps", () -> density(hessian));
    }
  }

  private Curvature curvature(TrainedDigits digits, CurvatureOptions options) {
    return Curvature.over(
            session.engine(), digits.network(), new CrossEntropy(0), digits.data(), options)
        .at(digits.theta());
  }

  private void rounds(
      TrainedDigits digits,
      SharedArrays shared,
      String name,
      Supplier<Map<String, Double>> work,
      String... ways) {
    String model = digits.network().name();
    List<Way> all = new ArrayList<>();
    for (String way : ways) {
      all.add(Way.of(model + "/" + way, 1));
    }
    Contest contest =
        new Contest(
            session,
            TABLE,
            "%s, %s on %d digits".formatted(name, model, digits.data().size()),
            Contest.TimeUnit.SECONDS,
            shared.named(digits.json()).put("relative", error),
            all);
    for (int round = 0; round < settings.rounds() + 1; round++) {
      double time = session.milliseconds(() -> contest.found(work.get()));
      if (round > 0) {
        contest.round(time);
      }
    }
    contest.end();
  }

  /** In blocks as by default, of single vectors, or in others. */
  private static Map<String, Double> top(LinearOperator operator, int block) {
    LanczosOptions usual =
        LanczosOptions.of(operator, PAIRS, End.LARGEST, 1).withTolerance(RESIDUAL);
    LanczosOptions options = block == 1 ? usual : usual.withBlock(block);
    try (RitzPairs pairs = Lanczos.solve(operator, options)) {
      Map<String, Double> found = new TreeMap<>();
      double residual = 0;
      for (int i = 0; i < pairs.size(); i++) {
        found.put("λ" + (i + 1), pairs.values()[i]);
        residual = Math.max(residual, pairs.residuals()[i] / pairs.scale());
      }
      found.put("residual", residual);
      found.put("products", (double) pairs.products());
      found.put("unseen", pairs.unseen());
      return found;
    }
  }

  private Map<String, Double> trace(Curvature curvature) {
    if (curvature.hessianHasTraceOfGaussNewton()) {
      return Map.of("trace", curvature.gaussNewtonTrace());
    }
    return sampledTrace(curvature.hessian());
  }

  private Map<String, Double> sampledTrace(LinearOperator operator) {
    Estimate trace =
        TraceEstimator.hutchinson(operator, StoppingRule.relative(error, MOST_SIGNS), 1);
    return Map.of(
        "trace", trace.value(),
        "error", trace.standardError(),
        "products", (double) trace.products());
  }

  private static Map<String, Double> density(LinearOperator operator) {
    return found(SpectralDensity.estimate(operator, SpectralDensityOptions.of(operator, 1)));
  }

  /** As the quantity is measured: all vectors at once, until the curve has settled. */
  private static Map<String, Double> settled(LinearOperator operator) {
    SpectralDensityOptions options = SpectralDensityOptions.defaults(1);
    return found(
        SpectralDensity.settled(operator, options.withConcurrent(options.vectors()), POINTS));
  }

  private static Map<String, Double> found(SpectralDensity density) {
    Estimate trace = density.trace(t -> t);
    return Map.of(
        "trace", trace.value(),
        "error", trace.standardError(),
        "λ1", density.largestNode(),
        "products", (double) density.products());
  }

  private void small() {
    Workload workload = Workload.of(settings, "mlp:10");
    try (Curvature curvature = untrained(workload, CurvatureOptions.of(DType.FLOAT32))) {
      LinearOperator hessian = curvature.hessian();
      for (int block : new int[] {1, CurvatureOptions.BLOCK}) {
        Spread seconds = new Spread();
        Map<String, Double> found = new TreeMap<>();
        for (int round = 0; round < settings.rounds(); round++) {
          seconds.add(1e-3 * session.milliseconds(() -> found.putAll(top(hessian, block))));
        }
        String name =
            "top 5 of H, mlp:10, N = %d, blocks of %d".formatted(workload.samples(), block);
        session.add(BenchmarkRow.alone(TABLE, name, "s", seconds, found));
      }
    }
  }

  private Curvature untrained(Workload workload, CurvatureOptions options) {
    Network network = workload.network();
    Loss loss = new MeanSquare();
    return Curvature.over(session.engine(), network, loss, workload, options)
        .at(network.initialParameters(Initialization.GLOROT, 1, 0));
  }

  /** Once. */
  private void gram() {
    Workload workload = Workload.of(settings, "mlp:100,100");
    Spread matrix = new Spread();
    Spread solution = new Spread();
    double largest;
    try (Curvature curvature = untrained(workload, CurvatureOptions.of(DType.FLOAT64))) {
      SymmetricMatrix[] gram = new SymmetricMatrix[1];
      matrix.add(
          1e-3 * session.milliseconds(() -> gram[0] = curvature.gram(GradientRows.GAUSS_NEWTON)));
      try (SymmetricMatrix found = gram[0]) {
        double[][] values = new double[1][];
        solution.add(
            1e-3
                * session.milliseconds(
                    () ->
                        values[0] = new SymmetricEigen(settings.threads()).values(found).values()));
        largest = values[0][values[0].length - 1];
      }
    }
    String name = "all %d eigenvalues of G, mlp:100,100, float64, ".formatted(workload.samples());
    session.add(BenchmarkRow.alone(TABLE, name + "Gram matrix", "s", matrix, Map.of()));
    session.add(BenchmarkRow.alone(TABLE, name + "LAPACK", "s", solution, Map.of("λ1", largest)));
  }
}
