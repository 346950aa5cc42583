package org.noisescape.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.cells.JavaCommand;
import org.noisescape.nn.ModelZoo;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the program talks to.
 *
 * @param out results
 * @param err progress and errors
 * @param environment variables
 * @param terminal whether a person looks at err
 * @param program what starts a class of the program in a process of its own
 */
record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal,
    Function<String, JavaCommand> program) {
  /** Set to 1 by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "NOISESCAPE_TTY";

  /** Set by the launcher to the words that start it. */
  private static final String COMMAND = "NOISESCAPE_COMMAND";

  private static final String PROGRAM = "noisescape";

  /** What others chose drives no terminal. */
  Console {
    out = PlainStream.of(out);
    err = PlainStream.of(err);
  }

  /** Other processes in a JVM like this one. */
  Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    this(out, err, environment, terminal, JavaCommand::like);
  }

  /** The console of this process, with what it prints results on. */
  static Console ofProcess(PrintStream out) {
    Map<String, String> environment = System.getenv();
    return new Console(out, System.err, environment, "1".equals(environment.get(TERMINAL)));
  }

  /** Says what was left out where the file of a model was read; nothing for null. */
  void notes(Object model) {
    if (model != null) {
      ModelZoo.notes(model.toString()).forEach(line -> err.println("note: " + line));
    }
  }

  /**
   * A line for the user to type.
   *
   * @param rest what follows the program's name
   * @param last the last word, put in quotes where a shell needs them
   */
  String command(String rest, Object last) {
    return quoted(environment.getOrDefault(COMMAND, PROGRAM)) + " " + rest + " " + quoted(last);
  }

  /** The whole command line, as the user wrote it, with the program's name before it. */
  static List<String> commandLine(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of(PROGRAM));
    words.addAll(command.commandLine().getParent().getParseResult().originalArgs());
    return words;
  }

  private static String quoted(Object word) {
    String raw = word.toString();
    // a path that begins like an option
    String text = raw.startsWith("-") ? "./" + raw : raw;
    boolean plain = text.matches("[\\w./:@%+=,-]+");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
