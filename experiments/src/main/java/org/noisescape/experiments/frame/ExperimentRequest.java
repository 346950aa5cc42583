package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.datasets.DataLocation;
import org.noisescape.linop.StopCheck;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Precision;

/**
 * One call of an experiment.
 *
 * @param preset size
 * @param settings values that replace the preset's, by key
 * @param dataset data set for every part of the experiment; a setting of one part goes before it
 * @param data where data sets are looked for
 * @param engine engine, or {@code auto}
 * @param threads CPU threads
 * @param precision of trainings and ensembles; what an experiment measures in float64 stays so
 * @param seed seed of everything random
 * @param out run folder: new, or of the same experiment interrupted
 * @param progress hears how far it is
 * @param stop whether it should keep what it has and end
 * @param share which replicas of its ensembles it computes itself
 */
public record ExperimentRequest(
    Preset preset,
    Map<String, String> settings,
    Optional<String> dataset,
    DataLocation data,
    String engine,
    int threads,
    Precision precision,
    long seed,
    Path out,
    ProgressListener progress,
    BooleanSupplier stop,
    ReplicaShare share) {
  /** The stop of a request that is only looked at: it ends where it would open its folder. */
  public static final BooleanSupplier CHECK_ONLY = () -> true;

  /** Keeps the order of the settings. */
  public ExperimentRequest {
    settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The same; this hears how far it is. */
  ExperimentRequest heardBy(ProgressListener listener) {
    return new ExperimentRequest(
        preset, settings, dataset, data, engine, threads, precision, seed, out, listener, stop,
        share);
  }

  /** Whether nothing is to be run: an experiment says what is wrong with a request, and ends. */
  public boolean isCheckOnly() {
    return stop == CHECK_ONLY;
  }

  /** A checkpoint with its data, on the threads of this call. */
  public TrainedModel model(Path checkpoint) {
    return TrainedModel.open(checkpoint, Map.of("threads", threads), folder -> data);
  }

  /** Eigenvalues of dense matrices on the threads of this call, until it is stopped. */
  public SymmetricEigen eigensolver() {
    return new SymmetricEigen(threads).stoppedBy(StopCheck.of(stop));
  }

  /** Opens the engine that computes this. */
  public Engine openEngine() {
    return Engines.open(engine, new EngineOptions(threads, precision));
  }
}
