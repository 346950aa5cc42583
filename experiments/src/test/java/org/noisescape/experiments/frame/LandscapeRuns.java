package org.noisescape.experiments.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Small runs of experiments and what is asked of every one. */
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
    return Requests.quick(out, settings).threads(threads).stop(stop).build();
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

  /** The value of the measurement of this name. */
  public static double measured(ExperimentOutcome outcome, String name) {
    return outcome.measurements().stream()
        .filter(measurement -> measurement.name().equals(name))
        .mapToDouble(NamedMeasurement::value)
        .findFirst()
        .orElseThrow();
  }

  /** The settings of the quick preset. */
  public static Settings settings(Experiment experiment) {
    return Settings.of(experiment.id(), experiment.defaults(Preset.QUICK), Map.of(), Map.of());
  }

  /** The experiment refuses the changed settings with this message. */
  public static void refused(Experiment experiment, Path run, String message, String... changed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> experiment.run(request(run, 1, changed)))
        .withMessageContaining(message);
  }

  /** A run that lost its outcome and its last measurement, and was moved, ends the same. */
  public static void assertGoesOn(Experiment experiment, Path folder, String... settings)
      throws IOException {
    Path run = folder.resolve(experiment.id().replace('/', '-'));
    ExperimentOutcome whole = experiment.run(request(run, 1, settings));
    Files.delete(run.resolve("outcome.json"));
    Path lost;
    try (var files = Files.list(run.resolve("measured"))) {
      lost = files.sorted().toList().getLast();
    }
    Files.delete(lost);
    Path moved = Files.move(run, folder.resolve("moved-" + run.getFileName()));

    assertThat(experiment.run(request(moved, 1, settings))).isEqualTo(whole);
    assertThat(moved.resolve("measured").resolve(lost.getFileName())).exists();
  }

  /** Every preset has a value for every setting. */
  public static void assertPresetsAreWhole(Experiment experiment) {
    for (Preset preset : Preset.values()) {
      assertThat(experiment.defaults(preset).keySet())
          .containsExactlyElementsOf(experiment.settings().keySet());
    }
  }
}
