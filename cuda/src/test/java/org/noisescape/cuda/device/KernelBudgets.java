package org.noisescape.cuda.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What kernels may cost, by kernel, type and architecture: a table with a line a kernel and a
 * column an architecture, each cell {@code registers/local bytes/code bytes}.
 */
final class KernelBudgets {
  private static final String TABLE = "kernel-budgets.tsv";
  private static final String TAB = "\t";

  /** The cell of an architecture whose shared memory is too small for the kernel. */
  private static final String NONE = "-";

  /** Code may grow by so much before it is said: a compiler's padding and unrolling. */
  private static final double CODE = 1.1;

  /**
   * What one kernel takes.
   *
   * @param registers of a thread
   * @param localBytes of a thread
   * @param codeBytes of the kernel
   */
  record Cost(int registers, int localBytes, int codeBytes) {
    static Cost of(Cubin.Code code) {
      return new Cost(code.registers(), code.localBytes(), code.code().length);
    }

    private static Cost parse(String cell) {
      String[] numbers = cell.split("/", -1);
      return new Cost(
          Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    boolean isWithin(Cost budget) {
      return registers <= budget.registers
          && localBytes <= budget.localBytes
          && codeBytes <= CODE * budget.codeBytes;
    }

    @Override
    public String toString() {
      return registers + "/" + localBytes + "/" + codeBytes;
    }
  }

  private final Map<Integer, Map<String, Cost>> costs = new TreeMap<>();

  /** The table that is checked in. */
  static KernelBudgets checkedIn() {
    KernelBudgets budgets = new KernelBudgets();
    try (InputStream stream = KernelBudgets.class.getResourceAsStream(TABLE)) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      String[] head = lines.getFirst().split(TAB, -1);
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(TAB, -1);
        for (int i = 1; i < head.length; i++) {
          if (!cells[i].equals(NONE)) {
            budgets.put(Integer.parseInt(head[i]), cells[0], Cost.parse(cells[i]));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return budgets;
  }

  void put(int capability, String kernel, Cost cost) {
    costs.computeIfAbsent(capability, c -> new TreeMap<>()).put(kernel, cost);
  }

  boolean isEmpty() {
    return costs.isEmpty();
  }

  /** By kernel; empty for an architecture without a column. */
  Map<String, Cost> of(int capability) {
    return costs.getOrDefault(capability, Map.of());
  }

  /** Writes a table of all of them. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("kernel" + TAB + String.join(TAB, costs.keySet().stream().map(c -> "" + c).toList()));
    Set<String> kernels = new TreeSet<>();
    costs.values().forEach(of -> kernels.addAll(of.keySet()));
    for (String kernel : kernels) {
      List<String> cells =
          costs.values().stream()
              .map(of -> of.containsKey(kernel) ? of.get(kernel).toString() : NONE)
              .toList();
      lines.add(kernel + TAB + String.join(TAB, cells));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }
}
