package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.noisescape.runs.TrainConfiguration;

/** The settings of a run: first those that the user chose, the rest on request. */
final class SettingsPart {
  /** What a training is, default or not; and what is as the machine has it. */
  private static final Set<String> ALWAYS = Set.of("dataset", "model");

  private static final Set<String> NEVER = Set.of("threads", "data_dir");
  private static final String SET = "--set";

  private final Map<String, String> chosen = new LinkedHashMap<>();
  private final Map<String, String> rest = new LinkedHashMap<>();
  private final boolean experiment;

  SettingsPart(RunFolder run) {
    experiment = run.isExperiment();
    if (experiment) {
      Set<String> given = given(run.manifest().path("command_line"));
      RunFolder.flat(run.manifest().path("settings"))
          .forEach((key, value) -> (given.contains(key) ? chosen : rest).put(key, value));
    } else {
      Map<String, String> usual = RunFolder.configuration(TrainConfiguration.defaults().toJson());
      run.configuration()
          .forEach(
              (key, value) -> {
                boolean differs =
                    !NEVER.contains(key) && !value.equals(usual.getOrDefault(key, "–"));
                (ALWAYS.contains(key) || differs ? chosen : rest).put(key, value);
              });
    }
  }

  /** Settings that the command line of an experiment named; the others are the preset's. */
  private static Set<String> given(JsonNode words) {
    Set<String> given = new LinkedHashSet<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).asText().equals(SET)) {
        given.add(words.get(i + 1).asText().replaceFirst("(?s)=.*", ""));
      }
    }
    return given;
  }

  void appendTo(Html html) {
    String kind = experiment ? "preset's" : "defaults";
    if (!chosen.isEmpty()) {
      RunSection.pairs(html, "Settings that are not the " + kind, chosen, true);
    }
    RunSection.pairs(html, "Settings as the " + kind + " (" + rest.size() + ")", rest, false);
  }
}
