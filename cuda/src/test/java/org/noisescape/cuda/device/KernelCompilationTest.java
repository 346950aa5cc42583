package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.bind.Nvrtc;

/**
 * Every kernel file compiles for every architecture the engine is for: Turing, Ampere (two), Ada,
 * Hopper, Blackwell (two). Needs NVRTC, no GPU.
 */
@Tag("nvrtc")
class KernelCompilationTest {
  /** Folder of a real NVRTC, unpacked by the Maven profile {@code nvrtc}. */
  private static final String FOLDER = "noisescape.nvrtc.path";

  private static final int NEWEST_MAJOR = 13;

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 86, 89, 90, 100, 120})
  void everyKernelCompiles(int capability) {
    Nvrtc nvrtc = nvrtc();
    assumeTrue(
        Arrays.stream(nvrtc.architectures()).anyMatch(known -> known == capability),
        "this NVRTC does not know sm_" + capability);
    KernelCompiler compiler = new KernelCompiler(nvrtc, KernelCache.ofThisUser(), capability);
    for (String file : Kernels.FILES) {
      for (String type : List.of("float", "double")) {
        // machine code in an ELF file
        assertThat(compiler.compileAnew(file, List.of("-DREAL=" + type)))
            .as("%s, %s", file, type)
            .startsWith(0x7F, 'E', 'L', 'F');
      }
    }
  }

  private static Nvrtc nvrtc() {
    String folder = System.getProperty(FOLDER, "");
    assumeTrue(!folder.isEmpty(), "no NVRTC asked for: run with -Pnvrtc");
    Optional<Path> library =
        LibraryFinder.in(List.of(Path.of(folder))).find(Nvrtc.files(NEWEST_MAJOR));
    assertThat(library).as("NVRTC in %s", folder).isPresent();
    return new Nvrtc(library.orElseThrow());
  }
}
