package org.noisescape.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.Spread;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.RegressionPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.files.JsonFile;
import org.noisescape.loss.MeanSquare;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

/**
 * Replica-steps of ensembles beside PyTorch's eager loop (a replica after the other), PyTorch with
 * all replicas in batched products and by vmap, and NumPy with all replicas in one array: ratios
 * within a round. On a GPU, PyTorch's loops also as CUDA graphs.
 */
final class EnsembleBenchmark {
  private static final int REPLICAS = 100;
  private static final int WARM_UP = 3;
  private static final int STEPS = 500;
  private static final int LOOKED_STEPS = 20_000;
  private static final int PEER_STEPS = 200;
  private static final double NEVER = 1e30;
  private static final String TABLE = "Ensembles, a replica-step";

  private final BenchSession session;
  private final BenchSettings settings;

  private EnsembleBenchmark(BenchSession session) {
    this.session = session;
    this.settings = session.settings();
  }

  static void run(BenchSession session) {
    EnsembleBenchmark benchmark = new EnsembleBenchmark(session);
    benchmark.network();
    benchmark.looks();
    for (int dimension : new int[] {1, 4, 10}) {
      benchmark.regression(dimension);
    }
  }

  private void network() {
    Workload workload = Workload.of(settings, "mlp:10");
    List<Way> ways = new ArrayList<>();
    if (settings.onDevice()) {
      ways.add(way("mlp:10/drawn/graph", 1));
      ways.add(way("mlp:10/replicas/graph", REPLICAS));
    } else {
      ways.add(way("mlp:10", 1));
      ways.add(way("mlp:10/replicas/numpy", REPLICAS));
    }
    ways.add(way("mlp:10/drawn", 1));
    ways.add(way("mlp:10/replicas", REPLICAS));
    ways.add(way("mlp:10/replicas/vmap", REPLICAS));
    try (ReplicaProgram program =
        plan(workload, new double[0]).program(session.engine(), workload)) {
      String name =
          "%s, B = %d, N = %d, %d replicas"
              .formatted(workload.model(), workload.batch(), workload.samples(), REPLICAS);
      compare(name, program, settings.steps(STEPS), workload.json(), ways);
    }
  }

  private Way way(String work, double replicas) {
    return new Way(work, replicas, settings.steps(PEER_STEPS));
  }

  private static NetworkPlan plan(Workload workload, double[] thresholds) {
    return NetworkPlan.of(workload.network(), new MeanSquare())
        .learningRate(0.001)
        .batch(workload.batch())
        .detecting(thresholds)
        .seed(1)
        .replicas(REPLICAS)
        .build();
  }

  private void looks() {
    Workload workload = Workload.of(settings, "mlp:10");
    Spread spread = new Spread();
    try (ReplicaProgram program =
        plan(workload, new double[] {NEVER}).program(session.engine(), workload)) {
      for (int round = 0; round < settings.rounds() + 1; round++) {
        double time = session.milliseconds(() -> program.advance(program.step() + 1));
        if (round > 0) {
          spread.add(time * 1e3 / REPLICAS);
        }
      }
    }
    String name = "mlp:10, a step and a look at all %d samples".formatted(workload.size());
    session.add(BenchmarkRow.alone(TABLE, name, "µs", spread, Map.of()));
  }

  private void regression(int dimension) {
    int samples = 10_000;
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] x = new double[samples * dimension];
    double[] y = new double[samples];
    Arrays.setAll(x, i -> random.nextGaussian());
    Arrays.setAll(y, i -> random.nextGaussian());
    RegressionPlan plan =
        RegressionPlan.of(new LinearRegression(dimension, x, y))
            .learningRate(0.05)
            .batch(1)
            .start(new double[dimension])
            .detecting(NEVER)
            .seed(1)
            .replicas(REPLICAS)
            .build();
    List<Way> ways = new ArrayList<>();
    if (settings.onDevice()) {
      ways.add(way("regression:" + dimension + "/replicas/graph", REPLICAS));
      ways.add(way("regression:" + dimension + "/replicas", REPLICAS));
    }
    ways.add(way("regression:" + dimension, REPLICAS));
    try (ReplicaProgram program = plan.program(session.engine(), 1)) {
      String name =
          "linear regression, d = %d, B = 1, a look every step, %d replicas"
              .formatted(dimension, REPLICAS);
      ObjectNode workload = JsonFile.MAPPER.createObjectNode();
      compare(name, program, settings.steps(LOOKED_STEPS), workload, ways);
    }
  }

  private void compare(
      String name, ReplicaProgram program, int steps, ObjectNode workload, List<Way> ways) {
    Contest contest =
        new Contest(session, TABLE, name, Contest.TimeUnit.MICROSECONDS, workload, ways);
    for (int round = 0; round < settings.rounds() + WARM_UP; round++) {
      double time = session.milliseconds(() -> program.advance(program.step() + steps));
      if (round >= WARM_UP) {
        contest.round(time / ((double) steps * REPLICAS));
      }
    }
    contest.end();
  }
}
