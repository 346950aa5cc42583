package org.noisescape.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.RiskProbe;
import org.noisescape.train.RiskProbe.Depth;
import org.noisescape.train.StationarityProbe;

/**
 * A probe by name and when it measures.
 *
 * @param name one of {@link #names}, with its argument after a colon where it takes one
 * @param every as in {@link Interval#parse}
 */
public record ProbeSchedule(String name, String every) {
  private record Entry(String description, int preset, IntFunction<Probe.Factory> factory) {}

  /** All probes; a new one is one line here. */
  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    register("loss", "loss and accuracy on all data", k -> RiskProbe.of(Depth.VALUE));
    register(
        "noise",
        "these, ||grad L||^2, noise strength and noise scale",
        k -> RiskProbe.of(Depth.NOISE));
    register(
        "fdr",
        "stationarity: both sides of the fluctuation-dissipation relation",
        k -> StationarityProbe.full());
    register(
        "fdr-top:1",
        "the same in the space of the K largest Hessian eigenvalues",
        StationarityProbe::top);
  }

  private static final String EVERY = "every=";

  /** Checks name and interval; an argument that is left out is written out. */
  public ProbeSchedule {
    KnownName.require("probe", name, names());
    name = withArgument(name);
    every = Interval.parse(every).text();
  }

  private static void register(
      String usage, String description, IntFunction<Probe.Factory> factory) {
    int preset = usage.equals(base(usage)) ? 0 : number(usage);
    ENTRIES.put(base(usage), new Entry(description, preset, factory));
  }

  /** Names of all probes. */
  public static List<String> names() {
    return new ArrayList<>(ENTRIES.keySet());
  }

  /** What a probe measures. */
  public static String description(String name) {
    return ENTRIES.get(name).description();
  }

  /**
   * The probe of a text: {@code noise}, {@code noise:every=100}, {@code fdr-top:3}, {@code
   * fdr-top:3:every=log1.5}.
   */
  public static ProbeSchedule parse(String text) {
    KnownName.require("probe", text, names());
    int last = text.lastIndexOf(':');
    String end = text.substring(last + 1);
    if (last >= 0 && end.startsWith(EVERY)) {
      return new ProbeSchedule(text.substring(0, last), end.substring(EVERY.length()));
    }
    return new ProbeSchedule(text, Interval.EPOCH.text());
  }

  /** The same with the preset argument where there is none. */
  private static String withArgument(String text) {
    Entry entry = ENTRIES.get(base(text));
    if (text.equals(base(text))) {
      return entry.preset() > 0 ? text + ":" + entry.preset() : text;
    }
    if (entry.preset() == 0 || number(text) < 1) {
      String name = base(text);
      throw new IllegalArgumentException(
          "probe '%s': write for example %s:every=100, %s:every=1epoch or %s:every=log1.5"
              .formatted(text, name, name, name));
    }
    return text;
  }

  private static String base(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  /** The argument; 0 where it is no number. */
  private static int number(String text) {
    try {
      return Integer.parseInt(text.substring(text.indexOf(':') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** What the trainer takes. */
  Probe.Scheduled scheduled() {
    Entry entry = ENTRIES.get(base(name));
    int k = entry.preset() == 0 ? 0 : number(name);
    return new Probe.Scheduled(entry.factory().apply(k), Interval.parse(every));
  }
}
