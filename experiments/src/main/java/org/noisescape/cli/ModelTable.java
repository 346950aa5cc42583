package org.noisescape.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.noisescape.nn.Activate;
import org.noisescape.nn.Network;
import org.noisescape.nn.NetworkSummary;
import org.noisescape.nn.NetworkSummary.Line;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.quantities.ProbeDefaults;
import org.noisescape.quantities.Quantities;
import org.noisescape.quantities.Quantity;
import org.noisescape.runs.StepCost;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;

/** The layers of a network and what they cost, for people. */
final class ModelTable {
  private final PrintStream out;
  private final TrainedModel model;
  private final NetworkSummary summary;

  ModelTable(PrintStream out, TrainedModel model) {
    this.out = out;
    this.model = model;
    this.summary = NetworkSummary.of(model.network());
  }

  /** A line a layer, then the sums. */
  void layers() {
    Network network = model.network();
    TrainConfiguration configuration = model.configuration();
    out.printf(
        "model    %s%ndata     %s, %d samples, target %s, loss %s%n%n",
        network.name(),
        configuration.dataset(),
        model.train().size(),
        configuration.target(),
        configuration.loss());
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"layer", "output", "parameters", "products", "names"});
    rows.add(new String[] {"input", shape(network.inputShape()), "", "", ""});
    List<String> holders = new ArrayList<>();
    for (Line line : summary.lines()) {
      while (holders.size() > line.depth()) {
        holders.removeLast();
      }
      rows.add(row(line, holders.isEmpty() ? "" : holders.getLast()));
      holders.add(line.name());
    }
    int[] widths = new int[5];
    rows.forEach(
        row -> Arrays.setAll(widths, column -> Math.max(widths[column], row[column].length())));
    for (String[] row : rows) {
      String line = pad(row[0], -widths[0]) + "  " + pad(row[1], -widths[1]);
      line += "  " + pad(row[2], widths[2]) + "  " + pad(row[3], widths[3]) + "  " + row[4];
      out.println(line.stripTrailing());
    }
    out.printf(
        "%nparameters          %s%s%n",
        count(network.parameterCount()),
        network.runningStatisticsCount() == 0
            ? ""
            : ", and %s running statistics".formatted(count(network.runningStatisticsCount())));
    out.printf(
        "activations         %s numbers a sample%n",
        count(network.layer().activationSize(network.inputShape())));
    out.printf(
        "forward pass        %s products of numbers a sample%n", count(summary.multiplications()));
  }

  /** What a step and a pass take. */
  void step(StepCost cost) {
    TrainConfiguration configuration = model.configuration();
    String what = "step, B = %d".formatted(configuration.batch());
    if (configuration.replicas() > 1) {
      what += ", R = " + configuration.replicas();
    }
    long forward = summary.multiplications();
    long samples = (long) configuration.batch() * configuration.replicas();
    out.printf(
        "%-18s  about %.3g products (three forward passes)%n", what, 3.0 * forward * samples);
    out.printf(
        "gradient            about %.3g products over the data; H v, with the state kept, twice that%n",
        3.0 * forward * model.train().size());
    out.printf(
        "memory              %.1f MiB of engine %s for data and step, without probes%n",
        cost.bytes() * 0x1p-20, cost.engine());
    if (cost.steps() > 0) {
      out.printf(
          "time of a step      %.3g ms (%.3g to %.3g, %d steps)%n",
          1e3 * cost.seconds(), 1e3 * cost.least(), 1e3 * cost.most(), cost.steps());
    }
  }

  /** What quantities take, by what they need. */
  void quantities() {
    double forward = (double) summary.multiplications() * model.train().size();
    out.printf("%nquantities, over %d samples%n", model.train().size());
    passes(Need.VALUE, "a forward pass", forward);
    long test = model.test().map(SampleSource::size).orElse(0);
    if (test > 0) {
      passes(
          Need.TEST,
          "a forward pass over the %d test samples".formatted(test),
          (double) summary.multiplications() * test);
    }
    passes(Need.GRADIENT, "a gradient pass", 3 * forward);
    passes(
        Need.CURVATURE,
        "for each vector that H, G or S is multiplied with, until converged, at most %d"
            .formatted(ProbeDefaults.PRODUCTS),
        6 * forward);
  }

  /** Those that need the same, on one line. */
  private void passes(Need need, String what, double products) {
    String names =
        Quantities.all().stream()
            .filter(quantity -> quantity.measure().need() == need)
            .map(Quantity::name)
            .collect(Collectors.joining(", "));
    out.printf("  about %.3g products, %s%n    %s%n", products, what, names);
  }

  /** Named within the layer that holds it. */
  private static String[] row(Line line, String holder) {
    String inner = holder + ".";
    String name = line.name();
    if (name.equals(holder) || name.startsWith(inner)) {
      name = name.substring(Math.min(name.length(), inner.length()));
    }
    long parameters = line.parameters().stream().mapToLong(ParameterSpec::size).sum();
    return new String[] {
      "  ".repeat(line.depth()) + (name + " " + text(line)).strip(),
      shape(line.output()),
      parameters == 0 ? "" : count(parameters),
      line.multiplications() == 0 ? "" : count(line.multiplications()),
      line.parameters().stream()
          .map(one -> one.name() + " " + shape(one.shape()))
          .collect(Collectors.joining(", "))
    };
  }

  /** As a record prints itself, without what it holds. */
  private static String text(Line line) {
    if (line.layer() instanceof Activate function) {
      return function.activation().name().toLowerCase(Locale.ROOT);
    }
    String name = line.layer().getClass().getSimpleName();
    String whole = line.layer().toString();
    boolean holds = whole.indexOf('[') != whole.lastIndexOf('[');
    return holds || !whole.startsWith(name + "[")
        ? name
        : (name + " " + whole.substring(name.length() + 1, whole.length() - 1)).strip();
  }

  private static String shape(int[] shape) {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%" + (width == 0 ? "" : width) + "s", text);
  }
}
