package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.cuda.emulated.Libraries;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;

/** Kernels compiled elsewhere: taken where source and architecture are the same, and only then. */
class TravellingKernelsTest {
  private static final List<String> DEFINITIONS = Kernels.definitions(DType.FLOAT64);

  @TempDir Path folder;
  private Libraries libraries;
  private Emulator emulator;
  private String kept;

  @BeforeEach
  void begin() {
    libraries = Libraries.underTest();
    emulator = libraries.emulator();
    kept = System.getProperty(KernelCache.PROPERTY);
    System.setProperty(KernelCache.PROPERTY, folder.resolve("cache").toString());
    System.setProperty(KernelCache.GIVEN_PROPERTY, folder.resolve("given").toString());
  }

  @AfterEach
  void end() {
    if (kept != null) {
      System.setProperty(KernelCache.PROPERTY, kept);
      System.clearProperty(KernelCache.GIVEN_PROPERTY);
      emulator.end();
    }
  }

  /** Compiles a file for an architecture into the folder of those that travel. */
  private Path give(int capability) {
    KernelCache nothing = new KernelCache(null);
    KernelCompiler compiler =
        new KernelCompiler(libraries.installation().nvrtc(), nothing, nothing, capability);
    String key = compiler.travellingKey("memory", DEFINITIONS);
    new KernelCache(folder.resolve("given")).put(key, compiler.compileAnew("memory", DEFINITIONS));
    return folder.resolve("given").resolve(key);
  }

  /** Compilations that one kernel takes on a device of its own. */
  private long compilations() {
    emulator.begin();
    try (Device device = new Device(libraries.installation(), Precision.FLOAT32)) {
      long memory = device.allocate(80);
      device
          .kernels()
          .get("memory", DType.FLOAT64, "fill")
          .with(memory)
          .with(0L)
          .with(10L)
          .with(1)
          .with(7.0)
          .over(10, 1);
      device.transfer().fetch(memory, 80);
      assertThat(device.transfer().memory().asSlice(0, 80).toArray(ValueLayout.JAVA_DOUBLE))
          .containsOnly(7);
      device.free(memory);
    }
    return emulator.count("nvrtcCompileProgram");
  }

  @Test
  void theyAreTakenInsteadOfCompiling() {
    give(90);
    assertThat(compilations()).isZero();
  }

  @Test
  void thoseOfAnotherArchitectureAreLeftAlone() {
    give(80);
    assertThat(compilations()).isEqualTo(1);
  }

  /** As by a driver that is older than the compiler. */
  @Test
  void thoseThatDoNotLoadAreCompiledOnceAndThenComeFromTheCache() throws IOException {
    Files.writeString(give(90), "broken");
    assertThat(compilations()).isEqualTo(1);
    assertThat(compilations()).isZero();
  }
}
