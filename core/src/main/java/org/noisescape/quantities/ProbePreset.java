package org.noisescape.quantities;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noisescape.registry.KnownName;
import org.noisescape.registry.Named;
import org.noisescape.train.Interval;

/**
 * Probes that go together, those of Cockpit's configurations of the same names (Schneider, Dangel
 * and Hennig 2021): what a step itself tells, then curvature, then all. Largest eigenvalue and
 * trace of the Hessian are those over the whole training set, where Cockpit takes the mini-batch.
 */
public enum ProbePreset {
  /** From the step and its per-sample gradients. */
  ECONOMY(
      "batch-loss",
      "batch-gradient",
      "update",
      "distance",
      "norm-test",
      "inner-product-test",
      "orthogonality-test",
      "alpha",
      "gradient-histogram"),
  /** The same with diagonals of the curvature, and the trace of the Hessian. */
  BUSINESS(ECONOMY, "tic-diagonal", "hessian-trace"),
  /** The same with the largest eigenvalue, and the histogram over parameters. */
  FULL(BUSINESS, "hessian-top:1", "gradient-parameter-histogram");

  private static final String EVERY = "every=";

  private final List<String> probes;

  ProbePreset(String... probes) {
    this.probes = List.of(probes);
  }

  ProbePreset(ProbePreset less, String... more) {
    this.probes = Stream.concat(less.probes.stream(), Arrays.stream(more)).toList();
  }

  /** Names of all, as users write them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ProbePreset::text).toList();
  }

  /** Its name, as users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names of its probes. */
  public List<String> probes() {
    return probes;
  }

  /**
   * The probes of a text: {@code economy}, {@code full:every=100}.
   *
   * @throws IllegalArgumentException in one line where there is no such preset or interval
   */
  public static List<ProbeSchedule> parse(String text) {
    KnownName.require("probes", text, names());
    ProbePreset preset = valueOf(Named.nameOf(text).toUpperCase(Locale.ROOT));
    String rest = Named.argumentsOf(text);
    if (!rest.isEmpty() && !rest.startsWith(EVERY)) {
      throw new IllegalArgumentException(
          "probes '%s': write for example %s or %s:every=100"
              .formatted(text, preset.text(), preset.text()));
    }
    String every = rest.isEmpty() ? Interval.EPOCH.text() : rest.substring(EVERY.length());
    return preset.probes.stream()
        .map(probe -> new ProbeSchedule(probe, every))
        .collect(Collectors.toList());
  }
}
