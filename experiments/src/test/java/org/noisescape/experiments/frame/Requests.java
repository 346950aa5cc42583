package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.ProgressListener;
import org.noisescape.tensor.Precision;

/** Calls of experiments in float32. */
public final class Requests {
  private Requests() {}

  /** A call that may be stopped. */
  public static ExperimentRequest of(
      Preset preset,
      Map<String, String> settings,
      Optional<String> dataset,
      DataLocation data,
      String engine,
      int threads,
      long seed,
      Path out,
      ProgressListener progress,
      BooleanSupplier stop) {
    Precision precision = Precision.FLOAT32;
    return new ExperimentRequest(
        preset, settings, dataset, data, engine, threads, precision, seed, out, progress, stop);
  }

  /** A call that nobody stops. */
  public static ExperimentRequest of(
      Preset preset,
      Map<String, String> settings,
      Optional<String> dataset,
      DataLocation data,
      String engine,
      int threads,
      long seed,
      Path out,
      ProgressListener progress) {
    return of(preset, settings, dataset, data, engine, threads, seed, out, progress, () -> false);
  }
}
