package org.noisescape.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What tells groups of runs apart: the settings in which they differ. */
final class GroupNames {
  /** A legend within a drawing holds no more lines than this. */
  private static final int MOST_IN_LEGEND = 9;

  /** Characters of an entry of a legend: two lines of a drawing. */
  private static final int LINE = 110;

  private static final String ABSENT = "–";

  /** Settings whose value says what it is. */
  private static final Set<String> PLAIN =
      Set.of("model", "dataset", "loss", "optimizer", "schedule", "initialization", "engine");

  private static final Map<String, String> SYMBOLS =
      Map.of("learning_rate", "η = ", "batch", "B = ", "epochs", "epochs ");

  private final List<TrainingGroup> groups;
  private final List<String> differing;
  private final Map<String, UnaryOperator<String>> told = new HashMap<>();

  GroupNames(List<TrainingGroup> groups) {
    this.groups = groups;
    List<Map<String, String>> all = groups.stream().map(TrainingGroup::configuration).toList();
    this.differing = differing(all);
    differing.forEach(key -> told.put(key, ShortValues.of(all, key)));
  }

  /** Keys whose values are not the same everywhere, in the order they appear. */
  static List<String> differing(List<Map<String, String>> settings) {
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(each -> keys.addAll(each.keySet()));
    return keys.stream()
        .filter(key -> settings.stream().map(each -> value(each, key)).distinct().count() > 1)
        .toList();
  }

  /** A setting, a dash where there is none. */
  static String value(Map<String, String> settings, String key) {
    return settings.getOrDefault(key, ABSENT);
  }

  /** Keys in which the groups differ. */
  List<String> differing() {
    return differing;
  }

  /** What a group has of a setting, without what all have. */
  String told(TrainingGroup group, String key) {
    return told.get(key).apply(value(group.configuration(), key));
  }

  /** Such as {@code "momentum:0.9, η = 0.01"}. */
  String name(TrainingGroup group) {
    Map<String, String> configuration = group.configuration();
    List<String> keys =
        differing.stream()
            .filter(key -> !key.equals("probes") && !key.startsWith("data "))
            // what a legend has to cut is the longest
            .sorted(Comparator.comparingInt(this::longest))
            .toList();
    if (keys.isEmpty()) {
      return configuration.get("model") + " on " + configuration.get("dataset");
    }
    return keys.stream()
        .map(key -> setting(key, told(group, key)))
        .collect(Collectors.joining(", "));
  }

  private int longest(String key) {
    return groups.stream().mapToInt(each -> setting(key, told(each, key)).length()).max().orElse(0);
  }

  /** The entry of a drawing's legend; empty where there are too many groups for one. */
  String legend(TrainingGroup group, int n) {
    if (groups.size() > MOST_IN_LEGEND) {
      return "";
    }
    String end = " (n = " + n + group.ends() + ")";
    String name = group.letter() + ": " + name(group);
    int room = Math.max(LINE - end.length(), 1);
    return (name.length() <= room ? name : name.substring(0, room - 1).strip() + "…") + end;
  }

  private static String setting(String key, String value) {
    return PLAIN.contains(key) ? value : SYMBOLS.getOrDefault(key, words(key) + " ") + value;
  }

  /** A sentence for the captions where the groups are too many for a legend. */
  String legendElsewhere() {
    return groups.size() > MOST_IN_LEGEND ? " Colours are those of the table above." : "";
  }

  /** A key as words. */
  static String words(String key) {
    return key.replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
