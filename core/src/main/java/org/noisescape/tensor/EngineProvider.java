package org.noisescape.tensor;

import java.util.List;
import java.util.Optional;

/**
 * Service that finds and opens one kind of engine.
 *
 * <p>Loads nothing native before {@link #open}, but for what it takes to find a device.
 */
public interface EngineProvider {
  /** Name as users write it. */
  String name();

  /** Higher is chosen first when the user names no engine. */
  int priority();

  /** Empty where the engine can run here, else one line that says what is missing. */
  Optional<String> unavailable();

  /** One line for {@code list engines}. */
  String description();

  /**
   * What {@code list engines} shows below that line: what was found (device, memory, versions and
   * places of libraries), and which file was missing where; empty where there is no more to say.
   */
  default List<String> details() {
    return List.of();
  }

  /**
   * The devices it finds, so that processes can have one each; empty where it cannot run, or runs
   * on processors.
   */
  default List<ComputeDevice> devices() {
    return List.of();
  }

  /** Whether the engine can make use of a precision, which all can but for TF32. */
  default boolean supports(Precision precision) {
    return precision != Precision.TF32;
  }

  /**
   * Opens the engine.
   *
   * @param options threads, and a precision it {@link #supports}
   */
  Engine open(EngineOptions options);
}
