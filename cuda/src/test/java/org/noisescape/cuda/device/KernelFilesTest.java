package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of kernel files is complete. */
class KernelFilesTest {
  @Test
  void everyFileIsListed() throws IOException {
    Path sources = Path.of("src/main/cuda");
    assumeTrue(Files.isDirectory(sources), "the sources are not here");
    try (Stream<Path> files = Files.list(sources)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".cu"))
          .map(name -> name.replace(".cu", ""))
          .containsExactlyInAnyOrderElementsOf(
              java.util.stream.Stream.concat(Kernels.FILES.stream(), Kernels.SIZED_FILES.stream())
                  .toList());
    }
  }
}
