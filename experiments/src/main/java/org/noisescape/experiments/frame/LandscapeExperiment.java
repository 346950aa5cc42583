package org.noisescape.experiments.frame;

import org.noisescape.experiments.fit.Verdict;

/**
 * An experiment on losses given as formulas: no data, ensembles whose results are kept as they
 * come.
 *
 * @param <P> what is decided before anything runs
 */
public abstract class LandscapeExperiment<P> extends PlannedExperiment<P> {
  /**
   * An experiment of a name with its settings.
   *
   * @param criterion the rule of the verdict, fixed before any run
   */
  protected LandscapeExperiment(Identity identity, SettingRows rows, String criterion) {
    super(identity, rows, criterion);
  }

  /** An experiment whose rule depends on what is planned: {@link #criterion} says it. */
  protected LandscapeExperiment(Identity identity, SettingRows rows) {
    super(identity, rows);
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException in one line where they make no sense
   */
  protected abstract P plan(Settings settings);

  /** Runs what was planned. */
  protected abstract Findings measure(P plan, Ensembles ensembles);

  @Override
  public final boolean usesEngine() {
    return false;
  }

  @Override
  protected final Planned<P> plan(Settings settings, ExperimentRequest request) {
    return Planned.of(plan(settings));
  }

  @Override
  protected final Findings measure(P plan, ExperimentRun run) {
    try {
      return measure(plan, new Ensembles(run.request(), run.path()));
    } catch (Ensembles.Stopped stopped) {
      return Findings.of(Verdict.INCONCLUSIVE, new Measurements()).complete(false);
    }
  }
}
