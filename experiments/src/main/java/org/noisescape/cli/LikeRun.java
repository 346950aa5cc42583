package org.noisescape.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noisescape.files.Fields;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WrongFile;
import org.noisescape.sweep.Grid;
import org.noisescape.sweep.SweepFolder;
import org.noisescape.train.Version;
import picocli.CommandLine.Model.CommandSpec;

/** The options that made a run, from what its folder says. */
final class LikeRun {
  private static final String MANIFEST = "manifest.json";
  private static final String TRAINING = "train";

  private LikeRun() {}

  /**
   * Reads a run.
   *
   * @param run its folder
   * @param command whose options are wanted; of a training, any command takes those it has
   * @throws IllegalArgumentException in one line where it is no such run
   */
  static List<GivenOption> read(Path run, CommandSpec command) {
    boolean sweep = Files.exists(run.resolve(SweepFolder.FILE));
    Path file = run.resolve(sweep ? SweepFolder.FILE : MANIFEST);
    if (!Files.exists(file)) {
      throw new WrongFile(run, "holds no %s: name the folder of a run".formatted(MANIFEST));
    }
    ObjectNode tree = JsonFile.object(file);
    Version.requireReadable(file, tree);
    Fields fields = Fields.of(file, tree);
    String kind = fields.text("kind");
    String wanted = kind(command);
    if (!kind.equals(wanted)) {
      throw new WrongFile(
          file,
          "is of kind '%s', and '%s' takes the options of '%s'"
              .formatted(kind, command.name(), wanted));
    }
    List<GivenOption> options =
        switch (kind) {
          case "experiment" -> experiment(fields, file.toString());
          case "sweep" -> sweep(fields, file.toString());
          default -> TrainOptionNames.options(file, tree.path("configuration"));
        };
    return options.stream().filter(option -> takes(command, option)).toList();
  }

  private static String kind(CommandSpec command) {
    return switch (command.name()) {
      case "run" -> "experiment";
      case "sweep" -> "sweep";
      default -> TRAINING;
    };
  }

  /** The options of a training, for a command that takes those of them that it has. */
  static Optional<CommandSpec> training(CommandSpec command) {
    return kind(command).equals(TRAINING)
        ? Optional.of(CommandSpec.forAnnotatedObject(new TrainCommand(null, null)))
        : Optional.empty();
  }

  private static boolean takes(CommandSpec command, GivenOption option) {
    return command.optionsMap().containsKey(option.name())
        || option.name().equals(OptionSources.label(command));
  }

  private static List<GivenOption> experiment(Fields fields, String source) {
    List<GivenOption> options = new ArrayList<>();
    options.add(new GivenOption("EXPERIMENT", List.of(fields.text("id")), source));
    plain(fields, source, "preset", "engine", "precision").forEach(options::add);
    whole(fields, source, "seed", "threads").forEach(options::add);
    set(fields, "settings", source).forEach(options::add);
    return options;
  }

  private static List<GivenOption> sweep(Fields fields, String source) {
    List<GivenOption> options = new ArrayList<>();
    options.add(new GivenOption("EXPERIMENT", List.of(fields.text("subject")), source));
    plain(fields, source, "preset", "dataset", "engine", "precision").forEach(options::add);
    whole(fields, source, "seed", "seeds", "threads").forEach(options::add);
    set(fields, "set", source).forEach(options::add);
    Fields grid = fields.object("grid");
    grid.node()
        .fieldNames()
        .forEachRemaining(
            key -> {
              String text = key + "=" + Grid.text(grid.texts(key));
              options.add(new GivenOption(GivenOption.GRID, List.of(text), source));
            });
    return options;
  }

  private static Stream<GivenOption> plain(Fields fields, String source, String... names) {
    return Stream.of(names)
        .filter(name -> fields.has(name) && !fields.text(name).isEmpty())
        .map(name -> new GivenOption("--" + name, List.of(fields.text(name)), source));
  }

  private static Stream<GivenOption> whole(Fields fields, String source, String... names) {
    return Stream.of(names)
        .map(
            name ->
                new GivenOption(
                    "--" + name,
                    List.of(Long.toString(fields.integer(name, Long.MIN_VALUE, Long.MAX_VALUE))),
                    source));
  }

  private static Stream<GivenOption> set(Fields fields, String name, String source) {
    return fields.textsByName(name).entrySet().stream()
        .map(
            setting ->
                new GivenOption(
                    "--set", List.of(setting.getKey() + "=" + setting.getValue()), source));
  }
}
