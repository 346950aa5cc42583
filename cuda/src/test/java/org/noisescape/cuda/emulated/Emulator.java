package org.noisescape.cuda.emulated;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.cuda.bind.LibraryFinder;

/** The emulated driver's own functions: a log of all calls, and failures on request. */
public final class Emulator {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final String DRIVER = "libcuda.so.1";

  private final SymbolLookup symbols;
  private final Path folder;

  private Emulator(Path folder) {
    this.folder = folder;
    this.symbols = SymbolLookup.libraryLookup(folder.resolve(DRIVER), Arena.global());
  }

  /** Where the build puts it. */
  static Path home() {
    return Path.of("target", "emulator").toAbsolutePath();
  }

  /** The emulator the build made; aborts the test where there is none. */
  public static Emulator require() {
    Path folder = home();
    assumeTrue(Files.isReadable(folder.resolve(DRIVER)), "no emulated driver: g++ is missing");
    return new Emulator(folder);
  }

  /** Finds the emulated libraries only. */
  public LibraryFinder finder() {
    return LibraryFinder.in(List.of(folder));
  }

  /** The folder of the emulated libraries. */
  public Path folder() {
    return folder;
  }

  /** Forgets the log, planned failures and sticky errors, and begins to log. */
  public void begin() {
    call("emulator_reset");
    call("emulator_clear_log");
    call("emulator_log_enabled", 1);
  }

  /** Ends the log. */
  public void end() {
    call("emulator_reset");
    call("emulator_log_enabled", 0);
  }

  /** Gives back what a device that failed has kept, as the end of its process does. */
  public void giveBack() {
    call("emulator_give_back");
  }

  /** The calls since {@link #begin}. */
  public List<String> calls() {
    try {
      MemorySegment text =
          (MemorySegment)
              LINKER
                  .downcallHandle(
                      symbols.find("emulator_log").orElseThrow(),
                      FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return text.reinterpret(Long.MAX_VALUE).getString(0).lines().toList();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many of the calls begin with a name. */
  public long count(String name) {
    return calls().stream().filter(line -> line.split(" ", 2)[0].equals(name)).count();
  }

  /** Lets a later call of that name fail: the next for 0, the one after it for 1. */
  public void fail(String name, int status, int after) {
    try (Arena arena = Arena.ofConfined()) {
      call("emulator_fail", arena.allocateFrom(name), status, after);
    }
  }

  /** Changes a variable of the emulated device for this process; null removes it. */
  public void set(String variable, String value) {
    try (Arena arena = Arena.ofConfined()) {
      call(
          "emulator_set",
          arena.allocateFrom(variable),
          value == null ? MemorySegment.NULL : arena.allocateFrom(value));
    }
  }

  /** Allocations of device memory that are alive. */
  public long allocations() {
    return size("emulator_allocations");
  }

  /** Bytes of device memory that are taken. */
  public long allocatedBytes() {
    return size("emulator_allocated_bytes");
  }

  private long size(String name) {
    try {
      return (long)
          LINKER
              .downcallHandle(
                  symbols.find(name).orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_LONG))
              .invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void call(String name, Object... arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = arguments[i] instanceof Integer ? ValueLayout.JAVA_INT : ValueLayout.ADDRESS;
    }
    try {
      LINKER
          .downcallHandle(symbols.find(name).orElseThrow(), FunctionDescriptor.ofVoid(layouts))
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
