package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cuda.bind.Nvrtc;
import org.noisescape.cuda.device.KernelBudgets.Cost;
import org.noisescape.cuda.engine.SizedKernels;
import org.noisescape.tensor.DType;

/**
 * Every kernel file compiles for every architecture the engine is for: Turing, Ampere (two), Ada,
 * Hopper, Blackwell (two), and no kernel takes more registers, local memory or code than the table
 * of budgets allows. Needs NVRTC, no GPU.
 *
 * <p>The images are left in {@code target/kernels}, from where a kit takes them along; what was
 * found is left in {@code target/kernel-budgets.tsv}, a table to check in where it is meant.
 */
@Tag("nvrtc")
class KernelCompilationTest {
  private static final KernelBudgets BUDGETS = KernelBudgets.checkedIn();
  private static final KernelBudgets FOUND = new KernelBudgets();

  /** The most shared memory of a block, in KiB, by compute capability. */
  private static final Map<Integer, Integer> SHARED =
      Map.of(75, 64, 80, 163, 86, 99, 89, 99, 90, 227, 100, 227, 120, 99);

  private record Unit(String name, String file, List<String> definitions) {}

  @ParameterizedTest
  @ValueSource(ints = {75, 80, 86, 89, 90, 100, 120})
  void everyKernelCompilesWithinItsBudget(int capability) throws IOException {
    Nvrtc nvrtc = RealCompiler.require(capability);
    Map<String, Cost> found = costs(nvrtc, capability);
    found.forEach((kernel, cost) -> FOUND.put(capability, kernel, cost));
    Map<String, Cost> budgets = BUDGETS.of(capability);
    assertThat(found.keySet()).as("kernels of the table").isEqualTo(budgets.keySet());
    List<String> exceeded =
        found.entrySet().stream()
            .filter(kernel -> !kernel.getValue().isWithin(budgets.get(kernel.getKey())))
            .map(
                kernel ->
                    "%s: %s, budget %s"
                        .formatted(
                            kernel.getKey(), kernel.getValue(), budgets.get(kernel.getKey())))
            .toList();
    assertThat(exceeded).as("registers/local bytes/code bytes, NVRTC " + nvrtc.version()).isEmpty();
  }

  private static Map<String, Cost> costs(Nvrtc nvrtc, int capability) throws IOException {
    KernelCache images = new KernelCache(emptied(Path.of("target", "kernels", "sm_" + capability)));
    KernelCache nothing = new KernelCache(null);
    KernelCompiler compiler = new KernelCompiler(nvrtc, nothing, nothing, capability);
    List<Unit> units = new ArrayList<>();
    for (String file : Kernels.FILES) {
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
        units.add(new Unit(file + "." + type.label(), file, Kernels.definitions(type, List.of())));
      }
    }
    for (SizedKernels.Sized sized : SizedKernels.in(SHARED.get(capability) << 10)) {
      units.add(
          new Unit(
              sized.name() + "." + sized.type().label(),
              sized.file(),
              Kernels.definitions(sized.type(), sized.sizes())));
    }
    Map<String, Cost> costs = new ConcurrentHashMap<>();
    units.parallelStream()
        .forEach(
            unit -> {
              byte[] image = compiler.compileAnew(unit.file, unit.definitions);
              images.put(compiler.travellingKey(unit.file, unit.definitions), image);
              Cubin.kernels(image)
                  .forEach((name, code) -> costs.put(unit.name + "." + name, Cost.of(code)));
            });
    return new TreeMap<>(costs);
  }

  /** The folder without images of earlier sources. */
  private static Path emptied(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> old = Files.list(folder)) {
        for (Path file : old.toList()) {
          Files.delete(file);
        }
      }
    }
    return folder;
  }

  @AfterAll
  static void leaveWhatWasFound() throws IOException {
    if (!FOUND.isEmpty()) {
      FOUND.write(Path.of("target", "kernel-budgets.tsv"));
    }
  }
}
