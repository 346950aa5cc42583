package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.bind.Nvrtc;

/** NVIDIA's own compiler of kernels, unpacked by the Maven profile {@code nvrtc} or given. */
final class RealCompiler {
  private static final String FOLDER = "noisescape.nvrtc.path";
  private static final int NEWEST_MAJOR = 13;

  private RealCompiler() {}

  /** The library; aborts the test where none is asked for, or it does not know an architecture. */
  static Nvrtc require(int capability) {
    String folder = System.getProperty(FOLDER, "");
    assumeTrue(!folder.isEmpty(), "no NVRTC asked for: run with -Pnvrtc");
    Optional<Path> library =
        LibraryFinder.in(List.of(Path.of(folder))).find(Nvrtc.files(NEWEST_MAJOR));
    assertThat(library).as("NVRTC in %s", folder).isPresent();
    Nvrtc nvrtc = new Nvrtc(library.orElseThrow());
    assumeTrue(
        Arrays.stream(nvrtc.architectures()).anyMatch(known -> known == capability),
        "this NVRTC does not know sm_" + capability);
    return nvrtc;
  }
}
