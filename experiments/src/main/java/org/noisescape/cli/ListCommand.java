package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.noisescape.datasets.Catalogue;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.NamedLayers;
import org.noisescape.objective.Augmentation;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.Schedules;
import org.noisescape.quantities.ProbePreset;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.quantities.Quantities;
import org.noisescape.registry.KnownName;
import org.noisescape.registry.Named;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.train.ParameterFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code list}: what there is, by name. Opens no engine. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists experiments, models, layers, datasets, losses, optimizers, schedules,"
            + " augmentations, formats, engines, probes and quantities, and the runs in folders.")
final class ListCommand implements Callable<Integer> {
  /** Details stand on lines of their own below, where one kind is asked for. */
  private record Line(String name, String description, List<String> details) {
    Line(String name, String description) {
      this(name, description, List.of());
    }
  }

  private static final String RUNS = "runs";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description = "one kind only; runs, of folders")
  private String kind;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "DIR",
      description = "of runs: where to look for them (default: runs)")
  private List<Path> folders = List.of();

  @Mixin private RunList runs;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (RUNS.equals(kind)) {
      runs.print(console, folders);
      return CommandRunner.FINE;
    }
    if (!folders.isEmpty()) {
      throw new IllegalArgumentException(
          "unexpected argument '%s': folders go with 'list runs' only"
              .formatted(folders.getFirst()));
    }
    if (runs.isAsked()) {
      throw new IllegalArgumentException(
          "filters, --sort, --reverse and --json go with 'list runs' only: write that, or leave"
              + " them out");
    }
    Map<String, Supplier<List<Line>>> kinds = kinds();
    if (kind != null) {
      KnownName.require("list", kind, kindNames());
      print(kinds.get(kind).get(), "");
      return CommandRunner.FINE;
    }
    kinds.forEach(
        (name, lines) -> {
          console.out().println(name);
          print(lines.get(), "  ");
        });
    return CommandRunner.FINE;
  }

  private static Map<String, Supplier<List<Line>>> kinds() {
    Map<String, Supplier<List<Line>>> kinds = new LinkedHashMap<>();
    kinds.put("experiments", ListCommand::experiments);
    kinds.put("models", () -> named(ModelZoo.all()));
    kinds.put("layers", () -> named(NamedLayers.all()));
    kinds.put("datasets", ListCommand::datasets);
    kinds.put("losses", () -> named(Losses.all()));
    kinds.put("optimizers", () -> named(Optimizers.all()));
    kinds.put("schedules", () -> named(Schedules.all()));
    kinds.put("augmentations", () -> named(Augmentation.all()));
    kinds.put("formats", () -> named(ParameterFormats.all()));
    kinds.put("engines", ListCommand::engines);
    kinds.put("probes", ListCommand::probes);
    kinds.put("quantities", ListCommand::quantities);
    return kinds;
  }

  /** What KIND may be, in the order of the listing. */
  static List<String> kindNames() {
    List<String> names = new ArrayList<>(kinds().keySet());
    names.add(RUNS);
    return List.copyOf(names);
  }

  private void print(List<Line> lines, String indent) {
    int width = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
    for (Line line : lines) {
      console.out().println(indent + pad(line.name(), width) + "  " + line.description());
      if (kind != null) {
        line.details().forEach(detail -> console.out().println("    " + detail));
      }
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static List<Line> experiments() {
    return ExperimentCatalogue.ids().stream()
        .map(id -> new Line(id, ExperimentCatalogue.find(id).title()))
        .toList();
  }

  private static List<Line> named(List<? extends Named> all) {
    return all.stream().map(each -> new Line(each.usage(), each.description())).toList();
  }

  private static List<Line> datasets() {
    List<Line> lines = new ArrayList<>();
    Catalogue.entries().forEach(entry -> lines.add(new Line(entry.name(), entry.description())));
    Catalogue.pathSources()
        .forEach(source -> lines.add(new Line(source.usage(), source.description())));
    return lines;
  }

  private static List<Line> engines() {
    List<Line> lines = new ArrayList<>();
    for (EngineProvider provider : Engines.providers()) {
      Optional<String> missing = provider.unavailable();
      lines.add(
          new Line(
              provider.name(),
              missing
                  .map(reason -> "not here: " + reason)
                  .orElseGet(() -> "available: " + provider.description()),
              provider.details().stream()
                  .filter(detail -> !missing.equals(Optional.of(detail)))
                  .toList()));
    }
    return lines;
  }

  private static List<Line> probes() {
    List<Line> lines = new ArrayList<>();
    ProbeSchedule.names()
        .forEach(
            name ->
                lines.add(new Line(ProbeSchedule.usage(name), ProbeSchedule.description(name))));
    for (ProbePreset preset : ProbePreset.values()) {
      lines.add(new Line("--probes " + preset.text(), String.join(", ", preset.probes())));
    }
    return lines;
  }

  private static List<Line> quantities() {
    return Quantities.all().stream().map(each -> new Line(each.usage(), each.help())).toList();
  }
}
