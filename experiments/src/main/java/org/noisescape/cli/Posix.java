package org.noisescape.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The few calls of the C library that Java has no words for.
 *
 * <p>Each makes something nicer that the program can do without: where a call is missing or fails,
 * nothing happens.
 */
final class Posix {
  static final int STANDARD_ERROR = 2;

  static final int SIGINT = 2;

  /** Asks a terminal for its size: rows, columns, and twice that in points. */
  private static final long TIOCGWINSZ =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
          ? 0x40087468L
          : 0x5413L;

  private static final int SIZE_FIELDS = 4;

  private Posix() {}

  /** Gives an open descriptor the number of another one, and takes its own number from it. */
  static void move(int descriptor, int to) {
    try {
      MethodHandle dup2 =
          call(
              "dup2",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      MethodHandle close =
          call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      int ignored = (int) dup2.invokeExact(descriptor, to);
      ignored = (int) close.invokeExact(descriptor);
    } catch (Throwable e) {
      return;
    }
  }

  /** Lets a signal do to this process what it does to every program: end it at once. */
  static void letEnd(int signal) {
    try {
      MethodHandle call =
          call(
              "signal",
              FunctionDescriptor.of(
                  ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
      MemorySegment ignored = (MemorySegment) call.invokeExact(signal, MemorySegment.NULL);
    } catch (Throwable e) {
      return;
    }
  }

  /** Columns of the terminal that standard error is, if it is one and knows. */
  static OptionalInt columns() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle ioctl =
          call(
              "ioctl",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, SIZE_FIELDS);
      int failed = (int) ioctl.invokeExact(STANDARD_ERROR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return failed != 0 || columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    } catch (Throwable e) {
      return OptionalInt.empty();
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor form, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form, options);
  }
}
