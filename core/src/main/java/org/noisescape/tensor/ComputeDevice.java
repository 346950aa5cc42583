package org.noisescape.tensor;

import java.util.Map;

/**
 * A device of which a process can be given that one alone.
 *
 * @param name for people: {@code GPU 0 (NVIDIA H200)}
 * @param environment what the environment of such a process holds
 */
public record ComputeDevice(String name, Map<String, String> environment) {
  /** Copies the map. */
  public ComputeDevice {
    environment = Map.copyOf(environment);
  }
}
