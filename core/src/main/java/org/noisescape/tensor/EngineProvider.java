package org.noisescape.tensor;

/**
 * Service that finds and opens one kind of engine; must load nothing native before {@link #open}.
 */
public interface EngineProvider {
  /** Name as users write it. */
  String name();

  /** Higher is chosen first when the user names no engine. */
  int priority();

  /** Empty where the engine can run here, else one line that says what is missing. */
  java.util.Optional<String> unavailable();

  /** One line for {@code list engines}. */
  String description();

  /**
   * Opens the engine.
   *
   * @param threads CPU threads to use, at least 1
   */
  Engine open(int threads);
}
