package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The settings in which runs of a kind differ: a row a run, a column a setting. */
final class DifferenceTable {
  private static final String TRAINING = "Trainings";

  /** Characters of a digest that tell it from others. */
  private static final int DIGEST = 15;

  private DifferenceTable() {}

  /** Runs that can be compared: trainings, and experiments of an id, where there are several. */
  static Map<String, List<ReportedRun>> comparable(List<ReportedRun> runs) {
    Map<String, List<ReportedRun>> kinds = new LinkedHashMap<>();
    for (ReportedRun run : runs) {
      String kind =
          run.folder().isExperiment() ? run.folder().manifest().path("id").asText() : TRAINING;
      kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(run);
    }
    kinds.values().removeIf(members -> members.size() < 2);
    return kinds;
  }

  static void append(Html html, String kind, List<ReportedRun> runs) {
    List<Map<String, String>> settings = runs.stream().map(DifferenceTable::settings).toList();
    List<String> keys = GroupNames.differing(settings);
    html.element("h3", kind);
    if (keys.isEmpty()) {
      html.element("p", "These " + runs.size() + " runs have the same configuration.");
      return;
    }
    html.open("div", "class", "scroll").open("table", "class", "settings").open("tr");
    html.element("th", "run");
    keys.forEach(key -> html.element("th", GroupNames.words(key)));
    html.close("tr");
    List<UnaryOperator<String>> told =
        keys.stream().map(key -> ShortValues.of(settings, key)).toList();
    for (int i = 0; i < runs.size(); i++) {
      html.open("tr").open("td");
      html.element("a", runs.get(i).name(), "href", "#" + runs.get(i).anchor()).close("td");
      for (int k = 0; k < keys.size(); k++) {
        String value = GroupNames.value(settings.get(i), keys.get(k));
        html.element("td", told.get(k).apply(value), "title", value);
      }
      html.close("tr");
    }
    html.close("table").close("div");
  }

  /** What decides a result, and what it was computed with. */
  private static Map<String, String> settings(ReportedRun run) {
    JsonNode manifest = run.folder().manifest();
    Map<String, String> settings = new LinkedHashMap<>();
    if (run.folder().isExperiment()) {
      settings.put("preset", manifest.path("preset").asText());
      settings.put("seed", manifest.path("seed").asText());
      settings.put("engine", manifest.path("engine").asText());
      settings.put("precision", manifest.path("precision").asText());
      settings.putAll(RunFolder.flat(manifest.path("settings")));
    } else {
      settings.putAll(run.folder().configuration());
      settings.put("computed on", manifest.path("engine").path("name").asText());
    }
    settings.put("commit", manifest.path("commit").asText());
    RunFolder.flat(manifest.path("data"))
        .forEach(
            (file, digest) ->
                settings.put(
                    "data " + file, digest.substring(0, Math.min(DIGEST, digest.length()))));
    return settings;
  }
}
