package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.noisescape.cuda.bind.BoundSymbols;
import org.noisescape.cuda.bind.Cublas;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.Cudnn;
import org.noisescape.cuda.bind.CudnnConvolution;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;

/**
 * NVIDIA's own cuBLAS, cuDNN and NVRTC, as far as they go without a GPU and without a driver: they
 * load in the order of {@link org.noisescape.cuda.device.Device}, have every function that is
 * called, and take the description of every convolution.
 */
@Tag("nvidia")
class RealLibrariesTest {
  /** Folder of the libraries, unpacked by the Maven profile {@code nvidia} or given. */
  private static final String FOLDER = "noisescape.nvidia.path";

  private static final int NEWEST_MAJOR = 13;
  private static final int NOT_NULL = 1;

  private static Path folder;
  private static Nvrtc nvrtc;
  private static Cublas cublas;
  private static Cudnn cudnn;

  @BeforeAll
  static void load() throws IOException {
    String told = System.getProperty(FOLDER, "");
    assumeTrue(!told.isEmpty(), "no libraries asked for: run with -Pnvidia");
    folder = Path.of(told).toRealPath();
    LibraryFinder finder = LibraryFinder.in(List.of(folder));
    nvrtc = new Nvrtc(finder.find(Nvrtc.files(NEWEST_MAJOR)).orElseThrow());
    cublas = new Cublas(finder.find(Cublas.files(NEWEST_MAJOR)).orElseThrow());
    cudnn = new Cudnn(finder.find(Cudnn.FILES).orElseThrow());
    System.out.printf("NVRTC %s, cuDNN %s, in %s%n", nvrtc.version(), cudnn.version(), folder);
  }

  /** A second copy, or another version, found by a library itself would have a state of its own. */
  @Test
  void allPartsComeFromOneFolder() throws IOException {
    Set<Path> loaded = new TreeSet<>();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      lines
          .filter(line -> line.matches(".*/lib(cublas|cudnn|nvrtc)[^/]*"))
          .forEach(line -> loaded.add(Path.of(line.substring(line.indexOf('/')))));
    }
    assertThat(loaded)
        .allSatisfy(file -> assertThat(file.getParent()).isEqualTo(folder))
        .anySatisfy(file -> assertThat(file.toString()).contains("libcublasLt"))
        .anySatisfy(file -> assertThat(file.toString()).contains("libnvrtc-builtins"))
        .anySatisfy(file -> assertThat(file.toString()).contains("libcudnn_cnn"));
  }

  @Test
  void everyFunctionThatIsCalledIsExported() {
    Set<String> bound = BoundSymbols.all();
    List<SymbolLookup> libraries =
        Stream.of(nvrtc.path(), cublas.path(), cudnn.path())
            .map(path -> SymbolLookup.libraryLookup(path, Arena.global()))
            .toList();
    List<String> missing =
        bound.stream()
            // the message of cublasCreate_v2 says cublasCreate
            .filter(name -> !bound.contains(name + "_v2"))
            .filter(name -> libraries.stream().noneMatch(found -> found.find(name).isPresent()))
            .toList();
    assertThat(missing).isEmpty();
    assertThat(bound)
        .contains(
            "cublasDgemmStridedBatched",
            "cudnnCreateFilterDescriptor",
            "cudnnConvolutionBackwardFilter",
            "cudnnGetConvolutionBackwardDataAlgorithm_v7",
            "nvrtcGetCUBIN");
  }

  /** In both types and both layouts, with the sizes that cuDNN itself gives the result. */
  @Test
  void everyConvolutionOfTheZooCanBeDescribed() {
    Set<ConvolutionGeometry> all = ZooConvolutions.geometries();
    int described = 0;
    for (ConvolutionGeometry geometry : all) {
      for (int samples : new int[] {1, 20, 100, 2048}) {
        for (Precision precision : Precision.values()) {
          DType dtype = precision == Precision.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
          CudnnConvolution.Sizes sizes = CudnnPlan.sizes(geometry, dtype, samples, precision);
          // describing needs no handle, only that there be one
          try (CudnnConvolution convolution = new CudnnConvolution(cudnn, NOT_NULL, sizes)) {
            assertThat(convolution.resultSizes())
                .as("%s, %d samples", geometry, samples)
                .containsExactly(
                    samples,
                    geometry.outputChannels(),
                    geometry.outputHeight(),
                    geometry.outputWidth());
            described++;
          }
        }
      }
    }
    System.out.printf("%d convolutions of the zoo, %d descriptions%n", all.size(), described);
    assertThat(all.size()).isGreaterThan(50);
  }

  /** What opens a library asks for a device; that there is none is an error in one line. */
  @Test
  void withoutADeviceOpeningALibraryIsOneLine() {
    assertThatThrownBy(cublas::create)
        .isInstanceOf(CudaException.class)
        .hasMessageMatching(
            "cublasCreate failed with status \\d+ \\(CUBLAS_STATUS_\\w+\\) while .*")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> cudnn.create(0))
        .isInstanceOf(CudaException.class)
        .hasMessageMatching("cudnnCreate failed with status \\d+ \\(CUDNN_STATUS_\\w+.*")
        .hasMessageNotContaining("\n");
  }
}
