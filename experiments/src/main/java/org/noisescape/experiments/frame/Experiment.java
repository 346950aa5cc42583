package org.noisescape.experiments.frame;

import java.util.Map;

/** A figure or a theorem of a text, as a command; found by ServiceLoader. */
public interface Experiment {
  /** Name as users write it, {@code text/subject}. */
  String id();

  /** What it shows, in one line. */
  String title();

  /** The text and figure it reproduces. */
  String source();

  /** The settings that exist and what each is, in the order of the listing. */
  Map<String, String> settings();

  /** The values of all settings, in the same order. */
  Map<String, String> defaults(Preset preset);

  /**
   * Whether engine and precision have a say in what it finds; not where it computes formulas in
   * Java, in float64.
   */
  default boolean usesEngine() {
    return true;
  }

  /**
   * Runs it, or continues it where the folder holds the same experiment interrupted.
   *
   * @throws IllegalArgumentException with one line where the request makes no sense
   */
  ExperimentOutcome run(ExperimentRequest request);
}
