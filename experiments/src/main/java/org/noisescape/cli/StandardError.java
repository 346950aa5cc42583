package org.noisescape.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * Gives this process its own standard error.
 *
 * <p>The JVM announces incubator modules on standard error before any class of ours is loaded, and
 * no flag silences that. The launcher therefore starts it with standard error going through a
 * filter and the real one open under another number, which is put back here with dup2 of the C
 * library.
 */
final class StandardError {
  /** Number of the real standard error, set by the launcher. */
  private static final String DESCRIPTOR = "NOISESCAPE_STDERR_FD";

  private static final int STDERR = 2;

  private StandardError() {}

  /** Puts the real standard error back where the launcher has set it aside. */
  static void restore(Map<String, String> environment) {
    String text = environment.get(DESCRIPTOR);
    if (text == null || !text.matches("[3-9]")) {
      return;
    }
    int descriptor = Integer.parseInt(text);
    try {
      int ignored = (int) call("dup2", 2).invokeExact(descriptor, STDERR);
      ignored = (int) call("close", 1).invokeExact(descriptor);
    } catch (Throwable e) {
      // standard error still goes through the launcher's filter, which passes everything else on
      return;
    }
  }

  @SuppressWarnings("restricted") // the launcher allows native access, and the calls are POSIX's
  private static MethodHandle call(String name, int arguments) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor descriptor =
        arguments == 1
            ? FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
            : FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }
}
