package org.noisescape.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.RiskProbe;
import org.noisescape.train.RiskProbe.Depth;

/**
 * A probe by name and when it measures.
 *
 * @param name one of {@link #names}
 * @param every as in {@link Interval#parse}
 */
public record ProbeSchedule(String name, String every) {
  private record Entry(String description, Probe.Factory factory) {}

  /** All probes; a new one is one line here. */
  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    register("loss", "loss and accuracy on all data", RiskProbe.of(Depth.VALUE));
    register("noise", "these, ||grad L||^2 and noise strength", RiskProbe.of(Depth.NOISE));
  }

  private static final String EVERY = "every=";

  /** Checks name and interval. */
  public ProbeSchedule {
    KnownName.require("probe", name, names());
    every = Interval.parse(every).text();
  }

  private static void register(String name, String description, Probe.Factory factory) {
    ENTRIES.put(name, new Entry(description, factory));
  }

  /** Names of all probes. */
  public static List<String> names() {
    return new ArrayList<>(ENTRIES.keySet());
  }

  /** What a probe measures. */
  public static String description(String name) {
    return ENTRIES.get(name).description();
  }

  /** The probe of a text: {@code noise}, {@code noise:every=100}, {@code noise:every=log1.5}. */
  public static ProbeSchedule parse(String text) {
    KnownName.require("probe", text, names());
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new ProbeSchedule(text, Interval.EPOCH.text());
    }
    String name = text.substring(0, colon);
    String argument = text.substring(colon + 1);
    if (!argument.startsWith(EVERY)) {
      throw new IllegalArgumentException(
          "probe '%s': write for example %s:every=100, %s:every=1epoch or %s:every=log1.5"
              .formatted(text, name, name, name));
    }
    return new ProbeSchedule(name, argument.substring(EVERY.length()));
  }

  /** What the trainer takes. */
  Probe.Scheduled scheduled() {
    return new Probe.Scheduled(ENTRIES.get(name).factory(), Interval.parse(every));
  }
}
