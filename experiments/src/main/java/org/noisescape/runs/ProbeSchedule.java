package org.noisescape.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.Quantities;
import org.noisescape.quantities.Quantity;
import org.noisescape.quantities.QuantityRequest;
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

  /** Probes of their own; a new one is one line here. */
  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    register("loss", "loss and accuracy on all data", k -> RiskProbe.of(Depth.VALUE));
    register(
        "noise",
        "these, ||grad L||^2, noise strength and noise scale",
        k -> RiskProbe.of(Depth.NOISE));
    register(
        "fdr",
        "distance from stationarity, by the fluctuation-dissipation relation",
        k -> StationarityProbe.full());
    register(
        "fdr-top:1",
        "the same in the space of the K largest Hessian eigenvalues",
        StationarityProbe::top);
  }

  private static final String EVERY = "every=";

  /** Checks name and interval; an argument that is left out is written out. */
  public ProbeSchedule {
    if (name == null || every == null) {
      throw new IllegalArgumentException(
          "a probe must have a name and an interval, got %s and %s".formatted(name, every));
    }
    KnownName.require("probe", name, names());
    name = withArgument(name);
    every = Interval.parse(every).text();
  }

  /**
   * An entry of the table.
   *
   * @param usage the name; for a probe with an argument K its preset value after a colon
   * @param factory makes the probe, given K, or 0 where there is none
   */
  private static void register(
      String usage, String description, IntFunction<Probe.Factory> factory) {
    int preset = usage.equals(base(usage)) ? 0 : number(usage);
    ENTRIES.put(base(usage), new Entry(description, preset, factory));
  }

  /** Names of all probes: those of their own, then the quantities that make sense in a run. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ENTRIES.keySet());
    Quantities.all().stream()
        .filter(quantity -> quantity.use() == Quantity.Use.EVERYWHERE)
        .forEach(quantity -> names.add(quantity.name()));
    return names;
  }

  /** How a probe is written: {@code noise}, {@code hessian-top:K}. */
  public static String usage(String name) {
    Entry entry = ENTRIES.get(name);
    return entry == null ? Quantities.of(name).usage() : name + (entry.preset() > 0 ? ":K" : "");
  }

  /** What a probe measures. */
  public static String description(String name) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      return Quantities.of(name).help();
    }
    return entry.description()
        + (entry.preset() > 0 ? " (K = " + entry.preset() + " unless given)" : "");
  }

  /**
   * The probe of a text: {@code noise}, {@code noise:every=100}, {@code hessian-top:5}, {@code
   * hessian-top:5:every=log1.5}.
   */
  public static ProbeSchedule parse(String text) {
    KnownName.require("probe", text, names());
    int last = text.lastIndexOf(':');
    if (last < 0) {
      return new ProbeSchedule(text, Interval.EPOCH.text());
    }
    String end = text.substring(last + 1);
    if (end.startsWith(EVERY)) {
      return new ProbeSchedule(text.substring(0, last), end.substring(EVERY.length()));
    }
    return new ProbeSchedule(text, Interval.EPOCH.text());
  }

  /** The same with the preset argument where there is none. */
  private static String withArgument(String text) {
    Entry entry = ENTRIES.get(base(text));
    if (entry == null) {
      return QuantityRequest.parse(text).text();
    }
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

  /**
   * What the trainer takes.
   *
   * <p>Quantities with one interval become one probe, which shares work among them.
   *
   * @param options how quantities are measured
   */
  static List<Probe.Scheduled> scheduled(List<ProbeSchedule> schedules, ProbeOptions options) {
    List<Probe.Scheduled> probes = new ArrayList<>();
    Map<String, List<String>> quantities = new LinkedHashMap<>();
    for (ProbeSchedule schedule : schedules) {
      Entry entry = ENTRIES.get(base(schedule.name()));
      if (entry == null) {
        quantities
            .computeIfAbsent(schedule.every(), every -> new ArrayList<>())
            .add(schedule.name());
      } else {
        int k = entry.preset() == 0 ? 0 : number(schedule.name());
        probes.add(new Probe.Scheduled(entry.factory().apply(k), Interval.parse(schedule.every())));
      }
    }
    CurvatureOfRun curvature = new CurvatureOfRun();
    quantities.forEach(
        (every, texts) ->
            probes.add(
                new Probe.Scheduled(
                    QuantityProbe.of(QuantityRequest.parseAll(texts), options, curvature),
                    Interval.parse(every))));
    return probes;
  }
}
