package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.tensor.ComputeDevice;

/** What is said of a machine on which something is missing. */
class InstallationTest {
  private static final List<String> LIBRARIES =
      List.of("libcuda.so.1", "libnvrtc.so.12", "libcublas.so.12");

  @Test
  void withoutADriverTheLineNamesTheFileAndTheFolders(@TempDir Path folder) {
    Installation nothing = Installation.in(LibraryFinder.in(List.of(folder)));
    assertThat(nothing.problem().orElseThrow())
        .contains("libcuda.so.1 not found in", folder.toString(), "NOISESCAPE_CUDA_PATH")
        .doesNotContain("\n");
    assertThat(nothing.report())
        .anySatisfy(line -> assertThat(line).contains("libnvrtc.so.13 or libnvrtc.so.12"))
        .anySatisfy(line -> assertThat(line).contains("libcublas.so.13 or libcublas.so.12"))
        .anySatisfy(line -> assertThat(line).contains("libcudnn.so.9", "unfolded"));
  }

  @Test
  void anEmulatedMachineIsComplete() {
    Emulator emulator = Emulator.require();
    Installation found = Installation.in(emulator.finder());
    assertThat(found.problem()).isEmpty();
    assertThat(found.capability()).isEqualTo(90);
    assertThat(found.report())
        .anySatisfy(line -> assertThat(line).contains("compute capability 9.0"));
  }

  @Test
  void everyDeviceThatIsSeenIsNamedAsItsProcessIsToldOfIt() {
    Emulator emulator = Emulator.require();
    emulator.set("EMULATOR_DEVICES", "3");
    try {
      Installation found = Installation.in(emulator.finder());
      assertThat(found.devices(Map.of()))
          .extracting(ComputeDevice::name)
          .containsExactly("GPU 0 (Emulated GPU)", "GPU 1 (Emulated GPU)", "GPU 2 (Emulated GPU)");
      assertThat(found.devices(Map.of("CUDA_VISIBLE_DEVICES", "GPU-8a3f, 4,7")))
          .extracting(ComputeDevice::environment)
          .containsExactly(
              Map.of("CUDA_VISIBLE_DEVICES", "GPU-8a3f"),
              Map.of("CUDA_VISIBLE_DEVICES", "4"),
              Map.of("CUDA_VISIBLE_DEVICES", "7"));
    } finally {
      emulator.set("EMULATOR_DEVICES", null);
    }
  }

  @Test
  void anUnknownWordForCudnnIsNamedWithTheKnownOnes() {
    Emulator emulator = Emulator.require();
    System.setProperty(Installation.CUDNN_PROPERTY, "sometimes");
    try {
      assertThat(Installation.in(emulator.finder()).problem())
          .hasValue("NOISESCAPE_CUDNN=sometimes: say off, fast or nothing");
    } finally {
      System.clearProperty(Installation.CUDNN_PROPERTY);
    }
  }

  @Test
  void aMissingLibraryIsNamed(@TempDir Path folder) throws IOException {
    Emulator emulator = Emulator.require();
    for (String missing : LIBRARIES) {
      Path part = Files.createDirectory(folder.resolve("without-" + missing));
      for (String library : LIBRARIES) {
        if (!library.equals(missing)) {
          Files.createSymbolicLink(part.resolve(library), emulator.folder().resolve(library));
        }
      }
      Installation found = Installation.in(LibraryFinder.in(List.of(part)));
      assertThat(found.problem().orElseThrow()).contains(missing, part.toString());
    }
  }

  @Test
  void aGpuThatIsTooOldIsNamedWithWhatIsNeeded() {
    Emulator emulator = Emulator.require();
    emulator.set("EMULATOR_CAPABILITY", "7.0");
    try {
      assertThat(Installation.in(emulator.finder()).problem().orElseThrow())
          .contains("compute capability 7.0; 7.5 (Turing) or newer is needed");
    } finally {
      emulator.set("EMULATOR_CAPABILITY", null);
    }
  }

  @Test
  void anUnknownArchitectureFallsBackToTheNewestBelow() {
    int[] known = {75, 80, 86, 89, 90};
    assertThat(KernelCompiler.architecture(known, 89)).isEqualTo("sm_89");
    assertThat(KernelCompiler.architecture(known, 120)).isEqualTo("compute_90");
  }
}
