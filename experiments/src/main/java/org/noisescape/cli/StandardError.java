package org.noisescape.cli;

import java.util.Map;

/**
 * Gives this process its own standard error.
 *
 * <p>The JVM announces incubator modules on standard error before any class of ours is loaded, and
 * no flag silences that. The launcher therefore starts it with standard error going through a
 * filter and the real one open under another number, which is put back here.
 */
final class StandardError {
  /**
   * Number of the real standard error, {@code @}, and the process it is that of: the launcher's,
   * whose place the JVM takes. In any other process the number is that of some other file.
   */
  private static final String DESCRIPTOR = "NOISESCAPE_STDERR_FD";

  private StandardError() {}

  /** Puts the real standard error back where the launcher has set it aside. */
  static void restore(Map<String, String> environment) {
    String text = environment.getOrDefault(DESCRIPTOR, "");
    if (text.matches("[3-9]@" + ProcessHandle.current().pid())) {
      Posix.move(text.charAt(0) - '0', Posix.STANDARD_ERROR);
    }
  }
}
