package org.noisescape.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.noisescape.datasets.DataLocation;
import org.noisescape.datasets.download.DownloadException;
import org.noisescape.files.FileErrors;
import org.noisescape.files.Printable;
import org.noisescape.runs.RunFailure;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

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
    DataOnDemand data = new DataOnDemand(console);
    int code;
    do {
      // closed last, so that what a stopped command has to say is said before the process goes
      try (StopSignal stop = new StopSignal(console).watch()) {
        code = run(console, stop, data, arguments);
      }
    } while (data.again());
    return code;
  }

  private static int run(Console console, StopSignal stop, DataOnDemand data, String... arguments) {
    boolean verbose = Arrays.asList(arguments).contains(VerboseOption.NAME);
    List<String> words = Words.ordered(arguments);
    CommandLine line = new Commands(console, stop).asked(words);
    line.setOut(new PrintWriter(console.out(), true, console.out().charset()));
    line.setErr(new PrintWriter(console.err(), true, console.err().charset()));
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          try {
            return data.fetchedFor(exception) ? FAILED : failed(console, exception, verbose);
          } catch (IllegalArgumentException e) {
            return failed(console, e, verbose);
          }
        });
    line.setParameterExceptionHandler(
        (exception, given) -> {
          print(console, UsageError.text(exception), exception, verbose);
          return WRONG_USE;
        });
    // a word that begins with @ is a name like any other
    line.setExpandAtFiles(false);
    DecimalConverter.registerOn(line);
    line.setExecutionStrategy(
        parsed -> {
          try {
            Words.requireNoneEmpty(parsed);
          } catch (IllegalArgumentException e) {
            return failed(console, e, verbose);
          }
          ParseResult last = parsed;
          while (last.hasSubcommand()) {
            last = last.subcommand();
          }
          if (last.hasMatchedOption(ConfigurationOptions.PRINT)) {
            console.out().print(ConfigurationText.of(last));
            return FINE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    try {
      Words.requireReadable(words);
      Words.requireReadable(
          List.of(
              System.getProperty("user.dir"),
              console.environment().getOrDefault(DataLocation.VARIABLE, "")));
      CommandLine command = Words.requireCommands(line, words);
      List<String> all =
          OptionSources.expanded(
              command.getCommandSpec(), words, verbose ? console.err()::println : told -> {});
      return line.execute(all.toArray(String[]::new));
    } catch (IllegalArgumentException | OutOfMemoryError | LinkageError e) {
      return failed(console, e, verbose);
    }
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
    } else if (failure instanceof LinkageError) {
      text = NativeLibraries.complaint(failure);
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
}
