package org.noisescape.benchmarks;

import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;

/**
 * The engine that is timed: environment variables ENGINE (default {@code host}) and PRECISION
 * ({@code float32}, the default, or {@code tf32}).
 */
final class BenchmarkEngine {
  private BenchmarkEngine() {}

  static Engine open(int threads) {
    return Engines.open(
        System.getenv().getOrDefault("ENGINE", "host"), new EngineOptions(threads, precision()));
  }

  /** Whether products may round to TF32, here and in PyTorch. */
  static Precision precision() {
    Precision precision =
        Precision.parse(System.getenv().getOrDefault("PRECISION", Precision.FLOAT32.label()));
    if (precision == Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "PRECISION=float64: benchmarks compute in float32, with PRECISION=tf32 for its products");
    }
    return precision;
  }

  /** Environment variable STEPS_FACTOR: how many times the usual steps a measurement takes. */
  static double stepsFactor() {
    return Double.parseDouble(System.getenv().getOrDefault("STEPS_FACTOR", "1"));
  }

  /** What heads a table. */
  static String line(Engine engine) {
    return "%s, %s: %s".formatted(engine.name(), precision().label(), engine.description());
  }

  /** Runs work and waits until the device has done it; returns seconds. */
  static double seconds(Engine engine, Runnable work) {
    engine.synchronize();
    long begin = System.nanoTime();
    work.run();
    engine.synchronize();
    return (System.nanoTime() - begin) * 1e-9;
  }
}
