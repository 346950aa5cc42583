package org.noisescape.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Variables of this process's environment that OpenMP's run-time and OpenBLAS read when they are
 * loaded, and a property that JavaCPP reads. What the user has set stays.
 *
 * <ul>
 *   <li>{@code OPENBLAS_CORETYPE}: the bundled OpenBLAS does not know newer processors by name and
 *       would fall back to slow kernels; its kernels for AVX-512 compute wrong symmetric and
 *       triangular products, and so wrong eigenvalues. Those for Haswell are right.
 *   <li>{@code OPENBLAS_THREAD_TIMEOUT}, {@code GOMP_SPINCOUNT}: the two pools of threads hold each
 *       other up for milliseconds unless idle threads wait like this.
 *   <li>{@code org.bytedeco.javacpp.maxPhysicalBytes}: else JavaCPP, and so ND4J, reads the memory
 *       of this process from {@code /proc} before every piece it takes, a third of the time of
 *       small arrays, and refuses to take any where it is above four times the heap.
 * </ul>
 */
public final class NativeEnvironment {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern AVX2 = Pattern.compile("\\bavx2\\b");

  private static final String PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean prepared;

  private NativeEnvironment() {}

  /** Sets the variables, once; before a library that reads them is loaded. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    if (System.getProperty(PHYSICAL_BYTES) == null) {
      System.setProperty(PHYSICAL_BYTES, "0");
    }
    Optional<MemorySegment> setter = Linker.nativeLinker().defaultLookup().find("setenv");
    if (setter.isEmpty()) {
      return;
    }
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    MethodHandle setenv =
        Linker.nativeLinker()
            .downcallHandle(
                setter.get(),
                FunctionDescriptor.of(number, ValueLayout.ADDRESS, ValueLayout.ADDRESS, number));
    set(setenv, "OPENBLAS_THREAD_TIMEOUT", "4");
    set(setenv, "GOMP_SPINCOUNT", "10000");
    if (hasAvx2()) {
      set(setenv, "OPENBLAS_CORETYPE", "Haswell");
    }
  }

  /** Sets a variable unless it has a value. */
  private static void set(MethodHandle setenv, String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored =
          (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("setenv failed", e);
    }
  }

  private static boolean hasAvx2() {
    try {
      return Files.isReadable(PROCESSORS) && AVX2.matcher(Files.readString(PROCESSORS)).find();
    } catch (IOException e) {
      return false;
    }
  }
}
