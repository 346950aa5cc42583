package org.noisescape.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.RegressionPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.loss.MeanSquare;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.Engine;

/**
 * Replica-steps of ensembles beside PyTorch's eager loop (a replica after the other), PyTorch with
 * all replicas in batched products, and NumPy with all replicas in one array: ratios within a
 * round. On a GPU, PyTorch's loops also as CUDA graphs.
 *
 * <p>Arguments: rounds, threads, Python interpreter, folder of torch_peer.py.
 */
public final class EnsembleBenchmark {
  private static final int REPLICAS = 100;
  private static final int WARM_UP = 3;
  private static final int STEPS = steps(500);
  private static final int LOOKED_STEPS = steps(20_000);
  private static final int PEER_STEPS = 200;
  private static final double NEVER = 1e30;

  private EnsembleBenchmark() {}

  private static int steps(int usual) {
    return (int) Math.max(1, BenchmarkEngine.stepsFactor() * usual);
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    List<TorchPeer> peers = TorchPeer.start(arguments[2], Path.of(arguments[3]), threads);
    try (Engine engine = BenchmarkEngine.open(threads)) {
      System.out.println(BenchmarkEngine.line(engine));
      network(engine, rounds, peers);
      looks(engine, rounds);
      for (int dimension : new int[] {1, 4, 10}) {
        regression(engine, dimension, rounds, peers);
      }
    }
    peers.forEach(TorchPeer::close);
  }

  private static void network(Engine engine, int rounds, List<TorchPeer> peers) {
    Workload workload = Workload.of("mlp:10");
    System.out.printf(
        "%nmlp:10 on 784 inputs, batch %d, %d replicas, %d rounds of %d steps; µs a replica-step%n",
        workload.batch(), REPLICAS, rounds, STEPS);
    try (ReplicaProgram program = plan(workload, new double[0]).program(engine, workload)) {
      Map<String, Double> ways = new LinkedHashMap<>();
      if (TorchPeer.onDevice()) {
        ways.put("mlp:10/drawn/graph", 1.0);
        ways.put("mlp:10/replicas/graph", (double) REPLICAS);
      } else {
        ways.put("mlp:10", 1.0);
      }
      ways.put("mlp:10/drawn", 1.0);
      ways.put("mlp:10/replicas", (double) REPLICAS);
      compare(engine, program, STEPS, rounds, peers, ways);
    }
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

  private static void looks(Engine engine, int rounds) {
    Workload workload = Workload.of("mlp:10");
    Spread spread = new Spread();
    try (ReplicaProgram program = plan(workload, new double[] {NEVER}).program(engine, workload)) {
      for (int round = 0; round < rounds + 1; round++) {
        double seconds = BenchmarkEngine.seconds(engine, () -> program.advance(program.step() + 1));
        if (round > 0) {
          spread.add(seconds * 1e6 / REPLICAS);
        }
      }
    }
    System.out.printf(
        "  a step and a look at all %d samples  %s µs%n", workload.size(), spread.text("%.4g"));
  }

  private static void regression(Engine engine, int dimension, int rounds, List<TorchPeer> peers) {
    int samples = 10_000;
    RandomStream random = RandomKey.of(1, Purpose.SYNTHETIC_DATA, 0).stream(0);
    double[] x = new double[samples * dimension];
    double[] y = new double[samples];
    java.util.Arrays.setAll(x, i -> random.nextGaussian());
    java.util.Arrays.setAll(y, i -> random.nextGaussian());
    RegressionPlan plan =
        RegressionPlan.of(new LinearRegression(dimension, x, y))
            .learningRate(0.05)
            .batch(1)
            .start(new double[dimension])
            .detecting(NEVER)
            .seed(1)
            .replicas(REPLICAS)
            .build();
    System.out.printf(
        "%nlinear regression, d = %d, batch 1, a look every step, %d replicas, %d rounds; µs a"
            + " replica-step%n",
        dimension, REPLICAS, rounds);
    try (ReplicaProgram program = plan.program(engine, 1)) {
      Map<String, Double> ways = new LinkedHashMap<>();
      if (TorchPeer.onDevice()) {
        ways.put("regression:" + dimension + "/replicas/graph", (double) REPLICAS);
        ways.put("regression:" + dimension + "/replicas", (double) REPLICAS);
      }
      ways.put("regression:" + dimension, (double) REPLICAS);
      List<TorchPeer> first = peers.subList(0, Math.min(1, peers.size()));
      compare(engine, program, LOOKED_STEPS, rounds, first, ways);
    }
  }

  private static void compare(
      Engine engine,
      ReplicaProgram program,
      int steps,
      int rounds,
      List<TorchPeer> peers,
      Map<String, Double> ways) {
    Spread ours = new Spread();
    PeerTimes theirs = new PeerTimes(peers);
    for (int round = 0; round < rounds + WARM_UP; round++) {
      double seconds =
          BenchmarkEngine.seconds(engine, () -> program.advance(program.step() + steps));
      double mine = seconds * 1e3 / ((double) steps * REPLICAS);
      if (round >= WARM_UP) {
        ours.add(mine);
        theirs.round(mine, ways, PEER_STEPS);
      }
    }
    Spread micro = ours.times(1e3);
    System.out.printf(
        "  %-55s %s µs, %.3g replica-steps/s%n",
        "noisescape " + engine.name(), micro.text("%.4g"), 1e6 / micro.median());
    theirs.print(1e3, "µs");
  }
}
