package org.noisescape.experiments.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.noisescape.datasets.DataLocation;
import org.noisescape.runs.ProgressListener;

/** Small runs of experiments on landscapes. */
public final class LandscapeRuns {
  private LandscapeRuns() {}

  /** A request of the quick preset with changed settings, as key, value, key, value. */
  public static ExperimentRequest request(Path out, int threads, String... changed) {
    return request(out, threads, () -> false, changed);
  }

  /** The same that may be stopped. */
  public static ExperimentRequest request(
      Path out, int threads, BooleanSupplier stop, String... changed) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < changed.length; i += 2) {
      settings.put(changed[i], changed[i + 1]);
    }
    return new ExperimentRequest(
        Preset.QUICK,
        settings,
        Optional.empty(),
        DataLocation.of(Optional.empty(), Map.of()),
        "auto",
        threads,
        1,
        out,
        ProgressListener.SILENT,
        stop);
  }

  /** Settings with others laid over them. */
  public static String[] with(String[] base, String... changed) {
    String[] all = Arrays.copyOf(base, base.length + changed.length);
    System.arraycopy(changed, 0, all, base.length, changed.length);
    return all;
  }

  /** The lines of a table. */
  public static List<String> table(Path run, String name) {
    try {
      return Files.readAllLines(run.resolve("tables").resolve(name + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A measurement by the beginning of its name. */
  public static NamedMeasurement measurement(ExperimentOutcome outcome, String name) {
    return outcome.measurements().stream()
        .filter(m -> m.name().startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
