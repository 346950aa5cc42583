package org.noisescape.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.RegressionPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.landscape.LinearRegression;
import org.noisescape.loss.MeanSquare;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;

/**
 * Replica-steps of ensembles beside PyTorch's eager loop (a replica after the other), PyTorch with
 * all replicas in batched products, and NumPy with all replicas in one array: ratios within a
 * round.
 *
 * <p>Arguments: rounds, threads, Python interpreter, folder of torch_peer.py.
 */
public final class EnsembleBenchmark {
  private static final int REPLICAS = 100;
  private static final int WARM_UP = 3;
  private static final double NEVER = 1e30;

  private EnsembleBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    Path script = Path.of(arguments[3], "torch_peer.py");
    List<TorchPeer> peers = new ArrayList<>();
    TorchPeer.start(arguments[2], script, 1).ifPresent(peers::add);
    if (threads > 1) {
      TorchPeer.start(arguments[2], script, threads).ifPresent(peers::add);
    }
    try (Engine engine = Engines.open("host", threads)) {
      System.out.println(engine.description());
      network(engine, rounds, peers);
      looks(engine, rounds);
      for (int dimension : new int[] {1, 4, 10}) {
        regression(engine, dimension, rounds, peers);
      }
    }
    peers.forEach(TorchPeer::close);
  }

  private static void network(Engine engine, int rounds, List<TorchPeer> peers) {
    Workload workload =
        Workload.ALL.stream().filter(w -> w.model().equals("mlp:10")).findFirst().orElseThrow();
    System.out.printf(
        "%nmlp:10 on 784 inputs, batch %d, %d replicas, %d rounds of 500 steps; µs a replica-step%n",
        workload.batch(), REPLICAS, rounds);
    try (ReplicaProgram program = plan(workload, new double[0]).program(engine, workload)) {
      compare(program, 500, rounds, peers, List.of("mlp:10", "mlp:10/drawn", "mlp:10/replicas"));
    }
  }

  private static NetworkPlan plan(Workload workload, double[] thresholds) {
    return new NetworkPlan(
        workload.network(),
        new MeanSquare(),
        List.of(),
        0.001,
        workload.batch(),
        Sampling.WITHOUT_REPLACEMENT,
        new double[0],
        thresholds,
        1,
        1,
        0,
        REPLICAS,
        DType.FLOAT32);
  }

  private static void looks(Engine engine, int rounds) {
    Workload workload =
        Workload.ALL.stream().filter(w -> w.model().equals("mlp:10")).findFirst().orElseThrow();
    Spread spread = new Spread();
    try (ReplicaProgram program = plan(workload, new double[] {NEVER}).program(engine, workload)) {
      for (int round = 0; round < rounds + 1; round++) {
        long begin = System.nanoTime();
        program.advance(program.step() + 1);
        if (round > 0) {
          spread.add((System.nanoTime() - begin) * 1e-3 / REPLICAS);
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
        new RegressionPlan(
            new LinearRegression(dimension, x, y),
            0.05,
            1,
            new double[dimension],
            new double[] {NEVER},
            1,
            0,
            REPLICAS);
    System.out.printf(
        "%nlinear regression, d = %d, batch 1, a look every step, %d replicas, %d rounds; µs a"
            + " replica-step%n",
        dimension, REPLICAS, rounds);
    try (ReplicaProgram program = plan.program(engine, 1)) {
      compare(
          program,
          20_000,
          rounds,
          peers.subList(0, Math.min(1, peers.size())),
          List.of("regression:" + dimension));
    }
  }

  private static void compare(
      ReplicaProgram program, int steps, int rounds, List<TorchPeer> peers, List<String> models) {
    Spread ours = new Spread();
    java.util.Map<String, Spread> theirs = new java.util.LinkedHashMap<>();
    java.util.Map<String, Spread> ratios = new java.util.LinkedHashMap<>();
    for (int round = 0; round < rounds + WARM_UP; round++) {
      long begin = System.nanoTime();
      program.advance(program.step() + steps);
      double mine = (System.nanoTime() - begin) * 1e-3 / ((double) steps * REPLICAS);
      if (round < WARM_UP) {
        continue;
      }
      ours.add(mine);
      for (TorchPeer peer : peers) {
        for (String model : models) {
          boolean all = !model.equals("mlp:10") && !model.equals("mlp:10/drawn");
          double theirsNow = peer.milliseconds(model, 200) * 1e3 / (all ? REPLICAS : 1);
          String name = model + ", " + peer.name();
          theirs.computeIfAbsent(name, n -> new Spread()).add(theirsNow);
          ratios.computeIfAbsent(name, n -> new Spread()).add(theirsNow / mine);
        }
      }
    }
    System.out.printf(
        "  noisescape  %s µs, %.3g replica-steps/s%n", ours.text("%.4g"), 1e6 / ours.median());
    theirs.forEach(
        (name, spread) ->
            System.out.printf(
                "  %-45s %s µs, times ours %s%n",
                name, spread.text("%.4g"), ratios.get(name).text("%.3g")));
  }
}
