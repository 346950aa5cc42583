package org.noisescape.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.noisescape.datasets.Catalogue;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.objective.Augmentation;
import org.noisescape.optim.Optimizers;
import org.noisescape.optim.Schedules;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.quantities.Quantities;
import org.noisescape.quantities.Quantity;
import org.noisescape.registry.Named;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Engines;
import org.noisescape.train.ParameterFormats;
import org.noisescape.train.Version;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** What a release has of the command line: a script of completions, and sources of man pages. */
final class ReleasePages {
  private static final String NAME = "noisescape";
  private static final int WIDEST = 10_000;

  private ReleasePages() {}

  /** Writes {@code noisescape.bash} and {@code man/*.adoc} into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    Path man = Files.createDirectories(out.resolve("man"));
    Files.writeString(out.resolve("noisescape.bash"), completion());
    pages(man);
  }

  static CommandLine program() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    Console console = new Console(nowhere, nowhere, Map.of(), false);
    return new Commands(console, new StopSignal(console)).whole();
  }

  /** A script for bash, and for zsh by its bashcompinit. */
  static String completion() {
    CommandLine line = program();
    Map<String, List<String>> options = optionValues();
    Map<String, List<String>> words = wordValues();
    each(
        line,
        spec ->
            rebuild(
                spec,
                option ->
                    options.containsKey(option.longestName())
                        ? OptionSpec.builder(option)
                            .completionCandidates(options.get(option.longestName()))
                            .build()
                        : option,
                word ->
                    words.containsKey(spec.qualifiedName())
                        ? PositionalParamSpec.builder(word)
                            .completionCandidates(words.get(spec.qualifiedName()))
                            .build()
                        : word));
    return AutoComplete.bash(NAME, line);
  }

  private static Map<String, List<String>> optionValues() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("--model", ModelZoo.names());
    values.put("--dataset", Catalogue.names());
    values.put("--loss", names(Losses.all()));
    values.put("--optimizer", names(Optimizers.all()));
    values.put("--schedule", names(Schedules.all()));
    values.put("--augment", names(Augmentation.all()));
    values.put("--to", names(ParameterFormats.all()));
    values.put("--probe", ProbeSchedule.names());
    values.put("--quantities", Quantities.all().stream().map(Quantity::name).toList());
    List<String> engines = new ArrayList<>(List.of("auto"));
    Engines.providers().stream().map(EngineProvider::name).forEach(engines::add);
    values.put("--engine", engines);
    values.put("--precision", List.copyOf(TrainConfiguration.precisions()));
    values.put("--preset", List.of("quick", "standard", "paper"));
    return values;
  }

  private static Map<String, List<String>> wordValues() {
    List<String> subjects = new ArrayList<>(List.of("train"));
    subjects.addAll(ExperimentCatalogue.ids());
    return Map.of(
        "noisescape run", ExperimentCatalogue.ids(),
        "noisescape sweep", subjects,
        "noisescape list", ListCommand.kindNames(),
        "noisescape model", ModelZoo.names(),
        "noisescape data fetch", Catalogue.names(),
        "noisescape data verify", Catalogue.names());
  }

  private static List<String> names(List<? extends Named> all) {
    return all.stream().map(Named::name).distinct().toList();
  }

  /** Writes the page of every command, {@code noisescape-train.adoc} and so on, in AsciiDoc. */
  static void pages(Path folder) throws IOException {
    CommandLine line = program();
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "all is well");
    codes.put("1", "a run or a write failed, or a training diverged");
    codes.put("2", "wrong use, or a damaged file");
    codes.put("130", "interrupted by Ctrl-C");
    each(
        line,
        spec -> {
          UsageMessageSpec usage = spec.usageMessage();
          // lines are the page's to break
          usage.width(WIDEST).exitCodeListHeading("Exit codes%n").exitCodeList(codes);
          if (usage.footer().length > 0) {
            usage.footerHeading("First steps%n").footer(block(usage.footer()));
          }
          spec.versionProvider(null).version(NAME + " " + Version.current().number());
          rebuild(
              spec,
              option ->
                  OptionSpec.builder(option).description(literal(option.description())).build(),
              word ->
                  PositionalParamSpec.builder(word)
                      .description(literal(word.description()))
                      .build());
        });
    int code =
        ManPageGenerator.generateManPage(
            folder.toFile(), null, new boolean[0], true, line.getCommandSpec());
    if (code != 0) {
      throw new IOException("the generator of man pages ended with " + code);
    }
  }

  /** Text in which AsciiDoc sees no marks of its own, such as those of crop:4+flip+cutout:8. */
  private static String[] literal(String... lines) {
    String[] marked = new String[lines.length];
    for (int i = 0; i < lines.length; i++) {
      marked[i] = lines[i].isEmpty() ? "" : "pass:c[" + lines[i].replace("]", "\\]") + "]";
    }
    return marked;
  }

  /** Lines as they are, without the heading that help has there. */
  private static String[] block(String... lines) {
    List<String> block = new ArrayList<>(List.of("...."));
    for (String line : lines) {
      if (!line.isEmpty() && !line.endsWith(":")) {
        block.add(line.strip());
      }
    }
    block.add("....");
    return block.toArray(String[]::new);
  }

  private interface Changes {
    void change(CommandSpec spec);
  }

  private static void each(CommandLine line, Changes changes) {
    changes.change(line.getCommandSpec());
    line.getSubcommands().values().forEach(inner -> each(inner, changes));
  }

  private static void rebuild(
      CommandSpec spec,
      UnaryOperator<OptionSpec> options,
      UnaryOperator<PositionalParamSpec> words) {
    for (ArgSpec argument : List.copyOf(spec.args())) {
      ArgSpec changed =
          argument instanceof OptionSpec option
              ? options.apply(option)
              : words.apply((PositionalParamSpec) argument);
      if (changed != argument) {
        spec.remove(argument);
        spec.add(changed);
      }
    }
  }
}
