package org.noisescape.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the engine says where it cannot start. */
class Nd4jEngineProviderTest {
  private static final String API = "org.nd4j.linalg.factory.Nd4j";
  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

  private static Optional<String> unavailable(boolean driver, String... classes) {
    return Nd4jEngineProvider.unavailable(
        Set.of(classes)::contains, library -> driver && library.equals("libcuda.so.1"));
  }

  @Test
  void withoutTheLibraryOrABackendItNamesWhatToAdd() {
    assertThat(unavailable(true)).contains("ND4J is not on the class path: add nd4j-native");
    assertThat(unavailable(true, API))
        .contains("ND4J has no backend on the class path: add nd4j-native");
  }

  @Test
  void onTheCpuItNeedsNoDriver() {
    assertThat(unavailable(false, API, CPU)).isEmpty();
    assertThat(unavailable(false, API, CPU, CUDA)).isEmpty();
  }

  @Test
  void forCudaItNeedsTheDriver() {
    assertThat(unavailable(true, API, CUDA)).isEmpty();
    assertThat(unavailable(false, API, CUDA).orElseThrow())
        .contains("there is no NVIDIA driver: libcuda.so.1 cannot be loaded");
  }
}
