package org.noisescape.quantities;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.instruments.Instrument;
import org.noisescape.instruments.InstrumentProbe;
import org.noisescape.registry.KnownName;
import org.noisescape.registry.Named;
import org.noisescape.train.AverageProbe;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeProvider;

/**
 * A probe by name and when it measures.
 *
 * @param name one of {@link #names}, with its argument after a colon where it takes one, and {@code
 *     :of=average} behind that where it measures at the mean of the parameters
 * @param every as in {@link Interval#parse}
 */
public record ProbeSchedule(String name, String every) {
  private static final String EVERY = "every=";
  private static final String OF = "of=";
  private static final String AVERAGE = ":of=average";
  private static final Pattern VARIANT = Pattern.compile("([a-z-]+)=(0*[1-9]\\d{0,6})");

  /** Checks name and interval; an argument that is left out is written out. */
  public ProbeSchedule {
    if (name == null || every == null) {
      throw new IllegalArgumentException(
          "a probe must have a name and an interval, got %s and %s".formatted(name, every));
    }
    KnownName.require("probe", name, names());
    name = withArgument(base(name)) + (isOfAverage(name) ? AVERAGE : "");
    every = Interval.parse(every).text();
  }

  /** Names of all probes: those of their own, then the quantities that make sense in a run. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(Probes.REGISTRY.names());
    for (Quantity quantity : Quantities.all()) {
      if (quantity.use() == Quantity.Use.EVERYWHERE) {
        if (Probes.REGISTRY.find(quantity.name()).isPresent()) {
          throw new IllegalArgumentException(
              "the quantity '%s' has the name of a probe: choose another name"
                  .formatted(quantity.name()));
        }
        names.add(quantity.name());
      }
    }
    return names;
  }

  /** How a probe is written: {@code noise}, {@code hessian-top:K}. */
  public static String usage(String name) {
    return Probes.REGISTRY
        .find(name)
        .map(probe -> name + (preset(probe) > 0 ? ":K" : ""))
        .orElseGet(() -> Quantities.of(name).usage());
  }

  /** What a probe measures. */
  public static String description(String name) {
    return Probes.REGISTRY
        .find(name)
        .map(
            probe ->
                probe.description()
                    + (preset(probe) > 0 ? " (K = " + preset(probe) + " unless given)" : ""))
        .orElseGet(() -> Quantities.of(name).help());
  }

  /**
   * The probe of a text: {@code noise}, {@code noise:every=100}, {@code hessian-top:5}, {@code
   * hessian-top:5:every=log1.5}, {@code loss:of=average:every=5epoch}.
   */
  public static ProbeSchedule parse(String text) {
    KnownName.require("probe", text, names());
    String name = text;
    String every = null;
    String of = null;
    for (int last = name.lastIndexOf(':'); last >= 0; last = name.lastIndexOf(':')) {
      String end = name.substring(last + 1);
      if (end.startsWith(EVERY) && every == null) {
        every = end.substring(EVERY.length());
      } else if (end.startsWith(OF) && of == null) {
        of = ":" + end;
      } else {
        break;
      }
      name = name.substring(0, last);
    }
    if (of != null && !of.equals(AVERAGE)) {
      throw new IllegalArgumentException(
          "probe '%s': it measures at the parameters, or with %s at their mean"
              .formatted(text, AVERAGE));
    }
    return new ProbeSchedule(
        name + (of == null ? "" : of), every == null ? Interval.EPOCH.text() : every);
  }

  private static boolean isOfAverage(String name) {
    return name.endsWith(AVERAGE);
  }

  /** The name without where it measures. */
  private static String base(String name) {
    return isOfAverage(name) ? name.substring(0, name.length() - AVERAGE.length()) : name;
  }

  /** The same with the preset argument where there is none. */
  private static String withArgument(String text) {
    String name = Named.nameOf(text);
    Optional<ProbeProvider> probe = Probes.REGISTRY.find(name);
    if (probe.isEmpty()) {
      return QuantityRequest.parse(text).text();
    }
    int preset = preset(probe.get());
    if (text.equals(name)) {
      return preset > 0 ? text + ":" + preset : text;
    }
    if (variant(text, probe.get()).isPresent()) {
      return text;
    }
    if (preset == 0 || number(text) < 1) {
      throw new IllegalArgumentException(
          "probe '%s': write for example %s:every=100, %s:every=1epoch or %s:every=log1.5"
              .formatted(text, name, name, name));
    }
    return text;
  }

  /** The variant that a text such as {@code noise:augmented=8} names. */
  private static Optional<Probe.Factory> variant(String text, ProbeProvider probe) {
    Matcher written = VARIANT.matcher(Named.argumentsOf(text));
    return written.matches()
        ? probe.variant(written.group(1), Integer.parseInt(written.group(2)))
        : Optional.empty();
  }

  /** The argument K where users give none; 0 for a probe without one. */
  private static int preset(ProbeProvider probe) {
    return number(probe.usage());
  }

  /** The argument; 0 where it is no number. */
  private static int number(String text) {
    try {
      return Integer.parseInt(Named.argumentsOf(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * What the trainer takes.
   *
   * <p>Quantities with one interval become one probe, which shares work among them, and so do
   * instruments.
   *
   * @param options how quantities are measured
   */
  public static List<Probe.Scheduled> scheduled(
      List<ProbeSchedule> schedules, ProbeOptions options) {
    List<Probe.Scheduled> probes = new ArrayList<>();
    Map<Place, List<String>> quantities = new LinkedHashMap<>();
    Map<Place, List<Instrument>> instruments = new LinkedHashMap<>();
    for (ProbeSchedule schedule : schedules) {
      String name = base(schedule.name());
      Optional<ProbeProvider> probe = Probes.REGISTRY.find(Named.nameOf(name));
      if (probe.isEmpty()) {
        quantities.computeIfAbsent(schedule.place(), place -> new ArrayList<>()).add(name);
      } else if (probe.get() instanceof Probes.OfStep read) {
        instruments
            .computeIfAbsent(schedule.place(), place -> new ArrayList<>())
            .add(read.instrument());
      } else {
        Probe.Factory factory =
            variant(name, probe.get()).orElseGet(() -> probe.get().probe(number(name)));
        probes.add(schedule.place().scheduled(factory));
      }
    }
    instruments.forEach((place, each) -> probes.add(place.scheduled(InstrumentProbe.of(each))));
    CurvatureOfRun curvature = new CurvatureOfRun();
    quantities.forEach(
        (place, texts) ->
            probes.add(
                place.scheduled(
                    QuantityProbe.of(QuantityRequest.parseAll(texts), options, curvature))));
    return probes;
  }

  /** Where and when something is measured. */
  private record Place(boolean ofAverage, String every) {
    Probe.Scheduled scheduled(Probe.Factory factory) {
      return new Probe.Scheduled(
          ofAverage ? AverageProbe.of(factory) : factory, Interval.parse(every));
    }
  }

  private Place place() {
    return new Place(isOfAverage(name), every);
  }
}
