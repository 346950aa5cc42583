package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.experiments.frame.SettingRows.Row;
import org.noisescape.files.JsonFile;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.RunFailure;
import org.noisescape.train.TrainingEvent.Outcome;

/**
 * An experiment that first decides what runs, which says whether its request makes sense, then
 * measures in its run folder, and hands over what came out.
 *
 * @param <P> what is decided before anything runs
 */
public abstract class PlannedExperiment<P> implements Experiment {
  private final String id;
  private final String title;
  private final String source;
  private final SettingRows rows;

  /**
   * An experiment of a name with its settings.
   *
   * @param id name as users write it, {@code text/subject}
   * @param title what it shows, in one line
   * @param source the text and figure it reproduces
   */
  protected PlannedExperiment(String id, String title, String source, SettingRows rows) {
    this.id = id;
    this.title = title;
    this.source = source;
    this.rows = rows;
  }

  /** The same with its settings row by row. */
  protected PlannedExperiment(String id, String title, String source, Row... rows) {
    this(id, title, source, SettingRows.of(rows));
  }

  /**
   * Reads settings and data.
   *
   * @throws IllegalArgumentException in one line where they make no sense
   */
  protected abstract Planned<P> plan(Settings settings, ExperimentRequest request);

  /** Runs what was planned, or reads back what an interrupted run has done of it. */
  protected abstract Findings measure(P plan, ExperimentRun run) throws IOException;

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final String source() {
    return source;
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
    try (ExperimentFolder folder =
        ExperimentFolder.open(this, request, settings, planned.digests())) {
      PartProgress parts = new PartProgress(request.progress(), planned.parts());
      ExperimentRun run =
          new ExperimentRun(
              request.heardBy(parts), folder.path(), ExperimentFolder.commandLine(this, request));
      if (request.share() instanceof BlockShare share) {
        return block(share, planned, run);
      }
      Findings found = measure(planned.plan(), run);
      assert !found.complete() || parts.isAsPlanned() : id + ": " + parts.told();
      if (request.share() instanceof EnsembleBlocks blocks && !blocks.isAsked()) {
        request
            .progress()
            .told(id + " has no ensemble that comes in blocks: it ran in one process");
      }
      for (Csv<?> table : found.tables()) {
        table.write(folder.path());
      }
      ExperimentOutcome outcome =
          folder.finish(found.figures(), outcome(planned, request.preset(), found));
      if (found.complete()) {
        EnsembleBlocks.discard(folder.path());
      }
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Lets a block of replicas go through all ensembles; what the experiment makes of so few is not
   * looked at.
   */
  private ExperimentOutcome block(BlockShare share, Planned<P> planned, ExperimentRun run)
      throws IOException {
    String ended = "";
    Findings none = Findings.of(Verdict.INCONCLUSIVE, new Measurements()).complete(false);
    try {
      if (!measure(planned.plan(), run).complete() && run.request().stop().getAsBoolean()) {
        throw new StoppedException();
      }
    } catch (BlockEnd end) {
      ended = end.getMessage();
    } catch (StoppedException | RunFailure | UncheckedIOException stopped) {
      throw stopped;
    } catch (RuntimeException few) {
      if (share.ensembles() == 0) {
        throw few;
      }
      // a fit that wants more replicas; the ensembles before it are kept
      ended = few.toString();
    }
    ObjectNode result = JsonFile.MAPPER.createObjectNode();
    result.put("kind", "block").put("block", share.block().text()).put("ended", ended);
    result.put("outcome", Outcome.COMPLETED.name());
    JsonFile.write(run.path().resolve(RunDirectory.RESULT), result);
    return outcome(planned, run.request().preset(), none);
  }

  private ExperimentOutcome outcome(Planned<P> planned, Preset preset, Findings found) {
    return new ExperimentOutcome(
        id(),
        preset,
        found.verdict(),
        planned.criterion() + found.note(),
        found.measurements(),
        found.rivals(),
        !found.complete());
  }
}
