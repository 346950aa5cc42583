package org.noisescape.benchmarks;

import java.util.List;
import java.util.Map;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The noise-strength pass over a data set beside a plain gradient pass over the same chunks, and
 * both beside PyTorch's; batch normalisation in evaluation mode.
 *
 * <p>PyTorch's norms of per-sample gradients: from inputs and cotangents of the layers, as BackPACK
 * does it, and by {@code torch.func.vmap} where the version has it.
 */
final class PassBenchmark {
  private static final int WARM_UP = 3;
  private static final String TABLE = "Noise-strength pass";

  private PassBenchmark() {}

  static void run(BenchSession session) {
    for (Workload workload : Workload.asked(session.settings())) {
      compare(session, workload);
    }
  }

  private static void compare(BenchSession session, Workload workload) {
    Engine engine = session.engine();
    Network network = workload.network();
    DType dtype = DType.FLOAT32;
    Spread ratio = new Spread();
    double[] start = network.initialParameters(Initialization.GLOROT, 1, 0);
    try (Arena arena = engine.arena();
        SharedArrays shared = new SharedArrays().data(workload).vector("theta", start)) {
      ResidentData data = new ResidentData(workload, network, new MeanSquare(), dtype, arena);
      RiskOptions options = RiskOptions.gradients().withStatistics(network.evaluation(arena, 1));
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, options);
      Tensor theta = arena.reserve(dtype, 1, network.parameterCount());
      Tensor thetaBar = arena.reserve(dtype, 1, network.parameterCount());
      arena.commit();
      engine.memory().write(theta, start);
      Tensor[] views = network.view(theta);
      Tensor[] bars = network.view(thetaBar);
      GradientNoise[] noise = new GradientNoise[1];
      Contest plain = contest(session, workload, shared, risk, "gradient");
      Contest full = contest(session, workload, shared, risk, "norms", "norms/vmap");
      for (int round = 0; round < session.settings().rounds() + WARM_UP; round++) {
        double gradient = session.milliseconds(() -> risk.gradient(views, bars));
        if (round >= WARM_UP) {
          plain.round(gradient);
        }
        double norms = session.milliseconds(() -> noise[0] = risk.noise(views, bars, thetaBar)[0]);
        if (round >= WARM_UP) {
          full.round(norms);
          ratio.add(norms / gradient);
        }
      }
      full.found(Map.of("noise strength", noise[0].noiseStrength()));
      plain.end();
      full.end();
    }
    session.add(
        BenchmarkRow.alone(
            TABLE, workload.model() + ", norms over gradient", "times", ratio, Map.of()));
  }

  private static Contest contest(
      BenchSession session,
      Workload workload,
      SharedArrays shared,
      EmpiricalRisk risk,
      String... ways) {
    return new Contest(
        session,
        TABLE,
        "%s, %s, N = %d in chunks of %d"
            .formatted(workload.model(), ways[0], workload.samples(), risk.chunk()),
        Contest.TimeUnit.MILLISECONDS,
        shared.named(workload.json()).put("chunk", risk.chunk()),
        List.of(ways).stream().map(way -> Way.of(workload.model() + "/" + way, 1)).toList());
  }
}
