package org.noisescape.cli;

/** The entry of the program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    StandardError.restore(System.getenv());
    ParentWatch.begin(System.getenv(), System.in, () -> System.exit(CommandRunner.INTERRUPTED));
    int code = CommandRunner.run(Console.ofProcess(), arguments);
    System.out.flush();
    System.exit(code);
  }
}
