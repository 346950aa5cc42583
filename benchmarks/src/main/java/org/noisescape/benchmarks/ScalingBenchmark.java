package org.noisescape.benchmarks;

final class ScalingBenchmark {
  private ScalingBenchmark() {}

  static void run(BenchSession session) {}
}
