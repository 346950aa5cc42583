package org.noisescape.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.noisescape.cli.CapturedRun;

/**
 * A command line run in this JVM, and what is wrong with the way it ended, if anything.
 *
 * @param command words
 * @param run how it ended, null where it did not within {@value #SECONDS} s
 * @param stack where it was then
 */
record Attempt(List<String> command, CapturedRun run, String stack) {
  /** Longest time of one command on these small files. */
  private static final int SECONDS = 20;

  /** What a user must never see. */
  private static final List<String> OURS =
      List.of(
          "please report it",
          "\tat ",
          "java.lang.",
          "Exception",
          "not enough memory",
          "picocli",
          "com.fasterxml",
          "(through reference chain");

  static Attempt of(List<String> command) throws InterruptedException {
    AtomicReference<CapturedRun> ended = new AtomicReference<>();
    Thread thread =
        new Thread(() -> ended.set(CapturedRun.of(command.toArray(String[]::new))), "attempt");
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    String stack =
        ended.get() != null
            ? ""
            : Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n    "));
    return new Attempt(command, ended.get(), stack);
  }

  /**
   * What is wrong; nothing where the command ended as it should.
   *
   * @param codes exit codes that are right
   */
  List<String> faults(List<Integer> codes) {
    if (run == null) {
      return List.of("has not ended after " + SECONDS + " s, at " + stack);
    }
    List<String> faults = new ArrayList<>();
    if (!codes.contains(run.code())) {
      faults.add("exit code " + run.code() + " is not in " + codes);
    }
    for (String word : OURS) {
      if (run.err().contains(word)) {
        faults.add("says '" + word.strip() + "'");
      }
    }
    long errors = run.errors().stream().filter(line -> line.startsWith("error: ")).count();
    if (errors != (run.code() == 0 ? 0 : 1)) {
      faults.add(errors + " lines begin with 'error: '");
    }
    if (run.code() == 2 && run.errors().size() != 1) {
      faults.add("wrong use is " + run.errors().size() + " lines");
    }
    if (run.err().chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x7f || c == 0x9b)) {
      faults.add("a control character reaches the terminal");
    }
    return faults;
  }

  /** The command and what it said, for messages. */
  String told() {
    String said = run == null ? "" : "\n  code " + run.code() + ": " + run.err().strip();
    String line = String.join(" ", command);
    return (line.length() > 300 ? line.substring(0, 300) + "…" : line)
        + (said.length() > 1500 ? said.substring(0, 1500) + "…" : said);
  }
}
