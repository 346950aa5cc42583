package org.noisescape.experiments.frame;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.ProgressListener;
import org.noisescape.tensor.Precision;

/** Calls of experiments in float32 with the embedded data, at the size {@code quick}. */
public final class Requests {
  private final Path out;
  private final Map<String, String> settings;
  private Optional<String> dataset = Optional.empty();
  private String engine = "auto";
  private int threads = 1;
  private long seed = 1;
  private ProgressListener progress = ProgressListener.SILENT;
  private BooleanSupplier stop = () -> false;
  private ReplicaShare share = ReplicaShare.WHOLE;

  private Requests(Path out, Map<String, String> settings) {
    this.out = out;
    this.settings = settings;
  }

  /** A call on one thread, of seed 1, that tells nothing and that nobody stops. */
  public static Requests quick(Path out, Map<String, String> settings) {
    return new Requests(out, settings);
  }

  public Requests dataset(String value) {
    dataset = Optional.of(value);
    return this;
  }

  public Requests engine(String value) {
    engine = value;
    return this;
  }

  public Requests threads(int value) {
    threads = value;
    return this;
  }

  public Requests seed(long value) {
    seed = value;
    return this;
  }

  public Requests progress(ProgressListener value) {
    progress = value;
    return this;
  }

  public Requests share(ReplicaShare value) {
    share = value;
    return this;
  }

  public Requests stop(BooleanSupplier value) {
    stop = value;
    return this;
  }

  /** The call. */
  public ExperimentRequest build() {
    DataLocation embedded = DataLocation.of(Optional.empty(), Map.of());
    Precision precision = Precision.FLOAT32;
    return new ExperimentRequest(
        Preset.QUICK,
        settings,
        dataset,
        embedded,
        engine,
        threads,
        precision,
        seed,
        out,
        progress,
        stop,
        share);
  }
}
