package org.noisescape.benchmarks;

import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;

/**
 * Seconds of the five largest eigenvalues of H of 784-10-1 on 10⁴ samples, and of all eigenvalues
 * of G of 784-100-100-1 on 10⁴ samples through the Gram matrix.
 *
 * <p>Arguments: rounds, threads. The Gram matrix is done once.
 */
public final class SpectrumBenchmark {
  private static final int PAIRS = 5;

  private SpectrumBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    try (Engine engine = BenchmarkEngine.open(threads)) {
      System.out.println(BenchmarkEngine.line(engine));
      top(engine, rounds);
      gram(engine, threads);
    }
  }

  private static Curvature curvature(Engine engine, String model, CurvatureOptions options) {
    Workload workload = Workload.of(model);
    Network network = workload.network();
    return Curvature.over(engine, network, new MeanSquare(), workload, options)
        .at(network.initialParameters(Initialization.GLOROT, 1, 0));
  }

  private static void top(Engine engine, int rounds) {
    for (int block : new int[] {1, CurvatureOptions.BLOCK}) {
      Spread seconds = new Spread();
      String found = "";
      try (Curvature curvature =
          curvature(engine, "mlp:10", CurvatureOptions.of(DType.FLOAT32).withBlock(block))) {
        LinearOperator hessian = curvature.hessian();
        for (int round = 0; round < rounds; round++) {
          long begin = System.nanoTime();
          LanczosOptions options = LanczosOptions.of(hessian, PAIRS, End.LARGEST, round + 1);
          try (RitzPairs pairs = Lanczos.solve(hessian, options)) {
            found =
                "%d products, all converged: %s, first %.6g"
                    .formatted(pairs.products(), pairs.allConverged(), pairs.values()[0]);
          }
          seconds.add((System.nanoTime() - begin) * 1e-9);
        }
      }
      System.out.printf(
          "top %d of H, 784-10-1, N = 10000, blocks of %d: %s s, %d rounds; %s%n",
          PAIRS, block, seconds.text("%.3f"), rounds, found);
    }
  }

  private static void gram(Engine engine, int threads) {
    try (Curvature curvature =
        curvature(engine, "mlp:100,100", CurvatureOptions.of(DType.FLOAT64))) {
      long begin = System.nanoTime();
      try (SymmetricMatrix gram = curvature.gram(GradientRows.GAUSS_NEWTON)) {
        long middle = System.nanoTime();
        double[] values = new SymmetricEigen(threads).values(gram).values();
        long end = System.nanoTime();
        System.out.printf(
            "all %d eigenvalues of G, 784-100-100-1, float64: Gram matrix %.1f s, LAPACK %.1f s; largest %.6g%n",
            values.length,
            (middle - begin) * 1e-9,
            (end - middle) * 1e-9,
            values[values.length - 1]);
      }
    }
  }
}
