package org.noisescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.noisescape.datasets.NearestName;
import org.noisescape.datasets.download.DownloadException;
import org.noisescape.files.FileErrors;
import org.noisescape.files.Printable;
import org.noisescape.runs.RunFailure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses a command line, runs its command and turns failures into one line and an exit code. */
final class CommandRunner {
  /** All is well. */
  static final int FINE = 0;

  /** A run failed or diverged. */
  static final int FAILED = 1;

  /** Wrong use. */
  static final int WRONG_USE = 2;

  /** 128 + SIGINT, what shells report of a program that was interrupted. */
  static final int INTERRUPTED = 130;

  /** Characters of an error that are shown: what a file holds may be endless. */
  private static final int LONGEST_LINE = 4000;

  private CommandRunner() {}

  /** Runs a command line; never throws. */
  static int run(Console console, String... arguments) {
    // closed last, so that what a stopped command has to say is said before the process goes
    try (StopSignal stop = new StopSignal(console)) {
      return run(console, stop, arguments);
    }
  }

  private static int run(Console console, StopSignal stop, String... arguments) {
    boolean verbose = Arrays.asList(arguments).contains(VerboseOption.NAME);
    CommandLine line = new CommandLine(new RootCommand());
    Map<String, Supplier<Object>> commands = commands(console, stop);
    boolean chosen = arguments.length > 0 && commands.containsKey(arguments[0]);
    // reading the options of a command by reflection takes time: only those that are asked for
    commands.forEach(
        (name, command) -> {
          if (!chosen || name.equals(arguments[0])) {
            line.addSubcommand(name, command.get());
          }
        });
    line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
    line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> failed(console, exception, verbose));
    line.setParameterExceptionHandler(
        (exception, given) -> {
          print(console, message(exception), exception, verbose);
          return WRONG_USE;
        });
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError | LinkageError e) {
      return failed(console, e, verbose);
    }
  }

  private static Map<String, Supplier<Object>> commands(Console console, StopSignal stop) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("train", () -> new TrainCommand(console, stop));
    commands.put("probe", () -> new ProbeCommand(console, stop));
    commands.put("run", () -> new RunCommand(console, stop));
    commands.put("sweep", () -> new SweepCommand(console, stop));
    commands.put("list", () -> new ListCommand(console));
    commands.put("report", () -> new ReportCommand(console));
    commands.put("data", () -> new DataCommand(console));
    return commands;
  }

  private static int failed(Console console, Throwable failure, boolean verbose) {
    if (failure instanceof IllegalArgumentException) {
      print(console, failure.getMessage(), failure, verbose);
      // a network that fails is no wrong use
      return failure.getCause() instanceof DownloadException ? FAILED : WRONG_USE;
    }
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      text = "not enough memory (" + text + "): choose fewer samples, or a smaller model";
    } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      text = FileErrors.line(failure);
    } else if (!(failure instanceof RunFailure)) {
      text =
          "unexpected "
              + failure.getClass().getSimpleName()
              + ": "
              + text
              + " (--verbose shows where; please report it)";
    }
    print(console, text, failure, verbose);
    return FAILED;
  }

  private static void print(Console console, String text, Throwable failure, boolean verbose) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    console.err().println("error: " + Printable.shortened(line, LONGEST_LINE));
    if (verbose) {
      failure.printStackTrace(console.err());
    }
  }

  private static String message(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    String help = ": see '" + command.getCommandSpec().qualifiedName() + " --help'";
    if (exception instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String given = unmatched.getUnmatched().getFirst();
      List<String> known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      String name = given.startsWith("-") ? given.replaceFirst("=.*", "") : given;
      if (given.startsWith("-")) {
        return "unknown option '" + name + "'" + suggestion(name, known) + help;
      }
      known = new ArrayList<>(command.getSubcommands().keySet());
      return known.isEmpty()
          ? "unexpected argument '" + name + "'" + help
          : NearestName.unknown("command", name, known);
    }
    return exception.getMessage() + help;
  }

  private static String suggestion(String given, List<String> known) {
    return NearestName.of(given, known).map(name -> ", did you mean '" + name + "'?").orElse("");
  }
}
