package org.noisescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.noisescape.report.Figure.Stroke;

/**
 * Training runs of one configuration: they differ by their seeds, and in what changes no result.
 *
 * @param index place among the groups, which decides letter, colour and stroke
 * @param runs its runs
 * @param trajectories the replicas of all its runs, each once
 * @param repeats replicas that were left out since another run has them: same seed, same number
 */
record TrainingGroup(int index, List<ReportedRun> runs, List<Metrics> trajectories, int repeats) {
  /** What may differ within a group. */
  private static final Set<String> FREE =
      Set.of(
          "seed",
          "replicas",
          "threads",
          "data_dir",
          "checkpoint_every",
          "keep_checkpoints",
          "tensorboard");

  private static final Stroke[] STROKES = {Stroke.SOLID, Stroke.DASHED, Stroke.DOTTED};

  /** Copies the lists. */
  TrainingGroup {
    runs = List.copyOf(runs);
    trajectories = List.copyOf(trajectories);
  }

  /** Groups the trainings among runs, in the order of their first runs. */
  static List<TrainingGroup> of(List<ReportedRun> runs) {
    Map<Map<String, String>, List<ReportedRun>> byConfiguration = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      if (!run.folder().isExperiment()) {
        byConfiguration.computeIfAbsent(configuration(run), key -> new ArrayList<>()).add(run);
      }
    }
    List<TrainingGroup> groups = new ArrayList<>();
    byConfiguration.values().forEach(members -> groups.add(group(groups.size(), members)));
    return groups;
  }

  /** Number of colours and strokes before they repeat. */
  static int styles() {
    return STROKES.length * PlotStyle.colours();
  }

  /** What all its runs have in common. */
  Map<String, String> configuration() {
    return configuration(runs.getFirst());
  }

  /** A, B, …, Z, A2, B2, …. */
  String letter() {
    String letter = Character.toString('A' + index % 26);
    return index < 26 ? letter : letter + (1 + index / 26);
  }

  int colour() {
    return index % PlotStyle.colours();
  }

  Stroke stroke() {
    return STROKES[index / PlotStyle.colours() % STROKES.length];
  }

  /** Runs that did not complete, such as {@code ", 1 run diverged"}; empty where all did. */
  String ends() {
    Map<String, Long> counts =
        runs.stream()
            .map(run -> run.folder().status())
            .filter(status -> !status.equals("COMPLETED"))
            .collect(
                Collectors.groupingBy(String::toLowerCase, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(e -> ", " + e.getValue() + (e.getValue() == 1 ? " run " : " runs ") + e.getKey())
        .collect(Collectors.joining());
  }

  private static TrainingGroup group(int index, List<ReportedRun> members) {
    Map<String, Metrics> trajectories = new LinkedHashMap<>();
    int all = 0;
    for (ReportedRun run : members) {
      String seed = run.folder().manifest().path("configuration").path("seed").asText();
      for (Metrics metrics : run.folder().metrics()) {
        all++;
        trajectories.merge(
            seed + " " + metrics.replica(),
            metrics,
            (a, b) -> b.rows().size() > a.rows().size() ? b : a);
      }
    }
    return new TrainingGroup(
        index, members, List.copyOf(trajectories.values()), all - trajectories.size());
  }

  private static Map<String, String> configuration(ReportedRun run) {
    Map<String, String> values = run.folder().configuration();
    values.keySet().removeAll(FREE);
    RunFolder.flat(run.folder().manifest().path("data"))
        .forEach((file, digest) -> values.put("data " + file, digest));
    return values;
  }
}
