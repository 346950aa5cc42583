package org.noisescape.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of the program. */
final class Commands {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What is known of a command before its options are read. */
  private record Entry(String[] description, Supplier<Object> command) {}

  /** The commands that talk to a console. */
  Commands(Console console, StopSignal stop) {
    add(TrainCommand.class, () -> new TrainCommand(console, stop));
    add(ProbeCommand.class, () -> new ProbeCommand(console, stop));
    add(ModelCommand.class, () -> new ModelCommand(console, stop));
    add(ExportCommand.class, () -> new ExportCommand(console));
    add(RunCommand.class, () -> new RunCommand(console, stop));
    add(SweepCommand.class, () -> new SweepCommand(console, stop));
    add(ListCommand.class, () -> new ListCommand(console));
    add(ReportCommand.class, () -> new ReportCommand(console));
    add(AnnotateCommand.class, () -> new AnnotateCommand(console));
    add(DataCommand.class, () -> new DataCommand(console));
  }

  private <T> void add(Class<T> type, Supplier<T> command) {
    Command told = type.getAnnotation(Command.class);
    entries.put(told.name(), new Entry(told.description(), command::get));
  }

  /** The program with all options of all commands. */
  CommandLine whole() {
    CommandLine line = new CommandLine(new RootCommand());
    entries.forEach((name, entry) -> line.addSubcommand(name, entry.command().get()));
    return line;
  }

  /**
   * The program as far as a command line needs it. Reading the options of a command by reflection
   * takes time, so that only those of the command that is named are read; where none is, as for
   * {@code --help}, names and descriptions do.
   */
  CommandLine asked(List<String> words) {
    boolean chosen = !words.isEmpty() && entries.containsKey(words.getFirst());
    if (!chosen && words.stream().anyMatch(entries::containsKey)) {
      return whole();
    }
    CommandLine line = new CommandLine(new RootCommand());
    entries.forEach(
        (name, entry) -> {
          if (chosen && name.equals(words.getFirst())) {
            line.addSubcommand(name, entry.command().get());
          } else if (!chosen) {
            CommandSpec named = CommandSpec.create().name(name);
            named.usageMessage().description(entry.description());
            line.addSubcommand(name, named);
          }
        });
    return line;
  }
}
