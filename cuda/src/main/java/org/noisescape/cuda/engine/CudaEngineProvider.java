package org.noisescape.cuda.engine;

import java.util.List;
import java.util.Optional;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Installation;
import org.noisescape.tensor.ComputeDevice;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.EngineProvider;
import org.noisescape.tensor.Precision;

/** Finds an NVIDIA GPU; on a machine without a driver nothing native is loaded. */
public final class CudaEngineProvider implements EngineProvider {
  private Installation installation;

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public Optional<String> unavailable() {
    return installation().problem();
  }

  @Override
  public String description() {
    return unavailable().isPresent()
        ? "NVIDIA GPU of compute capability 7.5 or newer, CUDA 12 or 13"
        : installation().summary();
  }

  @Override
  public boolean supports(Precision precision) {
    return true;
  }

  @Override
  public Engine open(EngineOptions options) {
    return new CudaEngine(new Device(installation(), options.precision()));
  }

  @Override
  public List<String> details() {
    return installation().report();
  }

  @Override
  public List<ComputeDevice> devices() {
    return unavailable().isPresent() ? List.of() : installation().devices(System.getenv());
  }

  private Installation installation() {
    if (installation == null) {
      installation = Installation.in(LibraryFinder.ofThisMachine());
    }
    return installation;
  }
}
