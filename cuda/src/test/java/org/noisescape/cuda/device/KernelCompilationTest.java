package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.bind.Nvrtc;

/** Every kernel file compiles for every architecture the engine is for. Needs NVRTC, no GPU. */
class KernelCompilationTest {
  /** Turing, Ampere (two), Ada, Hopper, Blackwell (two). */
  private static final int[] CAPABILITIES = {75, 80, 86, 89, 90, 100, 120};

  /** Folder of a real NVRTC, unpacked by the Maven profile {@code nvrtc}. */
  private static final String FOLDER = "noisescape.nvrtc.path";

  private static final int NEWEST_MAJOR = 13;

  record Case(String file, int capability) {}

  static Stream<Case> cases() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/cuda"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".cu"))
          .sorted()
          .flatMap(
              name ->
                  java.util.Arrays.stream(CAPABILITIES)
                      .mapToObj(c -> new Case(name.replace(".cu", ""), c)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void kernelsCompileForEveryArchitecture(Case subject) {
    Nvrtc nvrtc = nvrtc();
    assumeTrue(
        java.util.Arrays.stream(nvrtc.architectures()).anyMatch(a -> a == subject.capability()),
        "this NVRTC does not know sm_" + subject.capability());
    KernelCompiler compiler =
        new KernelCompiler(nvrtc, KernelCache.ofThisUser(), subject.capability());
    for (String type : List.of("float", "double")) {
      byte[] image = compiler.compileAnew(subject.file(), List.of("-DREAL=" + type));
      // machine code in an ELF file
      assertThat(image).startsWith(0x7F, 'E', 'L', 'F');
    }
  }

  private static Nvrtc nvrtc() {
    String folder = System.getProperty(FOLDER, "");
    Optional<Path> library =
        LibraryFinder.in(folder.isEmpty() ? List.of() : List.of(Path.of(folder)))
            .find(Nvrtc.files(NEWEST_MAJOR));
    assumeTrue(library.isPresent(), "no NVRTC: run with -Pnvrtc");
    return new Nvrtc(library.orElseThrow());
  }
}
