package org.noisescape.engine.nd4j;

import java.util.List;
import java.util.Optional;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;

/** Finds and opens the {@code nd4j} engine. */
public final class Nd4jEngineProvider implements EngineProvider {
  static final String NAME = "nd4j";

  private static final String API = "org.nd4j.linalg.factory.Nd4j";
  private static final List<String> BACKENDS =
      List.of("org.nd4j.linalg.cpu.nativecpu.CpuBackend", "org.nd4j.linalg.jcublas.JCublasBackend");

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
    if (!present(API)) {
      return Optional.of("ND4J is not on the class path: add nd4j-native");
    }
    if (BACKENDS.stream().noneMatch(Nd4jEngineProvider::present)) {
      return Optional.of("ND4J has no backend on the class path: add nd4j-native");
    }
    return Optional.empty();
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
}
