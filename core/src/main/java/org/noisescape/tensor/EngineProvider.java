package org.noisescape.tensor;

import java.util.Optional;

/**
 * Service that finds and opens one kind of engine; must load nothing native before {@link #open}.
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
