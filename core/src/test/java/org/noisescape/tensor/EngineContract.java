package org.noisescape.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.noisescape.testing.TestedEngines;

/**
 * What every engine must do: the tests of the subclasses run on each available engine on the class
 * path, in each element type, on awkward sizes and layouts, against scalar loops in float64.
 */
@Tag(TestedEngines.TAG)
abstract class EngineContract {
  /** Lengths around those of vectors, and primes. */
  static final int[] LENGTHS = {1, 2, 7, 13, 15, 16, 17, 31, 33, 127};

  private static final int THREADS = 2;

  /** Opened once for all tests of the virtual machine: some engines take seconds to start. */
  private static final Map<String, Engine> OPEN = new ConcurrentHashMap<>();

  /** One engine in one element type. */
  record Subject(String name, DType dtype) {
    Engine engine() {
      return OPEN.computeIfAbsent(name, n -> TestedEngines.open(n, THREADS));
    }

    @Override
    public String toString() {
      return name + " " + dtype.label();
    }
  }

  /** A claim about one number of replicas in one layout. */
  interface Claim {
    void run(Workbench bench, int replicas);
  }

  static Stream<Subject> subjects() {
    return TestedEngines.names()
        .flatMap(
            name -> Stream.of(DType.FLOAT32, DType.FLOAT64).map(dtype -> new Subject(name, dtype)));
  }

  /** Replicas that claims are run for, from one on. */
  static final int MOST_REPLICAS = 3;

  /** Runs a claim for one and more replicas, contiguous and strided. */
  static void everywhere(Subject subject, Claim claim) {
    for (Workbench.Layout layout : Workbench.Layout.values()) {
      for (int replicas = 1; replicas <= MOST_REPLICAS; replicas++) {
        try (Workbench bench = new Workbench(subject.engine(), layout)) {
          claim.run(bench, replicas);
        } catch (AssertionError e) {
          throw new AssertionError(layout + ", R = " + replicas + ": " + e.getMessage(), e);
        }
      }
    }
  }
}
