package org.noisescape.engine.nd4j;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;
import java.util.function.Predicate;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;

/** Finds and opens the {@code nd4j} engine. */
public final class Nd4jEngineProvider implements EngineProvider {
  static final String NAME = "nd4j";

  private static final String API = "org.nd4j.linalg.factory.Nd4j";
  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

  /** What NVIDIA's driver installs on Linux. */
  private static final String DRIVER = "libcuda.so.1";

  /** Called by the service loader. */
  public Nd4jEngineProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Optional<String> unavailable() {
    return unavailable(Nd4jEngineProvider::present, Nd4jEngineProvider::loads);
  }

  /**
   * Why ND4J cannot start, if it cannot.
   *
   * @param present whether a class is on the class path
   * @param loads whether the machine has a library
   */
  static Optional<String> unavailable(Predicate<String> present, Predicate<String> loads) {
    if (!present.test(API)) {
      return Optional.of("ND4J is not on the class path: add nd4j-native");
    }
    if (present.test(CPU)) {
      return Optional.empty();
    }
    if (!present.test(CUDA)) {
      return Optional.of("ND4J has no backend on the class path: add nd4j-native");
    }
    // ND4J itself would print the trace of a link error
    return loads.test(DRIVER)
        ? Optional.empty()
        : Optional.of(
            "ND4J's backend here is that for CUDA 11.6, and there is no NVIDIA driver: "
                + DRIVER
                + " cannot be loaded");
  }

  @Override
  public String description() {
    return "ND4J array operations on the CPU or an old NVIDIA GPU; the reference";
  }

  @Override
  public Engine open(EngineOptions options) {
    return new Nd4jEngine(options.threads());
  }

  private static boolean present(String className) {
    try {
      Class.forName(className, false, Nd4jEngineProvider.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean loads(String library) {
    try (Arena arena = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup(library, arena) != null;
    } catch (IllegalArgumentException e) {
      return !System.getProperty("os.name").equals("Linux");
    }
  }
}
