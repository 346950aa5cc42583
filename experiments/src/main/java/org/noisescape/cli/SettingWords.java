package org.noisescape.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings as users write them: {@code --set KEY=VALUE}, a value being whatever follows. */
final class SettingWords {
  private SettingWords() {}

  /**
   * The settings in their order.
   *
   * @throws IllegalArgumentException in one line where one is no such thing, or is there twice
   */
  static Map<String, String> parse(List<String> words) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? "" : word.substring(0, equals).strip();
      if (key.isEmpty()) {
        throw new IllegalArgumentException("--set must be KEY=VALUE, got '" + word + "'");
      }
      if (settings.put(key, word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("--set " + key + " is given twice: leave one out");
      }
    }
    return settings;
  }
}
