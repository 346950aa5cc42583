package org.noisescape.experiments.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * An experiment that first decides what runs, which says whether its request makes sense, then
 * measures in its run folder, and hands over what came out.
 *
 * @param <P> what is decided before anything runs
 */
public abstract class PlannedExperiment<P> implements Experiment {
  private final Identity identity;
  private final SettingRows rows;
  private final String criterion;

  /**
   * An experiment of a name with its settings.
   *
   * @param criterion the rule of the verdict, fixed before any run
   */
  protected PlannedExperiment(Identity identity, SettingRows rows, String criterion) {
    this.identity = identity;
    this.rows = rows;
    this.criterion = criterion;
  }

  /** An experiment whose rule depends on what is planned: {@link #criterion} says it. */
  protected PlannedExperiment(Identity identity, SettingRows rows) {
    this(identity, rows, null);
  }

  /**
   * Reads settings and data.
   *
   * @throws IllegalArgumentException in one line where they make no sense
   */
  protected abstract Planned<P> plan(Settings settings, ExperimentRequest request);

  /** Runs what was planned, or reads back what an interrupted run has done of it. */
  protected abstract Findings measure(P plan, ExperimentRun run) throws IOException;

  /** The rule of the verdict, fixed before any run. */
  protected String criterion(P plan, Preset preset) {
    if (criterion == null) {
      throw new IllegalStateException(
          id() + " has no criterion: hand it to the constructor, or override criterion");
    }
    return criterion;
  }

  @Override
  public final String id() {
    return identity.id();
  }

  @Override
  public final String title() {
    return identity.title();
  }

  @Override
  public final String source() {
    return identity.source();
  }

  @Override
  public final Map<String, String> settings() {
    return rows.meanings();
  }

  @Override
  public final Map<String, String> defaults(Preset preset) {
    return rows.values(preset);
  }

  @Override
  public final ExperimentOutcome run(ExperimentRequest request) {
    Settings settings = rows.read(id(), request);
    Planned<P> planned = plan(settings, request);
    // what is missing is told before anything runs
    criterion(planned.plan(), request.preset());
    try (ExperimentFolder folder =
        ExperimentFolder.open(this, request, settings, planned.digests())) {
      Findings found =
          measure(
              planned.plan(),
              new ExperimentRun(
                  request, folder.path(), ExperimentFolder.commandLine(this, request)));
      for (Csv<?> table : found.tables()) {
        table.write(folder.path());
      }
      return folder.finish(found.figures(), outcome(planned.plan(), request.preset(), found));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What findings come to. */
  public final ExperimentOutcome outcome(P plan, Preset preset, Findings found) {
    return new ExperimentOutcome(
        id(),
        preset,
        found.verdict(),
        criterion(plan, preset) + found.note(),
        found.measurements(),
        found.rivals(),
        !found.complete());
  }
}
