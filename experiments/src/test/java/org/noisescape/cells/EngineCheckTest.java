package org.noisescape.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices that open, and one that does not, on the emulator of module cuda. */
class EngineCheckTest {
  private static final Path EMULATOR = Path.of("../cuda/target/emulator").toAbsolutePath();
  private static final EngineCheck CHECK = new EngineCheck("cuda", "float32");

  @Test
  void aDeviceThatDoesNotOpenIsSaidWhy() {
    assumeTrue(Files.exists(EMULATOR.resolve("libcuda.so.1")), "the emulator is not built");

    assertThat(CHECK.complaint(slot("0"))).isEmpty();
    assertThat(CHECK.complaint(slot("1")))
        .contains("CUDA_ERROR_ECC_UNCORRECTABLE")
        .contains("while opening a device");
  }

  @Test
  void aSlotWithoutADeviceIsNeverToBlame() {
    assertThat(CHECK.complaint(CellSlot.ANY)).isEmpty();
  }

  private static CellSlot slot(String device) {
    return new CellSlot(
        "GPU " + device,
        Map.of(
            "CUDA_VISIBLE_DEVICES",
            device,
            "NOISESCAPE_CUDA_PATH",
            EMULATOR.toString(),
            "EMULATOR_DEVICES",
            "2",
            "EMULATOR_DEAD_DEVICE",
            "1"),
        List.of());
  }
}
