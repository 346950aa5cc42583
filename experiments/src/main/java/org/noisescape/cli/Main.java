package org.noisescape.cli;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.util.Locale;

/** The entry of the program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    // numbers are written as programs and papers read them, wherever the reader lives
    Locale.setDefault(Locale.ROOT);
    StandardError.restore(System.getenv());
    ParentWatch.begin(System.getenv(), System.in, () -> System.exit(CommandRunner.INTERRUPTED));
    StandardOutput bytes = StandardOutput.ofProcess(System.getenv());
    PrintStream out = new PrintStream(new BufferedOutputStream(bytes), true, System.out.charset());
    int code = CommandRunner.run(Console.ofProcess(out), arguments);
    out.flush();
    System.exit(bytes.judged(code, System.err));
  }
}
