package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What C libraries read of this process's environment. */
class NativeEnvironmentTest {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** As C's getenv has it; null where there is none. */
  private static String seen(String name) throws Throwable {
    ValueLayout text =
        ValueLayout.ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(1000, ValueLayout.JAVA_BYTE));
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          (MemorySegment)
              linker
                  .downcallHandle(
                      linker.defaultLookup().findOrThrow("getenv"),
                      FunctionDescriptor.of(text, ValueLayout.ADDRESS))
                  .invoke(arena.allocateFrom(name));
      return value.equals(MemorySegment.NULL) ? null : value.getString(0);
    }
  }

  private static String expected(String name, String value) {
    String chosen = System.getenv(name);
    return chosen == null ? value : chosen;
  }

  @Test
  void whatTheUserHasNotChosenIsSet() throws Throwable {
    NativeEnvironment.prepare();
    assertThat(System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes")).isEqualTo("0");
    assertThat(seen("OPENBLAS_THREAD_TIMEOUT")).isEqualTo(expected("OPENBLAS_THREAD_TIMEOUT", "4"));
    assertThat(seen("GOMP_SPINCOUNT")).isEqualTo(expected("GOMP_SPINCOUNT", "10000"));
    assertThat(seen("OPENBLAS_CORETYPE"))
        .isEqualTo(expected("OPENBLAS_CORETYPE", hasAvx2() ? "Haswell" : null));
    assertThat(seen("PATH")).isEqualTo(System.getenv("PATH"));
  }

  private static boolean hasAvx2() throws IOException {
    return Files.exists(PROCESSORS) && Files.readString(PROCESSORS).contains(" avx2 ");
  }
}
