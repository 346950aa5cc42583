package org.noisescape.benchmarks;

import java.util.List;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * The noise-strength pass over a data set beside a plain gradient pass over the same chunks, taken
 * in turn.
 *
 * <p>Arguments: rounds, threads, then models.
 */
public final class PassBenchmark {
  private static final int WARM_UP = 3;

  private PassBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    List<String> models = List.of(arguments).subList(2, arguments.length);
    try (Engine engine = BenchmarkEngine.open(Integer.parseInt(arguments[1]))) {
      System.out.println(BenchmarkEngine.line(engine));
      for (Workload workload : Workload.ALL) {
        if (models.isEmpty() || models.contains(workload.model())) {
          compare(engine, workload, rounds);
        }
      }
    }
  }

  private static void compare(Engine engine, Workload workload, int rounds) {
    Network network = workload.network();
    DType dtype = DType.FLOAT32;
    Spread gradient = new Spread();
    Spread noise = new Spread();
    Spread ratio = new Spread();
    try (Arena arena = engine.arena()) {
      ResidentData data = new ResidentData(workload, network, new MeanSquare(), dtype, arena);
      RiskOptions options = RiskOptions.gradients().withStatistics(network.evaluation(arena, 1));
      EmpiricalRisk risk = new EmpiricalRisk(data, arena, options);
      Tensor theta = arena.reserve(dtype, 1, network.parameterCount());
      Tensor thetaBar = arena.reserve(dtype, 1, network.parameterCount());
      arena.commit();
      engine.memory().write(theta, network.initialParameters(Initialization.GLOROT, 1, 0));
      Tensor[] views = network.view(theta);
      Tensor[] bars = network.view(thetaBar);
      for (int round = 0; round < rounds + WARM_UP; round++) {
        double plain = BenchmarkEngine.seconds(engine, () -> risk.gradient(views, bars));
        double full = BenchmarkEngine.seconds(engine, () -> risk.noise(views, bars, thetaBar));
        if (round >= WARM_UP) {
          gradient.add(plain * 1e3);
          noise.add(full * 1e3);
          ratio.add(full / plain);
        }
      }
      System.out.printf(
          "%n%s, %d samples in chunks of %d, %d rounds%n",
          workload.model(), workload.samples(), risk.chunk(), rounds);
      System.out.printf("  gradient pass        %s ms%n", gradient.text("%.4g"));
      System.out.printf("  noise-strength pass  %s ms%n", noise.text("%.4g"));
      System.out.printf("  ratio                %s%n", ratio.text("%.3f"));
    }
  }
}
