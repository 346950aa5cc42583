package org.noisescape.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line run in this JVM, off any terminal.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record CapturedRun(int code, String out, String err) {
  /** A home in which nobody can write. */
  private static final String NOWHERE = "/dev/null/home";

  /** Runs with an environment that names no data. */
  public static CapturedRun of(String... arguments) {
    return of(Map.of("HOME", NOWHERE), arguments);
  }

  /** Runs with the data folder of this machine, if it has one. */
  public static CapturedRun withData(String folder, String... arguments) {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", NOWHERE));
    environment.put("NOISESCAPE_DATA", folder);
    return of(environment, arguments);
  }

  private static CapturedRun of(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    // its cells and blocks in processes that start quickly
    Console console = new Console(outStream, errStream, environment, false, QuickProgram::command);
    int code = CommandRunner.run(console, arguments);
    return new CapturedRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Lines of standard error. */
  public List<String> errors() {
    return err.lines().toList();
  }
}
