package org.noisescape.experiments.frame;

import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.SettingRows.Row;

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
   * @param id name as users write it, {@code text/subject}
   * @param title what it shows, in one line
   * @param source the text and figure it reproduces
   */
  protected LandscapeExperiment(String id, String title, String source, SettingRows rows) {
    super(id, title, source, rows);
  }

  /** The same with its settings row by row. */
  protected LandscapeExperiment(String id, String title, String source, Row... rows) {
    super(id, title, source, rows);
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException in one line where they make no sense
   */
  protected abstract Planned<P> plan(Settings settings);

  /** Runs what was planned. */
  protected abstract Findings measure(P plan, Ensembles ensembles);

  @Override
  public final boolean usesEngine() {
    return false;
  }

  @Override
  protected final Planned<P> plan(Settings settings, ExperimentRequest request) {
    return plan(settings);
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
