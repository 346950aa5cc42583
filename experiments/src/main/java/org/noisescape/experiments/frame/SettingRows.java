package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of an experiment: a row each, with its meaning and its value in every preset. */
public final class SettingRows {
  private static final String DATASET = "dataset";

  private final List<Row> rows;
  private final Map<String, List<String>> shortcuts;
  private final List<String> datasets;

  private SettingRows(List<Row> rows, Map<String, List<String>> shortcuts, List<String> datasets) {
    this.rows = List.copyOf(rows);
    this.shortcuts = shortcuts;
    this.datasets = List.copyOf(datasets);
  }

  /**
   * A setting.
   *
   * @param key name users write
   * @param meaning in a few words
   * @param quick value of {@link Preset#QUICK}
   * @param standard value of {@link Preset#STANDARD}
   * @param paper value of {@link Preset#PAPER}
   */
  public record Row(String key, String meaning, String quick, String standard, String paper) {
    private String value(Preset preset) {
      return switch (preset) {
        case QUICK -> quick;
        case STANDARD -> standard;
        case PAPER -> paper;
      };
    }
  }

  /** A setting with a value a preset. */
  public static Row row(String key, String meaning, String quick, String standard, String paper) {
    return new Row(key, meaning, quick, standard, paper);
  }

  /** A setting whose standard value is that of the paper. */
  public static Row row(String key, String meaning, String quick, String others) {
    return new Row(key, meaning, quick, others, others);
  }

  /** A setting with one value in all presets. */
  public static Row row(String key, String meaning, String value) {
    return new Row(key, meaning, value, value, value);
  }

  /** Settings in the order of the listing. */
  public static SettingRows of(Row... rows) {
    return new SettingRows(List.of(rows), Map.of(), List.of(DATASET));
  }

  /** These, then others. */
  public SettingRows and(SettingRows others) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(others.rows);
    Map<String, List<String>> both = new LinkedHashMap<>(shortcuts);
    both.putAll(others.shortcuts);
    return new SettingRows(all, both, datasets);
  }

  /** These, then others. */
  public SettingRows and(Row... others) {
    return and(of(others));
  }

  /** The same with a name that users may write for several keys at once. */
  public SettingRows shortcut(String name, List<String> keys) {
    Map<String, List<String>> more = new LinkedHashMap<>(shortcuts);
    more.put(name, List.copyOf(keys));
    return new SettingRows(rows, more, datasets);
  }

  /** The same where the data set of a request stands for other settings than {@code dataset}. */
  public SettingRows datasets(String... keys) {
    return new SettingRows(rows, shortcuts, List.of(keys));
  }

  /** Meanings by key, in the order of the listing. */
  public Map<String, String> meanings() {
    Map<String, String> all = new LinkedHashMap<>();
    rows.forEach(row -> all.put(row.key(), row.meaning()));
    return all;
  }

  /** Values by key, in the order of the listing. */
  public Map<String, String> values(Preset preset) {
    Map<String, String> all = new LinkedHashMap<>();
    rows.forEach(row -> all.put(row.key(), row.value(preset)));
    return all;
  }

  /**
   * All settings of a request; its data set counts as setting {@code dataset}, or those of {@link
   * #datasets}, before which one the user set goes.
   *
   * @param experiment id, for errors
   * @throws IllegalArgumentException for a key that does not exist, with the nearest one, and for a
   *     data set where there is none to choose
   */
  public Settings read(String experiment, ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    Map<String, String> values = values(request.preset());
    request
        .dataset()
        .ifPresent(
            dataset -> {
              for (String key : datasets) {
                if (!values.containsKey(key) && !shortcuts.containsKey(key)) {
                  throw new IllegalArgumentException(
                      "%s takes no data set: leave out --dataset %s"
                          .formatted(experiment, dataset));
                }
                given.put(key, dataset);
              }
            });
    given.putAll(request.settings());
    return Settings.of(experiment, values, shortcuts, given);
  }
}
