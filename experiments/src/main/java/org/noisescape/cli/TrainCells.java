package org.noisescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.datasets.Catalogue;
import org.noisescape.registry.NearestName;
import org.noisescape.runs.TrainingCheck;
import org.noisescape.sweep.Cell;
import org.noisescape.sweep.CellSubject;
import org.noisescape.sweep.SweepRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Cells that train: their settings are the options of {@code train}, without the hyphens.
 *
 * @param console of the sweep
 * @param request what was asked for
 * @param surroundings options of every cell that decide no result
 * @param here whether cells run on this machine, with its engines
 * @param parser of a training's command line
 */
record TrainCells(
    Console console,
    SweepRequest request,
    List<String> surroundings,
    boolean here,
    CommandLine parser)
    implements CellSubject {
  /** Options that the sweep itself decides, or that decide no result. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "help",
          "version",
          "verbose",
          "no-progress",
          "quiet",
          "log-every",
          "config",
          "like",
          "print-config",
          "data-dir",
          "threads",
          "out",
          "resume",
          "seed",
          "replicas");

  private static final String PROBE = "probe";

  /** Copies the words. */
  TrainCells {
    surroundings = List.copyOf(surroundings);
  }

  /** For the cells of a request. */
  TrainCells(Console console, SweepRequest request, List<String> surroundings, boolean here) {
    this(
        console,
        request,
        surroundings,
        here,
        DecimalConverter.registerOn(
            new CommandLine(new TrainCommand(console, new StopSignal(console)))));
  }

  /** Names of the settings. */
  static List<String> settings(Console console) {
    Set<String> names = new LinkedHashSet<>();
    for (OptionSpec option :
        new CommandLine(new TrainCommand(console, new StopSignal(console)))
            .getCommandSpec()
            .options()) {
      String name = option.longestName().replaceFirst("^-+", "");
      if (!NO_SETTINGS.contains(name)) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  /**
   * Requires settings that exist.
   *
   * @throws IllegalArgumentException with the nearest one
   */
  static void requireKnown(Console console, Iterable<String> keys) {
    List<String> known = settings(console);
    for (String key : keys) {
      if (key.equals("seed") || key.equals("replicas")) {
        throw new IllegalArgumentException(
            "a sweep takes no setting '%s': give the first seed with --seed and the number of replicas with --seeds"
                .formatted(key));
      }
      if (!known.contains(key)) {
        throw new IllegalArgumentException(NearestName.unknown("setting of train", key, known));
      }
    }
  }

  /** A value that is found from every folder. */
  static String absolute(String key, String value) {
    return switch (key) {
      case "dataset" -> Catalogue.absolute(value);
      case "start-from" -> Path.of(value).toAbsolutePath().normalize().toString();
      default -> value;
    };
  }

  @Override
  public void check(List<Cell> cells) {
    TrainingCheck check = new TrainingCheck(here);
    for (Cell cell : cells) {
      try {
        command(cell).check(check);
      } catch (ParameterException e) {
        throw new IllegalArgumentException(UsageError.what(e) + " (cell " + cell.title() + ")", e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " (cell " + cell.title() + ")", e);
      }
    }
  }

  @Override
  public void requireOwn(Cell cell, Path folder) {
    command(cell).requireRunIn(folder);
  }

  /** The command of a cell: one for all, since a parser takes longer to make than to use. */
  private TrainCommand command(Cell cell) {
    parser.parseArgs(words(cell).toArray(String[]::new));
    return parser.getCommand();
  }

  @Override
  public List<String> commandLine(Cell cell, Path folder, boolean begun) {
    List<String> words = new ArrayList<>(List.of("train"));
    if (begun) {
      words.addAll(List.of("--resume", folder.toString()));
      words.addAll(surroundings);
    } else {
      words.addAll(words(cell));
      words.addAll(List.of("--out", folder.toString()));
    }
    return words;
  }

  @Override
  public boolean usesEngine() {
    return true;
  }

  /** The options of a cell. */
  private List<String> words(Cell cell) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("engine", request.engine());
    settings.put("precision", request.precision());
    settings.putAll(request.fixed());
    settings.putAll(cell.settings());
    settings.put("seed", Long.toString(cell.seed()));
    settings.put("replicas", Integer.toString(request.count()));
    List<String> words = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          List<String> values =
              key.equals(PROBE) ? Arrays.asList(value.split("\\+", -1)) : List.of(value);
          values.forEach(one -> words.add("--" + key + "=" + one));
        });
    words.addAll(surroundings);
    return words;
  }
}
