package org.noisescape.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.LinearizedOptions;
import org.noisescape.objective.LinearizedRisk;
import org.noisescape.objective.LinearizedRisk.Retention;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Products with H, G and S over a data set, single and in blocks, beside a gradient pass, taken in
 * turn; with the state at θ kept in memory, and computed again. Gradient and H v also beside
 * PyTorch's, by double backward and forward over reverse.
 */
final class CurvatureBenchmark {
  private static final int WARM_UP = 3;
  private static final int BLOCK = 8;
  private static final String TABLE = "Products with H, S and G";

  private final BenchSession session;
  private final Workload workload;
  private final Map<String, Spread> ratios = new LinkedHashMap<>();

  private CurvatureBenchmark(BenchSession session, Workload workload) {
    this.session = session;
    this.workload = workload;
  }

  static void run(BenchSession session) {
    for (Workload workload : Workload.asked(session.settings())) {
      for (Retention retention : Retention.values()) {
        new CurvatureBenchmark(session, workload).compare(retention);
      }
    }
  }

  private void compare(Retention retention) {
    Engine engine = session.engine();
    Network network = workload.network();
    DType dtype = DType.FLOAT32;
    int count = network.parameterCount();
    double[] start = network.initialParameters(Initialization.GLOROT, 1, 0);
    double[] first = network.initialParameters(Initialization.GLOROT, 2, 0);
    try (Arena arena = engine.arena();
        SharedArrays shared = new SharedArrays()) {
      shared.data(workload.classified()).vector("theta", start).vector("v", first);
      ResidentData data =
          new ResidentData(workload.classified(), network, workload.classLoss(), dtype, arena);
      BatchStatistics statistics = network.evaluation(arena, 1);
      EmpiricalRisk plain =
          new EmpiricalRisk(data, arena, RiskOptions.gradients().withStatistics(statistics));
      LinearizedRisk risk =
          new LinearizedRisk(
              data, arena, LinearizedOptions.of(BLOCK).with(retention).withStatistics(statistics));
      Tensor theta = arena.reserve(dtype, 1, count);
      Tensor thetaBar = arena.reserve(dtype, 1, count);
      Tensor x = arena.reserve(dtype, BLOCK, count);
      Tensor y = arena.reserve(dtype, BLOCK, count);
      arena.commit();
      engine.memory().write(theta, start);
      for (int k = 0; k < BLOCK; k++) {
        engine.memory().write(x.rows(k, 1), network.initialParameters(Initialization.GLOROT, 2, k));
      }
      risk.moveTo(start);
      Tensor[] views = network.view(theta);
      Tensor[] bars = network.view(thetaBar);
      Tensor one = x.rows(0, 1);
      Tensor result = y.rows(0, 1);
      String state = "state %s".formatted(retention.name().toLowerCase(Locale.ROOT));
      Contest gradients = contest(shared, "gradient beside " + state, "gradient");
      Contest products = contest(shared, "H v, " + state, "hvp", "hvp/forward");
      double norm = 0;
      for (int round = 0; round < session.settings().rounds() + WARM_UP; round++) {
        boolean counted = round >= WARM_UP;
        double gradient = session.milliseconds(() -> plain.gradient(views, bars));
        if (counted) {
          gradients.round(gradient);
        }
        double product = session.milliseconds(() -> risk.hessianProducts(one, result));
        norm = norm(engine.memory().readDoubles(result));
        double block = session.milliseconds(() -> risk.hessianProducts(x, y));
        double covariance = session.milliseconds(() -> risk.covarianceProducts(one, result));
        double gaussNewton = session.milliseconds(() -> risk.gaussNewtonProducts(one, result));
        if (counted) {
          products.round(product);
          ratio("H v / gradient").add(product / gradient);
          ratio("8 products H v / one").add(block / product);
          ratio("S v / gradient").add(covariance / gradient);
          ratio("G v / gradient").add(gaussNewton / gradient);
        }
      }
      products.found(Map.of("‖H v‖", norm));
      gradients.end();
      products.end();
      String end = ", %s, %.2f GiB".formatted(state, arena.bytes() * 0x1p-30);
      ratios.forEach(
          (name, ratio) ->
              session.add(
                  BenchmarkRow.alone(
                      TABLE, workload.model() + ", " + name + end, "times", ratio, Map.of())));
    }
  }

  private Spread ratio(String name) {
    return ratios.computeIfAbsent(name, key -> new Spread());
  }

  private static double norm(double... vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private Contest contest(SharedArrays shared, String name, String... ways) {
    return new Contest(
        session,
        TABLE,
        "%s, %s, N = %d".formatted(workload.model(), name, workload.samples()),
        Contest.TimeUnit.MILLISECONDS,
        shared.named(workload.json()).put("loss", workload.classLoss().name()),
        Stream.of(ways).map(way -> Way.of(workload.model() + "/" + way, 1)).toList());
  }
}
