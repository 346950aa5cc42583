package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.cuda.emulated.Libraries;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;

/** Memory, graphs and errors; on the emulated driver also the order of its calls. */
class DeviceTest {
  private static final int ILLEGAL_ADDRESS = 700;

  private Libraries libraries;

  @BeforeEach
  void begin() {
    libraries = Libraries.underTest();
    libraries.begin();
  }

  @AfterEach
  void end() {
    if (libraries != null) {
      libraries.end();
    }
  }

  private Device open() {
    return new Device(libraries.installation(), Precision.FLOAT32);
  }

  private static void fill(Device device, long address, int count, double value) {
    device
        .kernels()
        .get("memory", DType.FLOAT64, "fill")
        .with(address)
        .with(0L)
        .with((long) count)
        .with(1)
        .with(value)
        .over(count, 1);
  }

  private static double[] read(Device device, long address, int count) {
    device.transfer().fetch(address, 8L * count);
    return device.transfer().memory().asSlice(0, 8L * count).toArray(ValueLayout.JAVA_DOUBLE);
  }

  @Test
  void aDeviceGivesBackAllItTook() {
    Emulator emulator = libraries.emulator();
    long before = emulator.allocations();
    Device device = open();
    long memory = device.allocate(1000);
    assertThat(emulator.allocations()).isGreaterThan(before);
    device.free(memory);
    device.close();
    assertThat(emulator.allocations()).isEqualTo(before);
    for (String[] pair :
        new String[][] {
          {"cuStreamCreate", "cuStreamDestroy_v2"},
          {"cublasCreate_v2", "cublasDestroy_v2"},
          {"cuMemHostAlloc", "cuMemFreeHost"},
          {"cuModuleLoadData", "cuModuleUnload"}
        }) {
      assertThat(emulator.count(pair[0])).as(pair[0]).isEqualTo(emulator.count(pair[1]));
    }
    // what other libraries keep in the process's context must outlive the device
    assertThat(emulator.count("cuDevicePrimaryCtxRelease_v2")).isZero();
  }

  @Test
  void aDeviceThatCannotBeOpenedLeavesNothingOpen() {
    Emulator emulator = libraries.emulator();
    long before = emulator.allocations();
    emulator.fail("cublasCreate_v2", 1, 0);
    assertThatThrownBy(this::open)
        .isInstanceOf(CudaException.class)
        .hasMessageContaining("cublasCreate failed with status 1")
        .hasMessageContaining("CUBLAS_STATUS_NOT_INITIALIZED");
    assertThat(emulator.allocations()).isEqualTo(before);
    assertThat(emulator.count("cuStreamDestroy_v2")).isEqualTo(1);
    open().close();
  }

  @Test
  void memoryStartsAsZerosAndKeepsWhatKernelsWrite() {
    try (Device device = open()) {
      long memory = device.allocate(8 * 1000);
      assertThat(read(device, memory, 1000)).containsOnly(0);
      fill(device, memory, 999, 2.5);
      double[] values = read(device, memory, 1000);
      assertThat(values[998]).isEqualTo(2.5);
      assertThat(values[999]).isZero();
      device.free(memory);
    }
  }

  @Test
  void aGraphRunsWhatWasRecordedWithOneCallAndNoWaiting() {
    try (Device device = open()) {
      long memory = device.allocate(8 * 300);
      Graph graph =
          device.record(
              () -> {
                fill(device, memory, 300, 1);
                fill(device, memory, 100, 2);
                device.copy(memory + 8 * 200, memory, 8 * 50);
              });
      assertThat(graph.nodes()).isEqualTo(3);
      assertThat(read(device, memory, 300)).containsOnly(0);
      libraries.begin();
      for (int i = 0; i < 1000; i++) {
        graph.launch();
      }
      libraries.onLog(
          emulator -> {
            assertThat(emulator.count("cuGraphLaunch")).isEqualTo(1000);
            assertThat(emulator.calls()).hasSize(1000);
          });
      double[] values = read(device, memory, 300);
      assertThat(values[99]).isEqualTo(2);
      assertThat(values[150]).isEqualTo(1);
      assertThat(values[249]).isEqualTo(2);
      device.free(memory);
    }
  }

  @Test
  void aRecordingThatFailsLeavesTheStreamUsable() {
    try (Device device = open()) {
      long memory = device.allocate(800);
      assertThatThrownBy(
              () ->
                  device.record(
                      () -> {
                        fill(device, memory, 10, 1);
                        throw new IllegalArgumentException("in the body");
                      }))
          .hasMessage("in the body");
      fill(device, memory, 100, 3);
      assertThat(read(device, memory, 100)).containsOnly(3);
      device.free(memory);
    }
  }

  @Test
  void whatCannotBeRecordedIsAnErrorAndTheDeviceGoesOn() {
    try (Device device = open()) {
      long memory = device.allocate(800);
      List<Runnable> bodies =
          List.of(
              () -> read(device, memory, 1),
              () -> device.transfer().send(memory, 8),
              () -> device.allocate(8),
              () -> device.free(memory),
              () -> device.record(() -> {}));
      for (Runnable body : bodies) {
        assertThatThrownBy(() -> device.record(body))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("cannot be recorded");
      }
      fill(device, memory, 100, 3);
      assertThat(read(device, memory, 100)).containsOnly(3);
      device.free(memory);
    }
  }

  @Test
  void smallWritesThatAreStillOnTheirWayAreNotOverwritten() {
    try (Device device = open()) {
      int count = 3000; // times 512 bytes: the ring is used more than once
      long memory = device.allocate(512L * count);
      libraries.onLog(emulator -> emulator.set("EMULATOR_DEFER", "1"));
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < 64; j++) {
          device.transfer().memory().setAtIndex(ValueLayout.JAVA_DOUBLE, j, 64 * i + j);
        }
        device.transfer().send(memory + 512L * i, 512);
      }
      double[] values = read(device, memory, 64 * count);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(i);
      }
      libraries.onLog(emulator -> assertThat(emulator.count("cuStreamSynchronize")).isLessThan(8));
      device.free(memory);
    } finally {
      libraries.onLog(emulator -> emulator.set("EMULATOR_DEFER", null));
    }
  }

  @Test
  void aFailureNamesCallStatusAndPurpose() {
    Emulator emulator = libraries.emulator();
    try (Device device = open()) {
      long memory = device.allocate(800);
      emulator.fail("cuLaunchKernel", 701, 0);
      assertThatThrownBy(() -> fill(device, memory, 100, 1))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("cuLaunchKernel failed with status 701")
          .hasMessageContaining("CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES")
          .hasMessageContaining("kernel fill, grid (1, 1, 1), 256 threads");
      device.free(memory);
    }
  }

  @Test
  void afterAnErrorOfAKernelTheDeviceClosesQuietly() {
    Emulator emulator = libraries.emulator();
    Device device = open();
    long memory = device.allocate(800);
    emulator.fail("cuStreamSynchronize", ILLEGAL_ADDRESS, 0);
    CudaException failure =
        catchThrowableOfType(CudaException.class, () -> read(device, memory, 1));
    assertThat(failure.status()).isEqualTo(ILLEGAL_ADDRESS);
    assertThat(failure).hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS");
    device.free(memory);
    device.close();
    device.close();
  }

  @Test
  void kernelsAreCompiledOnceAndThenComeFromTheCache(@TempDir Path folder) throws IOException {
    Emulator emulator = libraries.emulator();
    String kept = System.getProperty(KernelCache.PROPERTY);
    System.setProperty(KernelCache.PROPERTY, folder.toString());
    try {
      compile();
      assertThat(emulator.count("nvrtcCompileProgram")).isEqualTo(1);
      emulator.begin();
      compile();
      assertThat(emulator.count("nvrtcCompileProgram")).isZero();
      List<Path> files;
      try (var list = Files.list(folder)) {
        files = list.toList();
      }
      assertThat(files).hasSize(1);
      Files.writeString(files.getFirst(), "broken");
      emulator.begin();
      compile();
      assertThat(emulator.count("nvrtcCompileProgram")).isEqualTo(1);
    } finally {
      System.setProperty(KernelCache.PROPERTY, kept);
    }
  }

  private void compile() {
    try (Device device = open()) {
      long memory = device.allocate(800);
      fill(device, memory, 100, 7);
      assertThat(read(device, memory, 100)).containsOnly(7);
      device.free(memory);
    }
  }
}
