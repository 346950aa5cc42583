package org.noisescape.engine.host;

import java.util.Optional;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;

/** Finds the CPU engine. */
public final class HostEngineProvider implements EngineProvider {
  private static final String ONEDNN = "org.bytedeco.dnnl.global.dnnl";

  @Override
  public String name() {
    return "host";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Optional<String> unavailable() {
    try {
      Class.forName(ONEDNN, false, HostEngineProvider.class.getClassLoader());
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of("oneDNN (" + ONEDNN + ") is not on the class path");
    }
  }

  @Override
  public String description() {
    return "CPU: oneDNN and OpenBLAS on own memory, pointwise work by the Vector API";
  }

  @Override
  public Engine open(EngineOptions options) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      throw new IllegalStateException(
          "the JVM was started without --add-modules=jdk.incubator.vector: use ./noisescape");
    }
    return HostEngine.open(options.threads());
  }
}
