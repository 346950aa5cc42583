package org.noisescape.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.DataLocation;
import org.noisescape.experiments.ExperimentCatalogue;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.frame.ExperimentFolder;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.ReplicaShare;
import org.noisescape.files.Fields;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.RunDirectory;
import org.noisescape.tensor.Precision;

/**
 * Cells that run an experiment of the catalogue.
 *
 * @param request what was asked for
 * @param data where data sets are looked for
 * @param surroundings words of every command line that decide no result, such as the data folder
 * @param folder of the sweep
 */
public record ExperimentCells(
    SweepRequest request, DataLocation data, List<String> surroundings, Path folder)
    implements CellSubject {
  /** Copies the words. */
  public ExperimentCells {
    surroundings = List.copyOf(surroundings);
  }

  /**
   * What becomes of seeds: the experiment's own setting where it has one that is not given.
   *
   * @param given keys of the grid and of {@code --set}
   */
  public static Seeds seeds(Experiment experiment, int count, Collection<String> given) {
    boolean own = experiment.settings().containsKey(Seeds.KEY) && !given.contains(Seeds.KEY);
    return own && count > 1 ? Seeds.SETTING : Seeds.CELLS;
  }

  @Override
  public void check(List<Cell> cells) {
    Experiment experiment = ExperimentCatalogue.find(request.subject());
    Map<Map<String, String>, Cell> points = new LinkedHashMap<>();
    cells.forEach(cell -> points.putIfAbsent(cell.settings(), cell));
    for (Cell cell : points.values()) {
      try {
        experiment.run(looked(cell));
      } catch (ExperimentFolder.NotBegun e) {
        continue;
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " (cell " + cell.title() + ")", e);
      }
      throw new IllegalStateException(
          experiment.id() + " ran although it was to be looked at only");
    }
  }

  /** The request of a cell, to be looked at only: whatever is wrong with it shows. */
  private ExperimentRequest looked(Cell cell) {
    return new ExperimentRequest(
        Preset.parse(request.preset()),
        settings(cell),
        Optional.of(request.dataset()).filter(name -> !name.isEmpty()),
        data,
        request.engine(),
        request.threads(),
        Precision.parse(request.precision()),
        cell.seed(),
        SweepFolder.of(folder, cell).path(),
        ProgressListener.SILENT,
        ExperimentRequest.CHECK_ONLY,
        ReplicaShare.WHOLE);
  }

  private Map<String, String> settings(Cell cell) {
    Map<String, String> settings = new LinkedHashMap<>(request.fixed());
    settings.putAll(cell.settings());
    if (request.seeds() == Seeds.SETTING) {
      settings.put(Seeds.KEY, Integer.toString(request.count()));
    }
    return settings;
  }

  @Override
  public void requireOwn(Cell cell, Path run) {
    Fields manifest = Fields.read(InputFile.within(run, RunDirectory.MANIFEST));
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("id", request.subject());
    asked.put("preset", request.preset());
    asked.put("seed", Long.toString(cell.seed()));
    Map<String, String> stored = new LinkedHashMap<>();
    asked.keySet().forEach(key -> stored.put(key, manifest.node().path(key).asText()));
    settings(cell)
        .forEach(
            (key, value) -> {
              asked.put(key, value);
              stored.put(key, manifest.node().path("settings").path(key).asText());
            });
    for (Map.Entry<String, String> one : asked.entrySet()) {
      String then = stored.get(one.getKey());
      if (!then.equals(one.getValue())) {
        throw new WrongFile(
            run,
            "holds another run, its %s is %s and not %s; put the right one back, or move it away"
                .formatted(one.getKey(), then, one.getValue()));
      }
    }
  }

  /** The same whether it has begun: an experiment continues when it is asked for again. */
  @Override
  public List<String> commandLine(Cell cell, Path run, boolean begun) {
    List<String> words =
        new ArrayList<>(List.of("run", request.subject(), "--preset", request.preset()));
    settings(cell).forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    if (!request.dataset().isEmpty()) {
      words.addAll(List.of("--dataset", request.dataset()));
    }
    words.addAll(List.of("--seed", Long.toString(cell.seed())));
    words.addAll(List.of("--engine", request.engine(), "--precision", request.precision()));
    words.addAll(surroundings);
    words.addAll(List.of("--out", run.toString()));
    return words;
  }

  @Override
  public boolean usesEngine() {
    return ExperimentCatalogue.find(request.subject()).usesEngine();
  }
}
