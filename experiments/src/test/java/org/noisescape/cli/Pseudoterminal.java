package org.noisescape.cli;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program on a terminal of its own: what it prints is read here, and keys are pressed here, of
 * which the system makes signals as on any terminal.
 */
final class Pseudoterminal implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int BUFFER = 4096;
  private static final FunctionDescriptor INT_OF_INT =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);

  private final int master;
  private final Process process;
  private final StringBuilder seen = new StringBuilder();

  /** Starts a program as the leader of a session whose terminal this is. */
  Pseudoterminal(Map<String, String> environment, Path folder, String... words) throws Throwable {
    master = (int) call("posix_openpt", INT_OF_INT).invokeExact(O_RDWR);
    int failed = (int) call("grantpt", INT_OF_INT).invokeExact(master);
    failed += (int) call("unlockpt", INT_OF_INT).invokeExact(master);
    if (master < 0 || failed != 0) {
      throw new IOException("no pseudo-terminal");
    }
    MemorySegment name =
        (MemorySegment)
            call("ptsname", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                .invokeExact(master);
    File terminal = new File(name.reinterpret(BUFFER).getString(0));
    List<String> command = new ArrayList<>(List.of("setsid", "--ctty", "--wait"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(terminal)
            .redirectOutput(terminal)
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    // a program that was started in the background ignores Ctrl-C, and so would those it starts
    Posix.letEnd(Posix.SIGINT);
    process = builder.start();
  }

  /** Reads until a pattern has been printed; fails where the program ends before. */
  void await(String pattern) throws Throwable {
    Pattern expected = Pattern.compile(pattern);
    while (!expected.matcher(seen).find()) {
      if (!read()) {
        throw new AssertionError("ended without '" + pattern + "':\n" + seen);
      }
    }
  }

  /** Presses Ctrl-C. */
  void interrupt() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 3);
      long written = (long) call("write", TRANSFER).invokeExact(master, key, 1L);
      if (written != 1) {
        throw new IOException("the key was not taken");
      }
    }
  }

  /** Reads to the end; returns all that was printed. */
  String rest() throws Throwable {
    while (read()) {
      continue;
    }
    return seen.toString().replace("\r", "");
  }

  /** Exit code, 128 + the number of a signal that killed it. */
  int code() throws InterruptedException {
    return process.waitFor();
  }

  private boolean read() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(BUFFER);
      long count = (long) call("read", TRANSFER).invokeExact(master, bytes, (long) BUFFER);
      if (count <= 0) {
        return false;
      }
      byte[] some = bytes.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
      seen.append(new String(some, StandardCharsets.ISO_8859_1));
      return true;
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor form) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    try {
      int ignored = (int) call("close", INT_OF_INT).invokeExact(master);
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }
}
