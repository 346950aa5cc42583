package org.noisescape.experiments.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.Figure;

/**
 * An experiment on losses given as formulas: no data, ensembles whose results are kept as they
 * come.
 *
 * @param <P> what is decided before anything runs
 */
public abstract class LandscapeExperiment<P> implements Experiment {
  /**
   * All that comes out.
   *
   * @param verdict whether theory and measurement agree
   * @param measurements the numbers
   * @param tables the numbers for machines
   * @param figures the plots
   */
  public record Findings(
      Verdict verdict,
      List<NamedMeasurement> measurements,
      List<CsvTable> tables,
      List<Figure> figures) {}

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException in one line where they make no sense
   */
  protected abstract P plan(Settings settings);

  /** The rule of the verdict, fixed before any run. */
  protected abstract String criterion();

  /** Runs what was planned. */
  protected abstract Findings measure(P plan, Ensembles ensembles);

  @Override
  public final ExperimentOutcome run(ExperimentRequest request) {
    request
        .dataset()
        .ifPresent(
            dataset -> {
              throw new IllegalArgumentException(
                  "%s takes no data set: leave out --dataset %s".formatted(id(), dataset));
            });
    Settings settings = Settings.of(id(), defaults(request.preset()), Map.of(), request.settings());
    P plan = plan(settings);
    try (ExperimentFolder folder = ExperimentFolder.open(this, request, settings, Map.of())) {
      Findings findings;
      try {
        findings = measure(plan, new Ensembles(request, folder.path()));
      } catch (Ensembles.Stopped stopped) {
        return folder.finish(
            List.of(), outcome(request, Verdict.INCONCLUSIVE, List.of()).partial(true));
      }
      for (CsvTable table : findings.tables()) {
        table.write(folder.path());
      }
      return folder.finish(
          findings.figures(), outcome(request, findings.verdict(), findings.measurements()));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private ExperimentOutcome outcome(
      ExperimentRequest request, Verdict verdict, List<NamedMeasurement> measurements) {
    return new ExperimentOutcome(id(), request.preset(), verdict, criterion(), measurements);
  }
}
