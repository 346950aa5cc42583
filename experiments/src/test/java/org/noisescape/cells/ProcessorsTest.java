package org.noisescape.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.tensor.ComputeDevice;

/** Which processors and devices cells of one machine get. */
class ProcessorsTest {
  private static final List<ComputeDevice> TWO =
      List.of(
          new ComputeDevice("GPU 0", Map.of("CUDA_VISIBLE_DEVICES", "0")),
          new ComputeDevice("GPU 3", Map.of("CUDA_VISIBLE_DEVICES", "3")));

  @TempDir Path root;

  @Test
  void wholeCoresComeBeforeTheirSecondThreadsAndSocketsStayTogether() throws IOException {
    // two sockets of two cores, numbered in turns, siblings next to each other
    machine("0-7", "0-1", 0, "2-3", 1, "4-5", 0, "6-7", 1);

    assertThat(Processors.of(root).order()).containsExactly(0, 4, 2, 6, 1, 5, 3, 7);
  }

  @Test
  void onlyAllowedProcessorsCount() throws IOException {
    machine("1,4-5", "0-1", 0, "2-3", 1, "4-5", 0, "6-7", 1);

    assertThat(Processors.of(root).order()).containsExactly(4, 1, 5);
  }

  @Test
  void aSystemThatDoesNotSayHasNone() {
    assertThat(Processors.of(root).order()).isEmpty();
  }

  @Test
  void cellsThatFillTheMachineHaveProcessorsOfTheirOwn() {
    Processors four = new Processors(List.of(0, 2, 1, 3));

    assertThat(LocalSlots.of(2, 2, List.of(), four))
        .extracting(CellSlot::before)
        .containsExactly(List.of("taskset", "-c", "0,2"), List.of("taskset", "-c", "1,3"));
    assertThat(LocalSlots.of(2, 1, List.of(), four))
        .as("others may use the machine, and the same ones would be taken by two sweeps")
        .extracting(CellSlot::before)
        .containsOnly(List.of());
    assertThat(LocalSlots.of(1, 4, List.of(), four))
        .extracting(CellSlot::before)
        .containsOnly(List.of());
  }

  @Test
  void devicesAreGivenInTurn() {
    List<CellSlot> slots = LocalSlots.of(3, 1, TWO, new Processors(List.of()));

    assertThat(slots).extracting(CellSlot::name).containsExactly("GPU 0", "GPU 3", "GPU 0");
    assertThat(slots)
        .extracting(slot -> slot.environment().get("CUDA_VISIBLE_DEVICES"))
        .containsExactly("0", "3", "0");
  }

  /** A machine: what is allowed, then threads of a core and its socket, core by core. */
  private void machine(String allowed, Object... cores) throws IOException {
    write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t" + allowed + "\n");
    for (int core = 0; core < cores.length; core += 2) {
      String threads = (String) cores[core];
      for (String thread : threads.split("-")) {
        String topology = "sys/devices/system/cpu/cpu" + thread + "/topology/";
        write(topology + "thread_siblings_list", threads + "\n");
        write(topology + "physical_package_id", cores[core + 1] + "\n");
      }
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
