package org.noisescape.cells;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The processors this process may use, whole cores before the second threads of cores, and those of
 * a socket next to each other.
 *
 * @param order numbers of processors as the system counts them; empty where it does not say
 */
record Processors(List<Integer> order) {
  private static final Path ROOT = Path.of("/");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** Copies the list. */
  Processors {
    order = List.copyOf(order);
  }

  private record Place(int number, int rankInCore, int socket) {}

  /** Those of this machine; none where not all of the JVM's are known. */
  static Processors ofThisMachine() {
    Processors all = of(ROOT);
    // a container with a share of a large machine's time may use any of its processors
    return all.order.size() == Runtime.getRuntime().availableProcessors()
        ? all
        : new Processors(List.of());
  }

  /** Those of the machine whose /proc and /sys lie below a folder. */
  static Processors of(Path root) {
    try (var lines = Files.lines(root.resolve("proc/self/status"))) {
      Optional<String> allowed = lines.filter(line -> line.startsWith(ALLOWED)).findFirst();
      List<Place> places = new ArrayList<>();
      for (int number : numbers(allowed.orElse(ALLOWED).substring(ALLOWED.length()))) {
        Path topology = root.resolve("sys/devices/system/cpu/cpu%d/topology".formatted(number));
        List<Integer> core = numbers(Files.readString(topology.resolve("thread_siblings_list")));
        int socket =
            Integer.parseInt(Files.readString(topology.resolve("physical_package_id")).strip());
        places.add(new Place(number, core.indexOf(number), socket));
      }
      places.sort(
          Comparator.comparingInt(Place::rankInCore)
              .thenComparingInt(Place::socket)
              .thenComparingInt(Place::number));
      return new Processors(places.stream().map(Place::number).toList());
    } catch (IOException | NumberFormatException e) {
      // another system than Linux, or a sandbox
      return new Processors(List.of());
    }
  }

  /**
   * The words that start a process on processors of its own.
   *
   * @param slot from 0
   * @param threads of each
   */
  List<String> words(int slot, int threads) {
    List<Integer> own = order.subList(slot * threads, (slot + 1) * threads);
    return List.of(
        "taskset", "-c", own.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  /** Numbers of a list of the kernel's: {@code 0-3,8}. */
  private static List<Integer> numbers(String list) {
    List<Integer> all = new ArrayList<>();
    for (String range : list.strip().split(",")) {
      String[] ends = range.split("-", 2);
      int first = Integer.parseInt(ends[0]);
      IntStream.rangeClosed(first, ends.length == 1 ? first : Integer.parseInt(ends[1]))
          .forEach(all::add);
    }
    return all;
  }
}
