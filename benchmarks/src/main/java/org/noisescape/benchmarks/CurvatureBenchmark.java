package org.noisescape.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
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
 * turn; with the state at θ kept in memory, and computed again. With TORCH_DEVICE=cuda also
 * PyTorch's gradient and H v over all samples, by double backward and forward over reverse.
 *
 * <p>Arguments: rounds, threads, Python interpreter, folder of torch_peer.py, then models.
 */
public final class CurvatureBenchmark {
  private static final int WARM_UP = 3;
  private static final int BLOCK = 8;

  private CurvatureBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    List<String> models = List.of(arguments).subList(4, arguments.length);
    List<TorchPeer> peers =
        TorchPeer.onDevice()
            ? TorchPeer.start(arguments[2], Path.of(arguments[3]), threads)
            : List.of();
    try (Engine engine = BenchmarkEngine.open(threads)) {
      System.out.println(BenchmarkEngine.line(engine));
      for (Workload workload : Workload.ALL) {
        if (models.isEmpty() || models.contains(workload.model())) {
          for (Retention retention : Retention.values()) {
            compare(engine, workload, retention, rounds);
          }
          peers(workload, peers, rounds);
        }
      }
    }
    peers.forEach(TorchPeer::close);
  }

  private static void peers(Workload workload, List<TorchPeer> peers, int rounds) {
    Map<String, Spread> times = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (TorchPeer peer : peers) {
        for (String way : List.of("/gradient", "/hvp", "/hvp/forward")) {
          String work = workload.model() + way;
          peer.milliseconds(work, 3)
              .ifPresent(
                  time ->
                      times
                          .computeIfAbsent(peer.name() + ": " + work, n -> new Spread())
                          .add(time));
        }
      }
    }
    times.forEach(
        (name, spread) -> System.out.printf("  %-55s %s ms%n", name, spread.text("%.4g")));
  }

  private static void compare(Engine engine, Workload workload, Retention retention, int rounds) {
    Network network = workload.network();
    DType dtype = DType.FLOAT32;
    Loss loss = workload.outputs() > 1 ? new CrossEntropy(0) : new MeanSquare();
    Timings timings = new Timings(engine);
    try (Arena arena = engine.arena()) {
      ResidentData data = new ResidentData(workload.classified(), network, loss, dtype, arena);
      BatchStatistics statistics = network.evaluation(arena, 1);
      EmpiricalRisk plain =
          new EmpiricalRisk(data, arena, RiskOptions.gradients().withStatistics(statistics));
      LinearizedRisk risk =
          new LinearizedRisk(
              data, arena, LinearizedOptions.of(BLOCK).with(retention).withStatistics(statistics));
      Tensor theta = arena.reserve(dtype, 1, network.parameterCount());
      Tensor thetaBar = arena.reserve(dtype, 1, network.parameterCount());
      Tensor x = arena.reserve(dtype, BLOCK, network.parameterCount());
      Tensor y = arena.reserve(dtype, BLOCK, network.parameterCount());
      arena.commit();
      double[] start = network.initialParameters(Initialization.GLOROT, 1, 0);
      engine.memory().write(theta, start);
      for (int k = 0; k < BLOCK; k++) {
        engine.memory().write(x.rows(k, 1), network.initialParameters(Initialization.GLOROT, 2, k));
      }
      risk.moveTo(start);
      Tensor[] views = network.view(theta);
      Tensor[] bars = network.view(thetaBar);
      Tensor one = x.rows(0, 1);
      Tensor result = y.rows(0, 1);
      for (int round = 0; round < rounds + WARM_UP; round++) {
        timings.counted = round >= WARM_UP;
        timings.gradient(() -> plain.gradient(views, bars));
        timings.hessian(() -> risk.hessianProducts(one, result));
        timings.block(() -> risk.hessianProducts(x, y));
        timings.covariance(() -> risk.covarianceProducts(one, result));
        timings.gaussNewton(() -> risk.gaussNewtonProducts(one, result));
      }
      System.out.printf(
          "%n%s, %d samples in chunks of %d (gradient) and %d, state %s, %.2f GiB, %d rounds%n",
          workload.model(),
          workload.samples(),
          plain.chunk(),
          EmpiricalRisk.automaticChunk(network, BLOCK, workload.samples()),
          retention,
          arena.bytes() * 0x1p-30,
          rounds);
    }
    timings.print();
  }

  /** Times of one round after another, and their ratios. */
  private static final class Timings {
    private final Engine engine;
    private final Spread gradient = new Spread();
    private final Spread product = new Spread();
    private final Spread hessian = new Spread();
    private final Spread block = new Spread();
    private final Spread covariance = new Spread();
    private final Spread gaussNewton = new Spread();
    private boolean counted;
    private double gradientTime;
    private double hessianTime;

    Timings(Engine engine) {
      this.engine = engine;
    }

    void gradient(Runnable work) {
      gradientTime = time(work);
      add(gradient, gradientTime * 1e3);
    }

    void hessian(Runnable work) {
      hessianTime = time(work);
      add(product, hessianTime * 1e3);
      add(hessian, hessianTime / gradientTime);
    }

    void block(Runnable work) {
      add(block, time(work) / hessianTime);
    }

    void covariance(Runnable work) {
      add(covariance, time(work) / gradientTime);
    }

    void gaussNewton(Runnable work) {
      add(gaussNewton, time(work) / gradientTime);
    }

    private void add(Spread spread, double value) {
      if (counted) {
        spread.add(value);
      }
    }

    private double time(Runnable work) {
      return BenchmarkEngine.seconds(engine, work);
    }

    void print() {
      System.out.printf("  gradient                      %s ms%n", gradient.text("%.4g"));
      System.out.printf("  H v                           %s ms%n", product.text("%.4g"));
      System.out.printf("  H v / gradient                %s%n", hessian.text("%.3f"));
      System.out.printf("  8 products H v / one          %s%n", block.text("%.3f"));
      System.out.printf("  S v / gradient                %s%n", covariance.text("%.3f"));
      System.out.printf("  G v / gradient                %s%n", gaussNewton.text("%.3f"));
    }
  }
}
